using MLPipelines.Testing;
using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries;

/// <summary>The contract over a column that holds a series.</summary>
public abstract class SeriesContract(bool learns) : EstimatorContract
{
    protected override string[] RequiredColumns => ["Value"];

    protected override bool IsTrainer => learns;

    protected override IDataView CreateData(MLContext context) => new MemoryView().Add("Value", 0f, 1, 2, 3, 4, 0, 1, 2, 3, 5, 0, 1, 2, 3, 4, 100, 0, 1, 2, 3, 4);

    protected override IDataView? CreateDataOfWrongType(MLContext context) => new MemoryView().AddText("Value", "a", "b", "c");

    protected override EdgeOutcome OutcomeOf(EdgeCase edge) =>
        learns && edge is EdgeCase.NoRows or EdgeCase.OneRow or EdgeCase.Infinity && learns ? EdgeOutcome.Throws : EdgeOutcome.Works;
}

public sealed class IidSpikeContractTests() : SeriesContract(learns: false)
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.DetectIidSpike("Scores", "Value", 95.0, 4, AnomalySide.Positive);
}

public sealed class IidChangePointContractTests() : SeriesContract(learns: false)
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.DetectIidChangePoint("Scores", "Value", 95.0, 4, MartingaleType.Mixture);
}

public sealed class SsaSpikeContractTests() : SeriesContract(learns: true)
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
        context.Transforms.DetectSpikeBySsa("Scores", "Value", 95.0, 4, 15, 6, AnomalySide.Negative, ErrorFunction.SquaredDifference);
}

public sealed class SsaChangePointContractTests() : SeriesContract(learns: true)
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.DetectChangePointBySsa("Scores", "Value", 95.0, 4, 15, 6, eps: 0.2);
}

public sealed class SsaForecastingContractTests() : SeriesContract(learns: true)
{
    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Forecasting.ForecastBySsa(
        "Forecast", "Value", 5, 15, 21, 7, maxRank: 3, maxGrowth: new GrowthRatio { TimeSpan = 3, Growth = 1.5 }, confidenceLowerBoundColumn: "Low", confidenceUpperBoundColumn: "High");
}

public sealed class AdaptiveSsaForecastingContractTests() : SeriesContract(learns: true)
{
    // It is trained anew now and then.
    protected override bool IsAllocationFree => false;

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Forecasting.ForecastBySsa(
        "Value", null, 4, 12, 21, 3, isAdaptive: true, discountFactor: 0.9f, RankSelectionMethod.Fast, variableHorizon: true);
}
