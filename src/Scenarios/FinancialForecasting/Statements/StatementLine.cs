namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>A line of a statement.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="IsPercent">Whether the amounts are percents.</param>
/// <param name="Model">The form that forecasts it, such as <c>ETS(A,A,A)</c>.</param>
/// <param name="History">The amounts after cleaning; NaN before the first.</param>
/// <param name="Forecast">The expected amounts of the periods to come.</param>
/// <param name="Lower">The lower ends of their intervals.</param>
/// <param name="Upper">The upper ends.</param>
public sealed record StatementLine(string Name, bool IsPercent, string Model, IReadOnlyList<double> History, IReadOnlyList<double> Forecast, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper);
