namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>How forecasts of a line did from past periods, each learned from what was known by then.</summary>
/// <param name="Line">The line.</param>
/// <param name="Error">The sum of absolute errors over the sum of absolute amounts: how far off, as a share.</param>
/// <param name="NaiveError">The same for repeating the year before.</param>
/// <param name="UnreconciledError">The same for the forecasts before they were made to agree.</param>
/// <param name="Coverage">The share of amounts within their intervals.</param>
/// <param name="Smape">The mean of 200 |error| / (|amount| + |forecast|).</param>
/// <param name="Mase">The mean absolute error over that of repeating the year before within the history.</param>
/// <param name="Count">How many amounts were forecast.</param>
public sealed record LineBacktest(string Line, double Error, double NaiveError, double UnreconciledError, double Coverage, double Smape, double Mase, int Count);
