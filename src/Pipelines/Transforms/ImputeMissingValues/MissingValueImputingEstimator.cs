using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Fills what is missing in vectors of <see cref="float"/> or <see cref="double"/> from the other slots of the same row, by linear equations that
/// ridge regression finds (Concatenate makes a vector out of columns). Slots are scaled to a standard deviation of 1 before, so that
/// units do not matter. A slot that was constant is filled with its number, one that was always missing with 0. NaN is filled; infinity
/// is not learned from, counts as the mean where it helps to fill others, and stays.
/// <list type="table">
/// <listheader><term>parameter</term><description>range and default</description></listheader>
/// <item><term>l2Regularization</term><description>above 0; 1</description></item>
/// <item><term>maximumIterations</term><description>1 or more; 10</description></item>
/// <item><term>tolerance</term><description>0 or more; 0.001: the rounds end when no filled number moved by more than this share of the largest</description></item>
/// </list>
/// Rows that lack something are held in memory while learning. A round costs slots³ · (rows that lack something + slots).
/// </summary>
public sealed class MissingValueImputingEstimator : OneToOneEstimator<MissingValueImputingTransformer>
{
    internal static class Defaults
    {
        internal const double L2Regularization = 1;
        internal const int MaximumIterations = 10;
        internal const double Tolerance = 1e-3;
    }

    private readonly double _l2Regularization;
    private readonly int _maximumIterations;
    private readonly double _tolerance;

    internal MissingValueImputingEstimator(TrainingEnvironment environment, InputOutputColumnPair columns, double l2Regularization, int maximumIterations, double tolerance)
        : base(environment, "ImputeMissingValues", columns)
    {
        if (!(l2Regularization > 0 && double.IsFinite(l2Regularization))) throw new ArgumentOutOfRangeException(nameof(l2Regularization), l2Regularization, "Expected a number above 0.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumIterations);
        if (!(tolerance >= 0)) throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "Expected 0 or more.");
        (_l2Regularization, _maximumIterations, _tolerance) = (l2Regularization, maximumIterations, tolerance);
    }

    protected override MissingValueImputingTransformer Fit(BatchView input)
    {
        DataViewSchema.Column column = input.Schema[Columns[0].InputColumnName];
        return RawTypes.ItemTypeOf(column.Type).RawType == typeof(float) ? Fit<float>(input, column) : Fit<double>(input, column);
    }

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        bool isFloat = !input.IsKey && (input.ItemType.Equals(NumberDataViewType.Single) || input.ItemType.Equals(NumberDataViewType.Double));
        if (!isFloat || input.Kind != SchemaShape.Column.VectorKind.Vector)
            throw WrongType(input, "a vector of Single or Double with a known size. Concatenate makes one out of columns");
        return new(outputColumnName, input.Kind, input.ItemType, isKey: false,
            new SchemaShape(input.Annotations.Where(annotation => MissingValueReplacement.Keeps(annotation.Name))));
    }

    private MissingValueImputingTransformer Fit<T>(BatchView input, DataViewSchema.Column column) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var statistics = new SlotStatistics(((VectorDataViewType)column.Type).Size);
        SlotReading.Run(input, [SlotReading.Create(column, statistics)], Environment.CancellationToken);
        int[] slots = [.. Enumerable.Range(0, statistics.SlotCount)];
        double[] means = Array.ConvertAll(slots, statistics.Mean);
        // Asked of the extremes, since rounding can leave a constant slot with a variance just above 0.
        double[] deviations = Array.ConvertAll(slots, slot => statistics.Maximum(slot) > statistics.Minimum(slot) ? Math.Sqrt(statistics.Variance(slot)) : 0);
        var learner = new RidgeImputationLearner(means, deviations, _l2Regularization);
        double[] row = new double[slots.Length];
        using (BatchCursor cursor = input.OpenBatches(ColumnSet.Of(input.Schema, column)))
        {
            while (cursor.Next() is { } batch)
            {
                Environment.CancellationToken.ThrowIfCancellationRequested();
                var rows = (VectorColumn<T>)batch[column.Index];
                for (int i = 0; i < rows.RowCount; i++)
                {
                    SlotNumbers.Read(rows[i], row);
                    learner.Add(row);
                }
            }
        }
        RidgeImputation imputation = learner.Learn(_maximumIterations, _tolerance, (round, moved) => Environment.Report(Name, round, _maximumIterations, moved));
        return new MissingValueImputingTransformer([new ImputedColumn<T>(Columns[0], column.Type, imputation)]);
    }
}
