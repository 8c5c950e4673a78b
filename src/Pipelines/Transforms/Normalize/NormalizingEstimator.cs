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
/// </list>
/// With a fixed zero, zeros stay zeros and sparse rows stay sparse. NaN and infinity are left out of what is learned; NaN stays
/// NaN. A slot that was constant, or had no number, becomes 0. The deviation is that of the population, divided by the count.
/// </summary>
public sealed class NormalizingEstimator : OneToOneEstimator<NormalizingTransformer>
{
    internal static class Defaults
    {
        internal const bool EnsureZeroUntouched = true;
        internal const bool MeanVarCdf = false;
        internal const long MaximumExampleCount = 1000000000;
    }

    private readonly Func<SlotStatistics, int, SlotScale> _scaleOf;
    private readonly bool _isDistribution;
    private readonly long _maximumExampleCount;

    private NormalizingEstimator(TrainingEnvironment environment, string name, IReadOnlyList<InputOutputColumnPair> columns,
        long maximumExampleCount, Func<SlotStatistics, int, SlotScale> scaleOf, bool isDistribution) : base(environment, name, columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumExampleCount);
        (_maximumExampleCount, _scaleOf, _isDistribution) = (maximumExampleCount, scaleOf, isDistribution);
    }

    internal static NormalizingEstimator MinMax(TrainingEnvironment environment, IReadOnlyList<InputOutputColumnPair> columns, long maximumExampleCount, bool fixZero) =>
        new(environment, "NormalizeMinMax", columns, maximumExampleCount, (statistics, slot) => SlotScale.MinMax(statistics, slot, fixZero), isDistribution: false);

    internal static NormalizingEstimator MeanVariance(TrainingEnvironment environment, IReadOnlyList<InputOutputColumnPair> columns, long maximumExampleCount, bool fixZero, bool useCdf) =>
        new(environment, "NormalizeMeanVariance", columns, maximumExampleCount,
            // A distribution function moves zero in any case, so that it is not fixed.
            (statistics, slot) => SlotScale.MeanVariance(statistics, slot, fixZero && !useCdf), useCdf);

    protected override NormalizingTransformer Fit(BatchView input)
    {
        DataViewSchema.Column[] columns = [.. Columns.Select(pair => input.Schema[pair.InputColumnName])];
        SlotStatistics[] statistics = Array.ConvertAll(columns, column => new SlotStatistics(column.Type is VectorDataViewType vector ? vector.Size : 1));
        SlotReading.Run(input, [.. columns.Select((column, i) => SlotReading.Create(column, statistics[i], _maximumExampleCount))], Environment.CancellationToken);
        return new NormalizingTransformer([.. columns.Select((column, i) => Normalization.Create(
            Columns[i], column.Type, [.. Enumerable.Range(0, statistics[i].SlotCount).Select(slot => _scaleOf(statistics[i], slot))], _isDistribution))]);
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

/// <summary>What becomes of the numbers of one slot: <c>(x − Offset) · Scale</c>.</summary>
/// <param name="Offset">What is taken off.</param>
/// <param name="Scale">What the rest is multiplied by; 0 for a slot that says nothing.</param>
internal readonly record struct SlotScale(double Offset, double Scale)
{
    internal static SlotScale MinMax(SlotStatistics statistics, int slot, bool fixZero)
    {
        double minimum = statistics.Minimum(slot), maximum = statistics.Maximum(slot);
        if (!(maximum > minimum)) return default;
        return fixZero ? new(0, 1 / Math.Max(Math.Abs(minimum), Math.Abs(maximum))) : new(minimum, 1 / (maximum - minimum));
    }

    internal static SlotScale MeanVariance(SlotStatistics statistics, int slot, bool fixZero)
    {
        // Asked of the extremes, since rounding can leave a constant slot with a variance just above 0.
        if (!(statistics.Maximum(slot) > statistics.Minimum(slot))) return default;
        double mean = statistics.Mean(slot), variance = statistics.Variance(slot);
        return fixZero ? new(0, 1 / Math.Sqrt(variance + mean * mean)) : new(mean, 1 / Math.Sqrt(variance));
    }
}
