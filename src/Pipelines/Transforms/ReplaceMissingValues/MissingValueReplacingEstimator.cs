using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Puts a number in place of each NaN of a floating-point column: 0, or the mean, minimum, maximum, median or most frequent one of the
/// finite numbers that the column had while learning; 0 where it had none. Of equally frequent numbers the smallest counts.
/// The slots of a vector each get their own number, or all the same. Items that a sparse vector does not store count as zeros,
/// and stay so.
/// </summary>
public sealed class MissingValueReplacingEstimator : OneToOneEstimator<MissingValueReplacingTransformer>
{
    internal static class Defaults
    {
        internal const ReplacementMode Mode = ReplacementMode.DefaultValue;
        internal const bool ImputeBySlot = true;
    }

    private readonly ReplacementMode _mode;
    private readonly bool _imputeBySlot;

    internal MissingValueReplacingEstimator(TrainingEnvironment environment, IReadOnlyList<InputOutputColumnPair> columns, ReplacementMode mode, bool imputeBySlot)
        : base(environment, "ReplaceMissingValues", columns)
    {
        if (!Enum.IsDefined(mode)) throw new ArgumentOutOfRangeException(nameof(mode), mode, "ReplaceMissingValues: not a way to replace.");
        (_mode, _imputeBySlot) = (mode, imputeBySlot);
    }

    /// <summary>What is put in place of a missing value.</summary>
    [SuppressMessage("Design", "CA1028:Enum Storage should be Int32", Justification = "As in the API that is kept.")]
    public enum ReplacementMode : byte
    {
        /// <summary>0.</summary>
        DefaultValue = 0,

        /// <summary>The mean.</summary>
        Mean = 1,

        /// <summary>The smallest number.</summary>
        Minimum = 2,

        /// <summary>The largest number.</summary>
        Maximum = 3,

        /// <summary>The most frequent number.</summary>
        Mode = 5,

        /// <summary>The number in the middle of all, or half-way between the two there; ML.NET does not have it. The numbers are held in memory while learning.</summary>
        Median = 6,
    }

    protected override MissingValueReplacingTransformer Fit(BatchView input)
    {
        DataViewSchema.Column[] columns = [.. Columns.Select(pair => input.Schema[pair.InputColumnName])];
        ISlotLearner[] learners = Array.ConvertAll(columns, column => CreateLearner(SlotsOf(column)));
        if (_mode != ReplacementMode.DefaultValue)
            SlotReading.Run(input, [.. columns.Select((column, i) => SlotReading.Create(column, learners[i]))], Environment.CancellationToken);
        return new([.. columns.Select((column, i) => MissingValueReplacement.Create(Columns[i], RawTypes.ItemTypeOf(column.Type), Replacements(learners[i])))]);
    }

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (input.IsKey || !(input.ItemType.Equals(NumberDataViewType.Single) || input.ItemType.Equals(NumberDataViewType.Double)))
            throw WrongType(input, "Single or Double, or a vector of these. Conversion.ConvertType makes them out of other types");
        return new(outputColumnName, input.Kind, input.ItemType, isKey: false,
            new SchemaShape(input.Annotations.Where(annotation => MissingValueReplacement.Keeps(annotation.Name))));
    }

    private int SlotsOf(DataViewSchema.Column column) =>
        _imputeBySlot && _mode != ReplacementMode.DefaultValue && column.Type is VectorDataViewType { IsKnownSize: true } vector ? vector.Size : 1;

    private ISlotLearner CreateLearner(int slots) => _mode switch
    {
        ReplacementMode.Mode => new SlotModes(slots),
        ReplacementMode.Median => new SlotValues(slots),
        _ => new SlotStatistics(slots),
    };

    private double[] Replacements(ISlotLearner learner)
    {
        double[] values = new double[learner.SlotCount];
        for (int slot = 0; slot < values.Length; slot++)
        {
            values[slot] = (_mode, learner) switch
            {
                (ReplacementMode.Mean, SlotStatistics statistics) => statistics.Mean(slot),
                (ReplacementMode.Minimum, SlotStatistics statistics) => statistics.Minimum(slot),
                (ReplacementMode.Maximum, SlotStatistics statistics) => statistics.Maximum(slot),
                (_, SlotValues numbers) => numbers.Count(slot).Median,
                (_, SlotModes modes) => modes.MostFrequent(slot),
                _ => 0,
            };
        }
        return values;
    }
}
