using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Brings numbers onto one scale; see <see cref="NormalizingEstimator"/>.</summary>
public sealed partial class NormalizingTransformer : OneToOneTransformer<Normalization>
{
    internal const string StepName = "normalize";

    internal NormalizingTransformer(IReadOnlyList<Normalization> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    public override int Version => 2;

    internal static NormalizingTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, Normalization.Load));
}

/// <summary>Brings the numbers of one column onto one scale, each slot by a function of its own.</summary>
public abstract class Normalization : ColumnMapping
{
    private protected Normalization(InputOutputColumnPair columns, DataViewType type) : base(columns) => Type = type;

    /// <summary>The type that was learned from.</summary>
    public DataViewType Type { get; }

    internal abstract NormalizingTransformer.NormalizerModelParametersBase ToParameters();

    internal static Normalization Create(InputOutputColumnPair columns, DataViewType type, NormalizerFunction function) =>
        RawTypes.ItemTypeOf(type).RawType == typeof(float) ? new Normalization<float>(columns, type, function) : new Normalization<double>(columns, type, function);

    internal static Normalization Load(InputOutputColumnPair columns, ModelStepReader reader)
    {
        DataViewType type = DataViewTypeNames.Parse(reader.GetString("type"));
        int slots = type is VectorDataViewType vector ? vector.Size : 1;
        Type item = RawTypes.ItemTypeOf(type).RawType;
        if (slots == 0 || (item != typeof(float) && item != typeof(double))) throw reader.Invalid($"numbers of type {type}");
        return Create(columns, type, NormalizerFunction.Load(reader, slots));
    }
}

internal sealed class Normalization<T> : Normalization where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly NormalizerFunction _learned;
    private readonly SlotFunction<T, T> _function;

    internal Normalization(InputOutputColumnPair columns, DataViewType type, NormalizerFunction learned) : base(columns, type) =>
        (_learned, _function) = (learned, learned.ToFunction<T>());

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        bool fits = RawTypes.ItemTypeOf(input.Type).RawType == typeof(T) && (input.Type as VectorDataViewType)?.Size == (Type as VectorDataViewType)?.Size;
        if (!fits) throw ColumnTypeException.Create(NormalizingTransformer.StepName, input, $"{Type} as in training");
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, value: true);
        return new OutputColumn(Columns.OutputColumnName, input.Type, annotations.ToAnnotations(), [input.Index], () => _function.CreateKernel(input));
    }

    protected internal override void Save(ModelStepWriter writer)
    {
        writer.Set("type", DataViewTypeNames.Format(Type));
        _learned.Save(writer);
    }

    internal override NormalizingTransformer.NormalizerModelParametersBase ToParameters() => _learned.ToParameters<T>(Type is VectorDataViewType);
}
