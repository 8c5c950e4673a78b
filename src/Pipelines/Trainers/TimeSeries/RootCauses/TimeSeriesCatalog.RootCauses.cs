using MLPipelines.TimeSeries;

namespace MLPipelines;

public static partial class TimeSeriesCatalog
{
    /// <summary>Finds the most likely cause of an anomaly in a metric with dimensions; see <see cref="LocalizeRootCauses"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="src">The anomaly, and the points below it.</param>
    /// <param name="beta">The weight of surprise in the score, from 0 to 1; the rest is the weight of explanatory power.</param>
    /// <param name="rootCauseThreshold">The share of the change that causes make up together; from 0 to 1.</param>
    /// <returns>The cause, without items when the anomaly is not among the points; <see langword="null"/> when no dimension of the anomaly is aggregated.</returns>
    public static RootCause? LocalizeRootCause(this AnomalyDetectionCatalog catalog, RootCauseLocalizationInput src, double beta = 0.3, double rootCauseThreshold = 0.95) =>
        LocalizeRootCauses(catalog, src, beta, rootCauseThreshold).FirstOrDefault();

    /// <summary>
    /// Finds possible causes of an anomaly in a metric with dimensions: for each aggregated dimension that tells anomalies from the rest,
    /// the values that make up the change. Dimensions are ordered by gain of information (Quinlan 1986), and causes are scored by surprise
    /// and explanatory power (Bhagwan et al. 2014, "Adtributor").
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="src">The anomaly, and the points below it: with a value in one of its aggregated dimensions, or in each.</param>
    /// <param name="beta">The weight of surprise in the score, from 0 to 1; the rest is the weight of explanatory power.</param>
    /// <param name="rootCauseThreshold">The share of the change that causes make up together; from 0 to 1.</param>
    /// <returns>The causes, the most likely first.</returns>
    /// <exception cref="ArgumentException">There is not one slice of the time of the anomaly, or a point of it lacks a dimension or a finite value.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static List<RootCause> LocalizeRootCauses(this AnomalyDetectionCatalog catalog, RootCauseLocalizationInput src, double beta = 0.5, double rootCauseThreshold = 0.95)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(src);
        if (src.AnomalyDimension is null || src.Slices is null) throw new ArgumentException("The dimension of the anomaly and the slices are needed.", nameof(src));
        if (!(beta is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(beta), beta, "Expected a number from 0 to 1.");
        if (!(rootCauseThreshold is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(rootCauseThreshold), rootCauseThreshold, "Expected a number from 0 to 1.");
        List<MetricSlice> slices = src.Slices.FindAll(slice => slice.TimeStamp == src.AnomalyTimestamp);
        if (slices.Count != 1) throw new ArgumentException($"{slices.Count} of the {src.Slices.Count} slices are of the time of the anomaly, {src.AnomalyTimestamp:O}; expected one.", nameof(src));
        return new RootCauseAnalyzer(src, slices[0].Points, beta, rootCauseThreshold).Analyze();
    }
}
