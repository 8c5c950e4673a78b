namespace MLPipelines.Trainers;

/// <summary>The base rate times the batch size over 128, times a factor for ranges of passes.</summary>
public sealed class LsrDecay : LearningRateScheduler
{
    private readonly IReadOnlyList<LearningRateSchedulerItem> _schedule;

    /// <summary>From a pass on, the base rate is multiplied by a factor.</summary>
    public readonly struct LearningRateSchedulerItem
    {
        /// <summary>The first pass, from 0.</summary>
        public readonly int Epoch;

        /// <summary>The factor.</summary>
        public readonly float ScalingFactor;

        public LearningRateSchedulerItem(int epoch, float scalingfactor) => (Epoch, ScalingFactor) = (epoch, scalingfactor);
    }

    /// <summary>What is multiplied.</summary>
    public readonly float BaseLearningRate;

    /// <summary>Factors 1, 0.1, 0.01 and 0.0001 from the passes 0, 91, 136 and 182 on.</summary>
    public LsrDecay(float baseLearningRate = 0.1f) : this([new(182, 0.0001f), new(136, 0.01f), new(91, 0.1f), new(0, 1f)], baseLearningRate) { }

    /// <param name="lrschedule">The first item whose pass has begun counts: later ones come first.</param>
    /// <param name="baseLearningRate">What is multiplied.</param>
    public LsrDecay(IReadOnlyList<LearningRateSchedulerItem> lrschedule, float baseLearningRate = 0.1f)
    {
        ArgumentNullException.ThrowIfNull(lrschedule);
        (_schedule, BaseLearningRate) = (lrschedule, baseLearningRate);
    }

    internal override float GetLearningRate(TrainState state, float learningRate)
    {
        float rate = BaseLearningRate * state.BatchSize / 128;
        foreach (LearningRateSchedulerItem item in _schedule)
            if (state.Epoch >= item.Epoch) return rate * item.ScalingFactor;
        return rate;
    }
}
