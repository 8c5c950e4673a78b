using MLPipelines.Data;
using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>A saved model of financial lines: takes in later periods and says what follows.</summary>
public sealed class FinancialModel
{
    private readonly ReconciledForecastingTransformer _model;

    private FinancialModel(ReconciledForecastingTransformer model) => _model = model;

    /// <summary>The lines, in the order of the table that it learned from.</summary>
    public IReadOnlyList<string> Lines => [.. _model.Forecaster.Series.Select(facts => facts.Series)];

    /// <summary>How many periods ahead it forecasts unless another number is asked for.</summary>
    public int Horizon => _model.Forecaster.Horizon;

    /// <summary>Loads a model that was saved.</summary>
    /// <exception cref="MLPipelinesException">The file is no model, or none of financial lines.</exception>
    public static FinancialModel Load(MLContext context, string path)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Of(context.Model.Load(path, out _)) ?? throw new MLPipelinesException($"{path} is no model of financial lines.");
    }

    /// <summary>The model of financial lines that a model is; <see langword="null"/> for another kind of model.</summary>
    internal static FinancialModel? Of(ITransformer model) => ITransformerChain.Flatten(model).ToList() is [ReconciledForecastingTransformer only] ? new(only) : null;

    /// <summary>The model after the periods of a table that it has not seen; those that it has change nothing.</summary>
    /// <param name="table">A table with all lines but those that identities define.</param>
    /// <exception cref="MLPipelinesException">A line is not there.</exception>
    public FinancialModel Observe(FinancialTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        SeriesForecastingTransformer forecaster = _model.Forecaster;
        SeriesState[] states = [.. forecaster.Fitted.Select(line => new SeriesState(line, forecaster.Axis, forecaster.Regressors))];
        double[] amounts = new double[states.Length];
        for (int period = 0; period < table.Count; period++)
        {
            long time = table.TimeOf(period);
            if (forecaster.Axis.StepsBetween(states.Max(state => state.End), time, out _) <= 0) continue;
            for (int i = 0; i < amounts.Length; i++) amounts[i] = table.Lines.FirstOrDefault(line => line.Name.Equals(forecaster.Fitted[i].Name, StringComparison.OrdinalIgnoreCase))?.Values[period] ?? double.NaN;
            Complete(amounts);
            for (int i = 0; i < amounts.Length; i++)
            {
                if (double.IsNaN(amounts[i]) && !table.Lines.Any(line => line.Name.Equals(forecaster.Fitted[i].Name, StringComparison.OrdinalIgnoreCase)))
                    throw new MLPipelinesException($"The table has no line '{forecaster.Fitted[i].Name}', and the identities do not give it. Its lines are: {string.Join(", ", table.Lines.Select(line => line.Name))}.");
                states[i].Observe(time, amounts[i], []);
            }
        }
        return new FinancialModel(new ReconciledForecastingTransformer(forecaster.At([.. states.Select(state => state.ToSeries())]), _model.Reconciliation));
    }

    /// <summary>What follows the last period that it has seen.</summary>
    /// <param name="horizon">How many periods; the horizon that was trained for when left out.</param>
    /// <param name="confidenceLevel">The share of amounts within the intervals; as trained when left out.</param>
    public IReadOnlyList<FinancialOutlook> Forecast(int? horizon = null, float? confidenceLevel = null)
    {
        SeriesForecastingTransformer forecaster = _model.Forecaster;
        int steps = horizon ?? Horizon;
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1, nameof(horizon));
        double width = SeriesForecastingTransformer.WidthOf(confidenceLevel ?? forecaster.ConfidenceLevel);
        long end = forecaster.Fitted.Max(line => line.End);
        var (means, deviations) = _model.Forecast(steps);
        return [.. Enumerable.Range(0, steps).Select(step => new FinancialOutlook(forecaster.Axis.Write(forecaster.Axis.After(end, step + 1)),
            [.. means.Select(line => line[step])], [.. means.Select((line, i) => line[step] - (width * deviations[i][step]))], [.. means.Select((line, i) => line[step] + (width * deviations[i][step]))]))];
    }

    /// <summary>Writes what follows as CSV, in the columns of <see cref="FinancialStatement.SaveCsv"/>.</summary>
    internal int WriteCsv(Stream stream, char separator, int? horizon)
    {
        var outlooks = Forecast(horizon);
        using var writer = new StatementWriter(stream, Lines, separator);
        foreach (FinancialOutlook outlook in outlooks) writer.Write(outlook.Date, isForecast: true, outlook.Expected, outlook.Lower, outlook.Upper);
        return outlooks.Count;
    }

    /// <summary>Fills in what identities say, as long as one of them lacks a single line.</summary>
    private void Complete(double[] amounts)
    {
        for (bool again = true; again;)
        {
            again = false;
            foreach (double[] equation in _model.Reconciliation.Equations)
            {
                int[] missing = [.. Enumerable.Range(0, amounts.Length).Where(i => equation[i] != 0 && double.IsNaN(amounts[i]))];
                if (missing.Length != 1) continue;
                amounts[missing[0]] = -Enumerable.Range(0, amounts.Length).Where(i => i != missing[0] && equation[i] != 0).Sum(i => equation[i] * amounts[i]) / equation[missing[0]];
                again = true;
            }
        }
    }
}

/// <summary>What is expected of a period; the lines in the order of <see cref="FinancialModel.Lines"/>.</summary>
/// <param name="Date">The period, written as in the table that was learned from.</param>
/// <param name="Expected">The expected amounts.</param>
/// <param name="Lower">The lower ends of their intervals.</param>
/// <param name="Upper">The upper ends.</param>
public sealed record FinancialOutlook(string Date, IReadOnlyList<double> Expected, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper);
