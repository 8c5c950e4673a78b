namespace MLPipelines.Calibrators;

/// <summary>Turns the score of a model of two classes into the probability of the positive one.</summary>
public interface ICalibrator
{
    /// <summary>The probability that a score stands for, between 0 and 1.</summary>
    float PredictProbability(float output);
}

/// <summary>A calibrator that can be part of a saved model.</summary>
internal interface ISavedCalibrator : ICalibrator
{
    /// <summary>The name of the kind of step that applies it.</summary>
    string TypeId { get; }

    void Save(ModelStepWriter writer);
}

/// <summary>Learns a calibrator from scores in memory, as a trainer that is made of other trainers has them.</summary>
internal interface ICalibratorLearner
{
    ISavedCalibrator Learn(ScoredExamples examples);
}
