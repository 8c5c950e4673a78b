namespace MLPipelines.Trainers;

/// <summary>How the learning rate changes while a network is trained. Schedulers hold no state: the rate follows from the step.</summary>
public abstract class LearningRateScheduler
{
    private protected LearningRateScheduler() { }

    /// <param name="state">Where training is.</param>
    /// <param name="learningRate">The learning rate of the trainer's options, for schedules that have none of their own.</param>
    internal abstract float GetLearningRate(TrainState state, float learningRate);
}

/// <summary>Where training is.</summary>
/// <param name="Epoch">The pass over the data, from 0.</param>
/// <param name="Batch">The batch of the pass, from 0.</param>
/// <param name="BatchSize">Pictures in a batch.</param>
/// <param name="BatchesPerEpoch">Batches of a pass.</param>
/// <param name="Epochs">How many passes there are.</param>
internal readonly record struct TrainState(int Epoch, int Batch, int BatchSize, int BatchesPerEpoch, int Epochs)
{
    internal long Step => (long)Epoch * BatchesPerEpoch + Batch;

    internal long Steps => (long)Epochs * BatchesPerEpoch;
}
