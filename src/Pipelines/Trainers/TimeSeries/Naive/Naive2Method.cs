namespace MLPipelines.TimeSeries;

/// <summary>
/// Naive2, by which the M competitions scale errors: the last value of the seasonally adjusted series, with the season put back; the last value
/// where <see cref="SeasonalityTest"/> finds no season.
/// </summary>
public sealed class Naive2Method() : SeasonallyAdjustedMethod("Naive2", new SeasonalNaiveMethod());
