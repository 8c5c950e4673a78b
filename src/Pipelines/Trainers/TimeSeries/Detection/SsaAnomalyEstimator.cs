using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Transforms.TimeSeries;

/// <summary>Makes a detector that compares each row with what singular spectrum analysis expects of it.</summary>
/// <typeparam name="TDetector">The detector.</typeparam>
public abstract class SsaAnomalyEstimator<TDetector> : SequentialAnomalyEstimator<TDetector> where TDetector : SequentialAnomalyDetector
{
    private readonly TrainingEnvironment _environment;
    private readonly int _trainingWindowSize;
    private readonly int _seasonalityWindowSize;
    private readonly ErrorFunction _errorFunction;

    private protected SsaAnomalyEstimator(
        TrainingEnvironment environment, string step, string output, string? input, AnomalyRule rule, int trainingWindowSize, int seasonalityWindowSize, ErrorFunction errorFunction)
        : base(step, output, input, rule)
    {
        if (seasonalityWindowSize < 2) throw new ArgumentOutOfRangeException(nameof(seasonalityWindowSize), seasonalityWindowSize, "Expected 2 or more.");
        if (trainingWindowSize <= 2 * seasonalityWindowSize)
            throw new ArgumentOutOfRangeException(nameof(trainingWindowSize), trainingWindowSize, $"Expected more than twice the seasonality window size, {seasonalityWindowSize}.");
        if (!Enum.IsDefined(errorFunction)) throw new ArgumentOutOfRangeException(nameof(errorFunction), errorFunction, "Expected one of the functions.");
        (_environment, _trainingWindowSize, _seasonalityWindowSize, _errorFunction) = (environment, trainingWindowSize, seasonalityWindowSize, errorFunction);
    }

    private protected override SsaExpectation? Train(IDataView input, DataViewSchema.Column source) => new(
        _seasonalityWindowSize, _errorFunction, SsaTraining.Run(input, source, _trainingWindowSize, SsaExpectation.Settings(_seasonalityWindowSize), 0, _environment, out _));
}
