using System.Collections.Immutable;
using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Brings numbers onto one scale; see <see cref="NormalizingEstimator"/>.</summary>
public sealed partial class NormalizingTransformer : OneToOneTransformer<Normalization>
{
    internal const string StepName = "normalize";

    internal NormalizingTransformer(IReadOnlyList<Normalization> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static NormalizingTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, Normalization.Load));
}

/// <summary>Brings the numbers of one column onto one scale: <c>(x − offset) · scale</c>, or the normal distribution function of that.</summary>
public abstract class Normalization : ColumnMapping
{
    private protected Normalization(InputOutputColumnPair columns, DataViewType type, double[] offsets, double[] scales, bool isDistribution) : base(columns) =>
        (Type, Offsets, Scales, IsDistribution) = (type, offsets, scales, isDistribution);

    /// <summary>The type that was learned from.</summary>
    public DataViewType Type { get; }

    /// <summary>What is taken off, per slot.</summary>
    public IReadOnlyList<double> Offsets { get; }

    /// <summary>What the rest is multiplied by, per slot; 0 for one that says nothing.</summary>
    public IReadOnlyList<double> Scales { get; }

    /// <summary>Whether the normal distribution function of the result is taken.</summary>
    public bool IsDistribution { get; }

    internal abstract NormalizingTransformer.NormalizerModelParametersBase ToParameters();

    internal static Normalization Create(InputOutputColumnPair columns, DataViewType type, IReadOnlyList<SlotScale> slots, bool isDistribution) =>
        Create(columns, type, [.. slots.Select(slot => slot.Offset)], [.. slots.Select(slot => slot.Scale)], isDistribution);

    internal static Normalization Load(InputOutputColumnPair columns, ModelStepReader reader)
    {
        DataViewType type = DataViewTypeNames.Parse(reader.GetString("type"));
        int slots = type is VectorDataViewType vector ? vector.Size : 1;
        Type item = RawTypes.ItemTypeOf(type).RawType;
        if (slots == 0 || (item != typeof(float) && item != typeof(double))) throw reader.Invalid($"numbers of type {type}");
        return Create(columns, type, reader.ReadArray<double>("offsets", slots), reader.ReadArray<double>("scales", slots), reader.GetBoolean("distribution"));
    }

    private static Normalization Create(InputOutputColumnPair columns, DataViewType type, double[] offsets, double[] scales, bool isDistribution) =>
        RawTypes.ItemTypeOf(type).RawType == typeof(float)
            ? new Normalization<float>(columns, type, offsets, scales, isDistribution)
            : new Normalization<double>(columns, type, offsets, scales, isDistribution);
}

internal sealed class Normalization<T> : Normalization where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SlotScaling<T> _scaling;

    internal Normalization(InputOutputColumnPair columns, DataViewType type, double[] offsets, double[] scales, bool isDistribution)
        : base(columns, type, offsets, scales, isDistribution) => _scaling = new SlotScaling<T>(offsets, scales, isDistribution);

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        bool fits = RawTypes.ItemTypeOf(input.Type).RawType == typeof(T) && (input.Type as VectorDataViewType)?.Size == (Type as VectorDataViewType)?.Size;
        if (!fits) throw ColumnTypeException.Create(NormalizingTransformer.StepName, input, $"{Type} as in training");
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, value: true);
        return new OutputColumn(Columns.OutputColumnName, input.Type, annotations.ToAnnotations(), [input.Index],
            () => Type is VectorDataViewType ? _scaling.Vectors(input.Index) : _scaling.Scalars(input.Index));
    }

    protected internal override void Save(ModelStepWriter writer)
    {
        writer.Set("type", DataViewTypeNames.Format(Type));
        writer.Set("distribution", IsDistribution);
        writer.WriteArray<double>("offsets", [.. Offsets], Offsets.Count);
        writer.WriteArray<double>("scales", [.. Scales], Scales.Count);
    }

    internal override NormalizingTransformer.NormalizerModelParametersBase ToParameters()
    {
        ImmutableArray<T> offsets = [.. Offsets.Select(T.CreateSaturating)], scales = [.. Scales.Select(T.CreateSaturating)];
        // A slot that says nothing has the scale 0, and a deviation of 0.
        ImmutableArray<T> deviations = [.. Scales.Select(scale => scale == 0 ? T.Zero : T.CreateSaturating(1 / scale))];
        return (Type is VectorDataViewType, IsDistribution) switch
        {
            (true, false) => new NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<T>>(scales, offsets),
            (false, false) => new NormalizingTransformer.AffineNormalizerModelParameters<T>(scales[0], offsets[0]),
            (true, true) => new NormalizingTransformer.CdfNormalizerModelParameters<ImmutableArray<T>>(offsets, deviations, useLog: false),
            (false, true) => new NormalizingTransformer.CdfNormalizerModelParameters<T>(offsets[0], deviations[0], useLog: false),
        };
    }
}
