using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines;

public static partial class TimeSeriesCatalog
{
    /// <inheritdoc cref="DetectIidChangePoint(TransformsCatalog, string, string, double, int, MartingaleType, double)"/>
    [Obsolete("Use the overload whose confidence is a double.")]
    public static IidChangePointEstimator DetectIidChangePoint(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, int confidence, int changeHistoryLength,
        MartingaleType martingale = MartingaleType.Power, double eps = 0.1) =>
        catalog.DetectIidChangePoint(outputColumnName, inputColumnName, (double)confidence, changeHistoryLength, martingale, eps);

    /// <summary>Finds changes in values that do not depend on each other; see <see cref="IidChangePointEstimator"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that gets alert, value, p-value and martingale score.</param>
    /// <param name="inputColumnName">The series: a column of <see cref="float"/>. <see langword="null"/> for the name of the output.</param>
    /// <param name="confidence">How sure an alert is to be, from 0 to 100.</param>
    /// <param name="changeHistoryLength">How many values a new one is compared with.</param>
    /// <param name="martingale">How p-values add up.</param>
    /// <param name="eps">The exponent of the power martingale, between 0 and 1.</param>
    public static IidChangePointEstimator DetectIidChangePoint(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, double confidence, int changeHistoryLength,
        MartingaleType martingale = MartingaleType.Power, double eps = 0.1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(outputColumnName, inputColumnName, confidence, changeHistoryLength, martingale, eps);
    }

    /// <inheritdoc cref="DetectIidSpike(TransformsCatalog, string, string, double, int, AnomalySide)"/>
    [Obsolete("Use the overload whose confidence is a double.")]
    public static IidSpikeEstimator DetectIidSpike(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, int confidence, int pvalueHistoryLength, AnomalySide side = AnomalySide.TwoSided) =>
        catalog.DetectIidSpike(outputColumnName, inputColumnName, (double)confidence, pvalueHistoryLength, side);

    /// <summary>Finds spikes in values that do not depend on each other; see <see cref="IidSpikeEstimator"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that gets alert, value and p-value.</param>
    /// <param name="inputColumnName">The series: a column of <see cref="float"/>. <see langword="null"/> for the name of the output.</param>
    /// <param name="confidence">How sure an alert is to be, from 0 to 100.</param>
    /// <param name="pvalueHistoryLength">How many values a new one is compared with.</param>
    /// <param name="side">On which side spikes are looked for.</param>
    public static IidSpikeEstimator DetectIidSpike(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, double confidence, int pvalueHistoryLength, AnomalySide side = AnomalySide.TwoSided)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(outputColumnName, inputColumnName, confidence, pvalueHistoryLength, side);
    }

    /// <inheritdoc cref="DetectChangePointBySsa(TransformsCatalog, string, string, double, int, int, int, ErrorFunction, MartingaleType, double)"/>
    [Obsolete("Use the overload whose confidence is a double.")]
    public static SsaChangePointEstimator DetectChangePointBySsa(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, int confidence, int changeHistoryLength, int trainingWindowSize, int seasonalityWindowSize,
        ErrorFunction errorFunction = ErrorFunction.SignedDifference, MartingaleType martingale = MartingaleType.Power, double eps = 0.1) =>
        catalog.DetectChangePointBySsa(outputColumnName, inputColumnName, (double)confidence, changeHistoryLength, trainingWindowSize, seasonalityWindowSize, errorFunction, martingale, eps);

    /// <summary>Finds changes in a series with trend and seasons; see <see cref="SsaChangePointEstimator"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that gets alert, difference, p-value and martingale score.</param>
    /// <param name="inputColumnName">The series: a column of <see cref="float"/>. <see langword="null"/> for the name of the output.</param>
    /// <param name="confidence">How sure an alert is to be, from 0 to 100.</param>
    /// <param name="changeHistoryLength">How many differences a new one is compared with.</param>
    /// <param name="trainingWindowSize">How many rows are trained on, from the first; above twice <paramref name="seasonalityWindowSize"/>.</param>
    /// <param name="seasonalityWindowSize">The length of the windows that are looked at: at least the longest season.</param>
    /// <param name="errorFunction">How far an observation is from what was expected.</param>
    /// <param name="martingale">How p-values add up.</param>
    /// <param name="eps">The exponent of the power martingale, between 0 and 1.</param>
    public static SsaChangePointEstimator DetectChangePointBySsa(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, double confidence, int changeHistoryLength, int trainingWindowSize, int seasonalityWindowSize,
        ErrorFunction errorFunction = ErrorFunction.SignedDifference, MartingaleType martingale = MartingaleType.Power, double eps = 0.1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Environment, outputColumnName, inputColumnName, confidence, changeHistoryLength, trainingWindowSize, seasonalityWindowSize, errorFunction, martingale, eps);
    }

    /// <inheritdoc cref="DetectSpikeBySsa(TransformsCatalog, string, string, double, int, int, int, AnomalySide, ErrorFunction)"/>
    [Obsolete("Use the overload whose confidence is a double.")]
    public static SsaSpikeEstimator DetectSpikeBySsa(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, int confidence, int pvalueHistoryLength, int trainingWindowSize, int seasonalityWindowSize,
        AnomalySide side = AnomalySide.TwoSided, ErrorFunction errorFunction = ErrorFunction.SignedDifference) =>
        catalog.DetectSpikeBySsa(outputColumnName, inputColumnName, (double)confidence, pvalueHistoryLength, trainingWindowSize, seasonalityWindowSize, side, errorFunction);

    /// <summary>Finds spikes in a series with trend and seasons; see <see cref="SsaSpikeEstimator"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column that gets alert, difference and p-value.</param>
    /// <param name="inputColumnName">The series: a column of <see cref="float"/>. <see langword="null"/> for the name of the output.</param>
    /// <param name="confidence">How sure an alert is to be, from 0 to 100.</param>
    /// <param name="pvalueHistoryLength">How many differences a new one is compared with.</param>
    /// <param name="trainingWindowSize">How many rows are trained on, from the first; above twice <paramref name="seasonalityWindowSize"/>.</param>
    /// <param name="seasonalityWindowSize">The length of the windows that are looked at: at least the longest season.</param>
    /// <param name="side">On which side spikes are looked for.</param>
    /// <param name="errorFunction">How far an observation is from what was expected.</param>
    public static SsaSpikeEstimator DetectSpikeBySsa(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, double confidence, int pvalueHistoryLength, int trainingWindowSize, int seasonalityWindowSize,
        AnomalySide side = AnomalySide.TwoSided, ErrorFunction errorFunction = ErrorFunction.SignedDifference)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Environment, outputColumnName, inputColumnName, confidence, pvalueHistoryLength, trainingWindowSize, seasonalityWindowSize, side, errorFunction);
    }
}
