using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Converts columns to another type, item by item. Nothing is learned.
/// <list type="table">
/// <listheader><term>from → to</term><description>how</description></listheader>
/// <item><term>number → number</term><description>rounded towards zero where the result is an integer; what does not fit becomes the nearest
/// number that does, and NaN becomes 0 as an integer</description></item>
/// <item><term>truth value → number, number → truth value</term><description>1 and 0; whatever is neither 0 nor NaN is true</description></item>
/// <item><term>text → number</term><description>with a decimal point. Empty text, and what is not a number, is NaN as floating point; as an
/// integer empty text is 0 and what is not an integer is an error</description></item>
/// <item><term>text → truth value, time</term><description>true, yes, on, 1 and the like; ISO 8601. Empty text is false or the default; what cannot be
/// read is an error</description></item>
/// <item><term>anything → text</term><description>with a decimal point, in as many digits as read back as the same number; NaN and the missing key are empty</description></item>
/// <item><term>key → unsigned integer</term><description>stays a key with the same values, carried by that integer</description></item>
/// <item><term>key → other number</term><description>the key counted from 1; a missing key is NaN, or 0 as an integer</description></item>
/// <item><term>time → number</term><description>in ticks of 100 ns</description></item>
/// </list>
/// </summary>
/// <exception cref="MLPipelinesException">While reading: a text cannot be converted. The message names row and column.</exception>
public sealed class TypeConvertingEstimator : OneToOneEstimator<TypeConvertingTransformer>
{
    internal static class Defaults
    {
        internal const DataKind DefaultOutputKind = DataKind.Single;
    }

    private readonly DataKind _outputKind;

    internal TypeConvertingEstimator(TrainingEnvironment environment, IReadOnlyList<InputOutputColumnPair> columns, DataKind outputKind)
        : base(environment, "ConvertType", columns)
    {
        _ = outputKind.ToType();
        _outputKind = outputKind;
    }

    protected override TypeConvertingTransformer Fit(BatchView input) => new([.. Columns.Select(pair => new TypeConversion(pair, _outputKind))]);

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        PrimitiveDataViewType target = _outputKind.ToType();
        if (input.ItemType is not PrimitiveDataViewType source || !TypeConversion.CanConvert(source, target)) throw WrongType(input, $"a type that can be converted to {target}");
        bool isKey = input.IsKey && KeyDataViewType.IsValidDataType(target.RawType);
        List<SchemaShape.Column> annotations = [];
        if (source is BooleanDataViewType && target is NumberDataViewType)
            annotations.Add(new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false));
        foreach (SchemaShape.Column annotation in input.Annotations)
            if (TypeConversion.Keeps(annotation.Name, !input.IsKey && source is NumberDataViewType && target is NumberDataViewType, isKey)) annotations.Add(annotation);
        return new(outputColumnName, input.Kind, target, isKey, new SchemaShape(annotations));
    }
}
