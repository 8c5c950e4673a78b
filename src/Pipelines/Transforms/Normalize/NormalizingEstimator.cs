using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Brings the numbers of a column, <see cref="float"/> or <see cref="double"/>, onto one scale, each slot of a vector by itself.
/// <list type="table">
/// <listheader><term>way</term><description>what becomes of x, with what was learned of its slot</description></listheader>
/// <item><term>min-max</term><description>(x − minimum) / (maximum − minimum): 0 … 1 over the training data; with a fixed zero
/// x / max(|minimum|, |maximum|): −1 … 1</description></item>
/// <item><term>mean-variance</term><description>(x − mean) / deviation; with a fixed zero x / √(deviation² + mean²)</description></item>
/// <item><term>mean-variance, distribution</term><description>Φ((x − mean) / deviation), the share of a normal distribution that is less than x</description></item>
/// <item><term>log-mean-variance, distribution</term><description>Φ((ln x − mean) / deviation), with the mean and deviation of the logarithms of the
/// positive numbers; 0 for x ≤ 0</description></item>
/// <item><term>log-mean-variance</term><description>x itself, moved and scaled by the mean and deviation of the logarithms, as ML.NET does</description></item>
/// <item><term>robust</term><description>(x − median) / (upper quantile − lower quantile); only moved where the quantiles are equal</description></item>
/// <item><term>binning</term><description>the number of x's bin / the number of the last bin: 0 … 1; with a fixed zero, less that of 0: −1 … 1. Bins hold
/// about the same count each</description></item>
/// <item><term>supervised binning</term><description>the same, with bins that tell the classes of a label apart</description></item>
/// </list>
/// With a fixed zero, zeros stay zeros and sparse rows stay sparse. NaN and infinity are left out of what is learned; NaN stays
/// NaN. A slot that was constant, or had no number, becomes 0. The deviation is that of the population, divided by the count.
/// Robust scaling and binning hold the numbers that they learn from in memory; the others learn in constant memory.
/// </summary>
public sealed class NormalizingEstimator : OneToOneEstimator<NormalizingTransformer>
{
    internal static class Defaults
    {
        internal const bool EnsureZeroUntouched = true;
        internal const bool MeanVarCdf = false;
        internal const bool LogMeanVarCdf = true;
        internal const int MaximumBinCount = 1024;
        internal const int MininimumBinSize = 10;
        internal const long MaximumExampleCount = 1000000000;
        internal const bool CenterData = true;
        internal const uint QuantileMin = 25;
        internal const uint QuantileMax = 75;
    }

    private readonly Normalizer _normalizer;
    private readonly long _maximumExampleCount;

    internal NormalizingEstimator(TrainingEnvironment environment, string name, IReadOnlyList<InputOutputColumnPair> columns, long maximumExampleCount, Normalizer normalizer)
        : base(environment, name, columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumExampleCount);
        (_maximumExampleCount, _normalizer) = (maximumExampleCount, normalizer);
    }

    protected override NormalizingTransformer Fit(BatchView input)
    {
        DataViewSchema.Column[] columns = [.. Columns.Select(pair => input.Schema[pair.InputColumnName])];
        var classes = _normalizer.LabelColumn is { } label
            ? ClassedValues.Read(input, input.Schema[label], _maximumExampleCount, Environment.CancellationToken) : ([], 0);
        ISlotLearner[] learners = Array.ConvertAll(columns, column => _normalizer.CreateLearner(column.Type is VectorDataViewType vector ? vector.Size : 1, classes));
        SlotReading.Run(input, [.. columns.Select((column, i) => SlotReading.Create(column, learners[i], _maximumExampleCount))], Environment.CancellationToken);
        return new NormalizingTransformer([.. columns.Select((column, i) => Normalization.Create(
            Columns[i], column.Type, _normalizer.Finish(learners[i], RawTypes.ItemTypeOf(column.Type).RawType == typeof(float))))]);
    }

    protected override void CheckInput(SchemaShape input)
    {
        if (_normalizer.LabelColumn is not { } name) return;
        SchemaShape.Column label = input.Require(name, Name);
        if (label.Kind != SchemaShape.Column.VectorKind.Scalar || label.ItemType is not (NumberDataViewType or BooleanDataViewType))
            throw WrongType(label, "a key, a number or a truth value. Conversion.MapValueToKey makes keys out of text");
    }

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        bool isFloat = !input.IsKey && (input.ItemType.Equals(NumberDataViewType.Single) || input.ItemType.Equals(NumberDataViewType.Double));
        if (!isFloat || input.Kind == SchemaShape.Column.VectorKind.VariableVector)
            throw WrongType(input, "Single or Double, or a vector of these with a known size. Conversion.ConvertType makes them out of other types");
        var normalized = new SchemaShape.Column(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false);
        return new(outputColumnName, input.Kind, input.ItemType, isKey: false,
            new SchemaShape(input.Annotations.Where(annotation => annotation.Name == AnnotationKinds.SlotNames).Append(normalized)));
    }
}
