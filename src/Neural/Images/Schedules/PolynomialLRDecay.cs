namespace MLPipelines.Trainers;

/// <summary>From one rate to another along a power of what is left of a span of passes; then it stays there, or begins anew over twice, three times the span.</summary>
public sealed class PolynomialLRDecay : LearningRateScheduler
{
    /// <summary>The rate at the start.</summary>
    public readonly float LearningRate;

    /// <summary>The rate at the end.</summary>
    public readonly float EndLearningRate;

    /// <summary>1 for a straight line.</summary>
    public readonly float Power;

    /// <summary>Whether it begins anew.</summary>
    public readonly bool Cycle;

    /// <summary>How many passes the span has.</summary>
    public readonly float NumEpochsPerDecay;

    public PolynomialLRDecay(float learningRate = 0.01f, float numEpochsPerDecay = 2.0f, float endLearningRate = 0.0001f, float power = 1.0f, bool cycle = false) =>
        (LearningRate, NumEpochsPerDecay, EndLearningRate, Power, Cycle) = (learningRate, numEpochsPerDecay, endLearningRate, power, cycle);

    internal override float GetLearningRate(TrainState state, float learningRate)
    {
        int span = Math.Max(1, (int)(state.BatchesPerEpoch * NumEpochsPerDecay));
        float whole = Cycle && state.Step > span ? span * MathF.Ceiling((float)state.Step / span) : span;
        return (LearningRate - EndLearningRate) * MathF.Pow(1 - Math.Min(state.Step, whole) / whole, Power) + EndLearningRate;
    }
}
