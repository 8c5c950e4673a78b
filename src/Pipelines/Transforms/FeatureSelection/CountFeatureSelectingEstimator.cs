using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Keeps the slots of a column of <see cref="float"/>, <see cref="double"/> or text that are neither zero, nor NaN, nor empty in at least
/// as many rows as asked for. Where no slot is left, one stays that is always zero.
/// </summary>
public sealed class CountFeatureSelectingEstimator : OneToOneEstimator<ITransformer>
{
    internal static class Defaults
    {
        internal const long Count = 1;
    }

    private readonly long _count;

    internal CountFeatureSelectingEstimator(TrainingEnvironment environment, IReadOnlyList<InputOutputColumnPair> columns, long count)
        : base(environment, "SelectFeaturesBasedOnCount", columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _count = count;
    }

    protected override ITransformer Fit(BatchView input)
    {
        DataViewSchema.Column[] columns = [.. Columns.Select(pair => input.Schema[pair.InputColumnName])];
        SlotPresence[] learners = Array.ConvertAll(columns, column => new SlotPresence(column.Type is VectorDataViewType vector ? vector.Size : 1));
        SlotReading.Run(input, [.. columns.Select((column, i) => SlotReading.Create(column, learners[i]))], Environment.CancellationToken);
        return new SlotsDroppingTransformer([.. learners.Select((learner, i) =>
            new SlotSelection(Columns[i], learner.SlotCount, [.. Enumerable.Range(0, learner.SlotCount).Where(slot => learner.Count(slot) >= _count)]))]);
    }

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        bool fits = !input.IsKey && input.Kind != SchemaShape.Column.VectorKind.VariableVector
            && (input.ItemType is TextDataViewType || input.ItemType.Equals(NumberDataViewType.Single) || input.ItemType.Equals(NumberDataViewType.Double));
        return fits ? SlotSelection.OutputColumn(input, outputColumnName) : throw WrongType(input, "Single, Double or text, or a vector of these of a known size");
    }

    /// <summary>In how many rows each slot has a value.</summary>
    private sealed class SlotPresence(int slots) : ISlotLearner
    {
        private readonly long[] _counts = new long[slots];

        public int SlotCount => _counts.Length;

        internal long Count(int slot) => _counts[slot];

        public void Add(int slot, double value)
        {
            if (value != 0 && !double.IsNaN(value)) _counts[slot]++;
        }

        public void AddZeros(int slot, long zeros) { }
    }
}
