using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Brings numbers onto one scale; see <see cref="NormalizingEstimator"/>.</summary>
public sealed class NormalizingTransformer : OneToOneTransformer<Normalization>
{
    internal const string StepName = "normalize";

    internal NormalizingTransformer(IReadOnlyList<Normalization> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static NormalizingTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, Normalization.Load));
}

/// <summary>Brings the numbers of one column onto one scale: <c>(x − offset) · scale</c>, or the normal distribution function of that.</summary>
public abstract class Normalization : ColumnMapping
{
    private protected Normalization(InputOutputColumnPair columns, double[] offsets, double[] scales, bool isDistribution) : base(columns) =>
        (Offsets, Scales, IsDistribution) = (offsets, scales, isDistribution);

    /// <summary>What is taken off, per slot.</summary>
    public IReadOnlyList<double> Offsets { get; }

    /// <summary>What the rest is multiplied by, per slot; 0 for one that says nothing.</summary>
    public IReadOnlyList<double> Scales { get; }

    /// <summary>Whether the normal distribution function of the result is taken.</summary>
    public bool IsDistribution { get; }

    internal static Normalization Create(InputOutputColumnPair columns, PrimitiveDataViewType type, IReadOnlyList<SlotScale> slots, bool isDistribution) =>
        Create(columns, type, [.. slots.Select(slot => slot.Offset)], [.. slots.Select(slot => slot.Scale)], isDistribution);

    internal static Normalization Load(InputOutputColumnPair columns, ModelStepReader reader)
    {
        double[] offsets = reader.ReadArray<double>("offsets", -1);
        return DataViewTypeNames.Parse(reader.GetString("type")) is NumberDataViewType type && (type.RawType == typeof(float) || type.RawType == typeof(double))
            ? Create(columns, type, offsets, reader.ReadArray<double>("scales", offsets.Length), reader.GetBoolean("distribution"))
            : throw reader.Invalid($"numbers of type {reader.GetString("type")}");
    }

    private static Normalization Create(InputOutputColumnPair columns, PrimitiveDataViewType type, double[] offsets, double[] scales, bool isDistribution) =>
        type.RawType == typeof(float)
            ? new Normalization<float>(columns, type, offsets, scales, isDistribution)
            : new Normalization<double>(columns, type, offsets, scales, isDistribution);
}

internal sealed class Normalization<T> : Normalization where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly PrimitiveDataViewType _type;
    private readonly SlotScaling<T> _scaling;

    internal Normalization(InputOutputColumnPair columns, PrimitiveDataViewType type, double[] offsets, double[] scales, bool isDistribution)
        : base(columns, offsets, scales, isDistribution) => (_type, _scaling) = (type, new SlotScaling<T>(offsets, scales, isDistribution));

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        int size = input.Type is VectorDataViewType vector ? vector.Size : 1;
        if (!RawTypes.ItemTypeOf(input.Type).Equals(_type) || size != Scales.Count)
        {
            throw ColumnTypeException.Create(NormalizingTransformer.StepName, input,
                Scales.Count == 1 ? $"{_type} as in training" : $"Vector<{_type}, {Scales.Count}> as in training");
        }
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, value: true);
        return new OutputColumn(Columns.OutputColumnName, input.Type, annotations.ToAnnotations(), [input.Index],
            () => input.Type is VectorDataViewType ? _scaling.Vectors(input.Index) : _scaling.Scalars(input.Index));
    }

    protected internal override void Save(ModelStepWriter writer)
    {
        writer.Set("type", DataViewTypeNames.Format(_type));
        writer.Set("distribution", IsDistribution);
        writer.WriteArray<double>("offsets", [.. Offsets], Offsets.Count);
        writer.WriteArray<double>("scales", [.. Scales], Scales.Count);
    }
}
