namespace MLPipelines.Calibrators;

/// <summary>Turns the score of a model of two classes into the probability of the positive one.</summary>
public interface ICalibrator
{
    /// <summary>The probability that a score stands for, between 0 and 1.</summary>
    float PredictProbability(float output);
}
