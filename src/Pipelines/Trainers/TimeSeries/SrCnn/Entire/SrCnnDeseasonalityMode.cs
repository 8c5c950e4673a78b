namespace MLPipelines.TimeSeries;

/// <summary>How a season is taken out of a series before anomalies are looked for.</summary>
public enum SrCnnDeseasonalityMode
{
    /// <summary>By local regression, which takes a trend out as well: "STL", robust to the anomalies.</summary>
    Stl = 0,

    /// <summary>By the means of the values at the same place in the period.</summary>
    Mean = 1,

    /// <summary>By the medians of the values at the same place in the period; of an even number, the upper of the two in the middle.</summary>
    Median = 2,
}
