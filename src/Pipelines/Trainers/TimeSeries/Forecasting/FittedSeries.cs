namespace MLPipelines.TimeSeries;

/// <summary>A series and what was learned of it.</summary>
/// <param name="Name">What is observed; empty for the only series.</param>
/// <param name="Model">Forecasts what the covariates do not explain.</param>
/// <param name="Regression">What the covariates explain; <see langword="null"/> for nothing.</param>
/// <param name="Baseline">The simple model that errors are compared with.</param>
/// <param name="End">The time of the last observation.</param>
/// <param name="LastColumns">The covariates of the last observation: what is not told of the future stays so.</param>
/// <param name="Facts">How it came about.</param>
internal sealed record FittedSeries(string Name, SeriesModel Model, SeriesRegression? Regression, SeriesModel Baseline, long End, float[] LastColumns, SeriesFacts Facts);

/// <summary>How the model of a series came about.</summary>
/// <param name="Series">The name of the series; empty for the only one.</param>
/// <param name="Model">The form that was chosen, such as <c>ETS(M,Ad,M)</c>.</param>
/// <param name="Length">How many observations it was learned from.</param>
/// <param name="GapCount">How many of them were missing and filled in.</param>
/// <param name="Scale">The mean absolute error of repeating the season before, in the unit of the series: what MASE is relative to.</param>
/// <param name="Fallback">Why the model is not of the method that was asked for; <see langword="null"/> where it is.</param>
public sealed record SeriesFacts(string Series, string Model, int Length, int GapCount, double Scale, string? Fallback);
