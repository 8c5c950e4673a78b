using MLPipelines.Calibrators;

namespace MLPipelines.Trainers;

/// <summary>How scores of models without probabilities are calibrated.</summary>
/// <param name="Learner">Learns the calibrator; <see langword="null"/> for a sigmoid.</param>
/// <param name="MaximumExampleCount">From how many examples at most; they are taken at equal distances.</param>
internal sealed record ScoreCalibration(ICalibratorLearner? Learner, int MaximumExampleCount)
{
    internal static ScoreCalibration Of(IEstimator<ISingleFeaturePredictionTransformer<ICalibrator>>? calibrator, int maximumExampleCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumExampleCount);
        return calibrator is null or ICalibratorLearner ? new ScoreCalibration((ICalibratorLearner?)calibrator, maximumExampleCount)
            : throw new ArgumentException($"{calibrator.GetType()} found, expected one of mlContext.BinaryClassification.Calibrators.", nameof(calibrator));
    }

    internal ISavedCalibrator Learn(IScoringModel model, TrainingSet examples)
    {
        int count = Math.Min(examples.RowCount, MaximumExampleCount);
        float[] scores = new float[count], weights = new float[count];
        bool[] isPositive = new bool[count];
        for (int i = 0; i < count; i++)
        {
            int row = (int)((long)i * examples.RowCount / count);
            model.Score(examples.Features[row], scores.AsSpan(i, 1));
            (isPositive[i], weights[i]) = (examples.Labels[row] > 0, examples.WeightOf(row));
        }
        var scored = new ScoredExamples(scores, isPositive, examples.Weights is null ? null : weights);
        return Learner is null ? SigmoidFit.Learn(scored) : Learner.Learn(scored);
    }
}
