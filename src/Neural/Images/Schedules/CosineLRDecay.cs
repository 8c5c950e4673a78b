using MLPipelines.Tensors;

namespace MLPipelines.Trainers;

/// <summary>The trainer's learning rate, after a linear rise, along half a cosine to 0 (Loshchilov and Hutter 2017).</summary>
/// <param name="warmUpEpochs">How many passes rise.</param>
public sealed class CosineLRDecay(float warmUpEpochs = 1) : LearningRateScheduler
{
    internal override float GetLearningRate(TrainState state, float learningRate) =>
        learningRate * new CosineSchedule(state.Steps, WarmUp: Math.Min(state.Steps / 2, (long)(warmUpEpochs * state.BatchesPerEpoch))).At(state.Step);
}

/// <summary>Up to the trainer's learning rate and down to nearly 0 (Smith and Topin 2018).</summary>
/// <param name="risingShare">The share of the steps that rise.</param>
public sealed class OneCycleLR(float risingShare = 0.3f) : LearningRateScheduler
{
    internal override float GetLearningRate(TrainState state, float learningRate) => learningRate * new OneCycleSchedule(state.Steps, risingShare).At(state.Step);
}
