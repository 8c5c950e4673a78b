using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Says which values are missing; see <see cref="MissingValueIndicatorEstimator"/>.</summary>
public sealed class MissingValueIndicatorTransformer : OneToOneTransformer<MissingValueIndication>
{
    internal const string StepName = "indicate-missing-values";

    internal MissingValueIndicatorTransformer(IReadOnlyList<MissingValueIndication> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    internal static MissingValueIndicatorTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, (columns, _) => new MissingValueIndication(columns)));
}

/// <summary>Says which values of one column are missing.</summary>
public sealed class MissingValueIndication : ColumnMapping
{
    internal const string Expected = "Single or Double, or a vector of these";

    internal MissingValueIndication(InputOutputColumnPair columns) : base(columns) { }

    internal static bool CanBeNaN(DataViewType item) => item.Equals(NumberDataViewType.Single) || item.Equals(NumberDataViewType.Double);

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        PrimitiveDataViewType item = RawTypes.ItemTypeOf(input.Type);
        if (!CanBeNaN(item)) throw ColumnTypeException.Create(MissingValueIndicatorTransformer.StepName, input, Expected);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, value: true);
        var vector = input.Type as VectorDataViewType;
        DataViewType type = vector is null ? BooleanDataViewType.Instance : new VectorDataViewType(BooleanDataViewType.Instance, vector.Dimensions);
        return new OutputColumn(Columns.OutputColumnName, type, annotations.ToAnnotations(), [input.Index], () => item.RawType == typeof(float)
            ? ItemKernels.Map<float, bool>(input.Index, vector is not null, FindNaN) : ItemKernels.Map<double, bool>(input.Index, vector is not null, FindNaN));
    }

    private static void FindNaN<T>(ReadOnlySpan<T> values, Span<bool> result) where T : IFloatingPoint<T>
    {
        for (int i = 0; i < values.Length; i++) result[i] = T.IsNaN(values[i]);
    }
}
