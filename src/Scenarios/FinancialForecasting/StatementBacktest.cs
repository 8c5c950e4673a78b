using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>
/// Forecasts the last periods from several origins, each time with models learned from what was known by then. The cleaning has seen all of the
/// history; the errors are those of the forecast alone.
/// </summary>
internal sealed class StatementBacktest(LineForecasting lines, FinancialForecastingOptions options)
{
    private static readonly SeasonalNaiveMethod Naive = new();

    internal IReadOnlyList<LineBacktest> Run()
    {
        FinancialTable table = lines.Table;
        int known = table.Count - lines.Start, horizon = Math.Min(options.Horizon, known / 4);
        int least = lines.Start + Math.Max(known / 2, Math.Min(2 * table.PeriodsPerYear, known * 2 / 3));
        if (options.BacktestOrigins == 0 || horizon == 0) return [];
        double[][] errors = [.. table.Lines.Select(_ => new double[5])];
        double[] amounts = new double[errors.Length];
        int[] within = new int[errors.Length];
        int count = 0;
        // The origins are a third of the horizon apart, so that they see different seasons and share few errors.
        for (int i = 0, origin = table.Count - horizon; i < options.BacktestOrigins && origin >= least; i++, origin -= Math.Max(horizon / 3, 1))
        {
            Measure(origin, horizon, errors, amounts, within);
            count += horizon;
        }
        return count == 0 ? [] : [.. table.Lines.Select((line, i) => new LineBacktest(line.Name, errors[i][0] / amounts[i], errors[i][1] / amounts[i], errors[i][2] / amounts[i], (double)within[i] / count,
            errors[i][3] / count, errors[i][4] / count, count))];
    }

    private void Measure(int origin, int horizon, double[][] errors, double[] amounts, int[] within)
    {
        ReconciledForecastingTransformer model = lines.Fit(origin);
        var (means, deviations) = model.Forecast(horizon);
        var naive = lines.Forecaster(origin, Naive).Forecast(horizon).ToArray();
        var alone = model.Forecaster.Forecast(horizon).ToArray();
        double width = SeriesForecastingTransformer.WidthOf(options.ConfidenceLevel);
        for (int i = 0; i < errors.Length; i++)
        {
            for (int step = 0; step < horizon; step++)
            {
                double actual = lines.Table.Lines[i].Values[origin + step], error = Math.Abs(actual - means[i][step]);
                errors[i][0] += error;
                errors[i][1] += Math.Abs(actual - naive[i].Points[step].Mean);
                errors[i][2] += Math.Abs(actual - alone[i].Points[step].Mean);
                errors[i][3] += error == 0 ? 0 : 200 * error / (Math.Abs(actual) + Math.Abs(means[i][step]));
                errors[i][4] += error / model.Forecaster.Fitted[i].Facts.Scale;
                amounts[i] += Math.Abs(actual);
                if (error <= width * deviations[i][step]) within[i]++;
            }
        }
    }
}
