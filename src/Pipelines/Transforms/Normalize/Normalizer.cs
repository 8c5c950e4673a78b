using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>A way to normalize: what is learned of the slots of a column, and the function that is made of it.</summary>
internal abstract class Normalizer
{
    /// <summary>What the column is read into.</summary>
    /// <param name="slots">How many slots it has.</param>
    /// <param name="classes">The class of each row, where the way looks at a label.</param>
    internal abstract ISlotLearner CreateLearner(int slots, (int[] OfRows, int Count) classes);

    internal abstract NormalizerFunction Finish(ISlotLearner learner, bool isSingle);

    /// <summary>The label that the way looks at, if any.</summary>
    internal virtual string? LabelColumn => null;

    /// <summary>Checks the numbers that the way was given.</summary>
    private protected static int AtLeast(int minimum, int value, string name) =>
        value >= minimum ? value : throw new ArgumentOutOfRangeException(name, value, $"Expected {minimum} or more.");

    private protected static ScalingFunction Scaling(string kind, int slots, Func<int, SlotScale> scaleOf) => new(kind, [.. Enumerable.Range(0, slots).Select(scaleOf)]);

    internal sealed class MinMax(bool fixZero) : Normalizer
    {
        internal override ISlotLearner CreateLearner(int slots, (int[] OfRows, int Count) classes) => new SlotStatistics(slots);

        internal override NormalizerFunction Finish(ISlotLearner learner, bool isSingle) =>
            Scaling(ScalingFunction.Affine, learner.SlotCount, slot => SlotScale.MinMax((SlotStatistics)learner, slot, fixZero));
    }

    internal sealed class MeanVariance(bool fixZero, bool useCdf) : Normalizer
    {
        internal override ISlotLearner CreateLearner(int slots, (int[] OfRows, int Count) classes) => new SlotStatistics(slots);

        // A distribution function moves zero in any case, so that it is not fixed.
        internal override NormalizerFunction Finish(ISlotLearner learner, bool isSingle) => Scaling(useCdf ? ScalingFunction.Distribution : ScalingFunction.Affine,
            learner.SlotCount, slot => SlotScale.MeanVariance((SlotStatistics)learner, slot, fixZero && !useCdf));
    }

    internal sealed class LogMeanVariance(bool fixZero, bool useCdf) : Normalizer
    {
        internal override ISlotLearner CreateLearner(int slots, (int[] OfRows, int Count) classes) => new LogStatistics(slots);

        internal override NormalizerFunction Finish(ISlotLearner learner, bool isSingle) => Scaling(useCdf ? ScalingFunction.LogDistribution : ScalingFunction.Affine,
            learner.SlotCount, slot => SlotScale.MeanVariance(((LogStatistics)learner).OfLogarithms, slot, fixZero && !useCdf));
    }

    internal sealed class RobustScaling(bool centerData, uint quantileMin, uint quantileMax) : Normalizer
    {
        internal override ISlotLearner CreateLearner(int slots, (int[] OfRows, int Count) classes) => new SlotValues(slots);

        internal override NormalizerFunction Finish(ISlotLearner learner, bool isSingle) => Scaling(ScalingFunction.Affine, learner.SlotCount,
            slot => SlotScale.Robust(((SlotValues)learner).Count(slot), quantileMin / 100.0, quantileMax / 100.0, centerData));
    }

    internal sealed class Binning(bool fixZero, int maximumBinCount) : Normalizer
    {
        private readonly int _maximumBins = AtLeast(2, maximumBinCount, nameof(maximumBinCount));

        internal override ISlotLearner CreateLearner(int slots, (int[] OfRows, int Count) classes) => new SlotValues(slots);

        internal override NormalizerFunction Finish(ISlotLearner learner, bool isSingle) => new BinningFunction([.. Enumerable.Range(0, learner.SlotCount).Select(slot =>
        {
            ValueCounts counts = ((SlotValues)learner).Count(slot);
            return BinBounds.At(counts.Values, EqualBins.Split(counts, _maximumBins), isSingle);
        })], fixZero);
    }

    internal sealed class SupervisedBinning(string labelColumnName, bool fixZero, int maximumBinCount, int mininimumExamplesPerBin) : Normalizer
    {
        private readonly int _maximumBins = AtLeast(2, maximumBinCount, nameof(maximumBinCount));
        private readonly int _minimumRows = AtLeast(1, mininimumExamplesPerBin, nameof(mininimumExamplesPerBin));

        internal override string? LabelColumn => labelColumnName;

        internal override ISlotLearner CreateLearner(int slots, (int[] OfRows, int Count) classes) => new ClassedValues(slots, classes.OfRows, classes.Count);

        internal override NormalizerFunction Finish(ISlotLearner learner, bool isSingle) => new BinningFunction([.. Enumerable.Range(0, learner.SlotCount)
            .Select(slot => ((ClassedValues)learner).FindBounds(slot, _maximumBins, _minimumRows, isSingle))], fixZero);
    }
}
