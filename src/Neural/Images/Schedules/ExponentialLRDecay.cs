namespace MLPipelines.Trainers;

/// <summary>The rate times a factor to the power of how many spans of passes have gone by.</summary>
public sealed class ExponentialLRDecay : LearningRateScheduler
{
    /// <summary>The rate at the start.</summary>
    public float LearningRate;

    /// <summary>The factor of one span.</summary>
    public float DecayRate;

    /// <summary>Whether the rate changes in stairs.</summary>
    public bool Staircase;

    /// <summary>How many passes a span has.</summary>
    public float NumEpochsPerDecay;

    public ExponentialLRDecay(float learningRate = 0.01f, float numEpochsPerDecay = 2.0f, float decayRate = 0.94f, bool staircase = true) =>
        (LearningRate, NumEpochsPerDecay, DecayRate, Staircase) = (learningRate, numEpochsPerDecay, decayRate, staircase);

    internal override float GetLearningRate(TrainState state, float learningRate)
    {
        float spans = (float)state.Step / Math.Max(1, (int)(state.BatchesPerEpoch * NumEpochsPerDecay));
        return LearningRate * MathF.Pow(DecayRate, Staircase ? MathF.Floor(spans) : spans);
    }
}
