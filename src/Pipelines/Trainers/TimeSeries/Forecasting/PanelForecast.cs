namespace MLPipelines.TimeSeries;

/// <summary>What follows the last observation of a series.</summary>
/// <param name="Series">The name of the series; empty for the only one.</param>
/// <param name="Model">The form of its model.</param>
/// <param name="Points">One per step, from the first after the last observation.</param>
public sealed record PanelForecast(string Series, string Model, IReadOnlyList<ForecastPoint> Points);

/// <summary>The forecast of one time.</summary>
/// <param name="Time">The time as the table writes times: a date or a whole number.</param>
/// <param name="Date">The time where it is a date, in UTC.</param>
/// <param name="Mean">The expected value.</param>
/// <param name="Lower">The lower end of the interval.</param>
/// <param name="Upper">The upper end of the interval.</param>
public readonly record struct ForecastPoint(string Time, DateTime? Date, double Mean, double Lower, double Upper);
