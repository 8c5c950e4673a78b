using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Clips outliers or says where they are; see <see cref="OutlierEstimator"/>.</summary>
public sealed class OutlierTransformer : OneToOneTransformer<OutlierMapping>
{
    internal const string StepName = "outliers";

    internal OutlierTransformer(IReadOnlyList<OutlierMapping> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static OutlierTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, OutlierMapping.Load));
}

/// <summary>The fences of one column, outside of which outliers lie.</summary>
public abstract class OutlierMapping : ColumnMapping
{
    private protected OutlierMapping(InputOutputColumnPair columns, DataViewType type, bool isIndicator, OutlierFences fences) : base(columns) =>
        (Type, IsIndicator, Fences) = (type, isIndicator, fences);

    /// <summary>The type that was learned from.</summary>
    public DataViewType Type { get; }

    /// <summary>Whether outliers are told, rather than clipped.</summary>
    public bool IsIndicator { get; }

    /// <summary>The lowest number of each slot that is no outlier.</summary>
    public IReadOnlyList<double> LowerFences => Fences.Low;

    /// <summary>The highest number of each slot that is no outlier.</summary>
    public IReadOnlyList<double> UpperFences => Fences.High;

    private protected OutlierFences Fences { get; }

    internal static bool Keeps(string annotation, bool isIndicator) =>
        annotation == AnnotationKinds.SlotNames || (!isIndicator && annotation == AnnotationKinds.IsNormalized);

    internal static OutlierMapping Create(InputOutputColumnPair columns, DataViewType type, OutlierFences fences, bool isIndicator) =>
        RawTypes.ItemTypeOf(type).RawType == typeof(float)
            ? new OutlierMapping<float>(columns, type, isIndicator, fences) : new OutlierMapping<double>(columns, type, isIndicator, fences);

    protected internal override void Save(ModelStepWriter writer)
    {
        writer.Set("type", DataViewTypeNames.Format(Type));
        writer.Set("indicator", IsIndicator);
        writer.WriteArray<double>("low", Fences.Low, Fences.Low.Length);
        writer.WriteArray<double>("high", Fences.High, Fences.High.Length);
    }

    internal static OutlierMapping Load(InputOutputColumnPair columns, ModelStepReader reader)
    {
        DataViewType type = DataViewTypeNames.Parse(reader.GetString("type"));
        int slots = type is VectorDataViewType vector ? vector.Size : 1;
        Type item = RawTypes.ItemTypeOf(type).RawType;
        if (slots == 0 || (item != typeof(float) && item != typeof(double))) throw reader.Invalid($"numbers of type {type}");
        return Create(columns, type, new OutlierFences(reader.ReadArray<double>("low", slots), reader.ReadArray<double>("high", slots)), reader.GetBoolean("indicator"));
    }
}

internal sealed class OutlierMapping<T> : OutlierMapping where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _low;
    private readonly T[] _high;

    internal OutlierMapping(InputOutputColumnPair columns, DataViewType type, bool isIndicator, OutlierFences fences) : base(columns, type, isIndicator, fences) =>
        (_low, _high) = (Array.ConvertAll(fences.Low, T.CreateSaturating), Array.ConvertAll(fences.High, T.CreateSaturating));

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        bool fits = RawTypes.ItemTypeOf(input.Type).RawType == typeof(T) && (input.Type as VectorDataViewType)?.Size == (Type as VectorDataViewType)?.Size;
        if (!fits) throw ColumnTypeException.Create(OutlierTransformer.StepName, input, $"{Type} as in training");
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => Keeps(kind, IsIndicator));
        DataViewType output = !IsIndicator ? input.Type : input.Type is VectorDataViewType vector ? new VectorDataViewType(BooleanDataViewType.Instance, vector.Dimensions) : BooleanDataViewType.Instance;
        return new OutputColumn(Columns.OutputColumnName, output, annotations.ToAnnotations(), [input.Index],
            () => IsIndicator ? new Indicator(_low, _high).CreateKernel(input) : new Clip(_low, _high).CreateKernel(input));
    }

    private sealed class Clip(T[] low, T[] high) : SlotFunction<T, T>(low.Length)
    {
        internal override T Apply(T value, int slot) => value < low[slot] ? low[slot] : value > high[slot] ? high[slot] : value;
    }

    private sealed class Indicator(T[] low, T[] high) : SlotFunction<T, bool>(low.Length)
    {
        // Infinity lies outside of every fence, even of one that is not there.
        internal override bool Apply(T value, int slot) => value < low[slot] || value > high[slot] || T.IsInfinity(value);
    }
}
