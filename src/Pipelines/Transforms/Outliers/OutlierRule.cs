namespace MLPipelines.Transforms;

/// <summary>What counts as an outlier: what lies outside of two fences, which are learned of each slot.</summary>
public enum OutlierRule
{
    /// <summary>
    /// Below the first quartile or above the third by more than 1.5 times (or the threshold) the distance of the two (Tukey 1977,
    /// "Exploratory Data Analysis"). The numbers that are learned from are held in memory.
    /// </summary>
    InterquartileRange,

    /// <summary>Further from the mean than 3 (or the threshold) standard deviations. Outliers widen these themselves.</summary>
    StandardScore,

    /// <summary>
    /// Further from the median than 3.5 (or the threshold) times 1.4826 times the median absolute deviation, which is the standard
    /// deviation of normal numbers (Iglewicz and Hoaglin 1993). The numbers that are learned from are held in memory.
    /// </summary>
    RobustStandardScore,
}
