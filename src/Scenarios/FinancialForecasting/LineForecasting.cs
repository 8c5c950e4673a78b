using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>Fits the lines of a table, up to any of its periods.</summary>
internal sealed class LineForecasting(MLContext context, FinancialForecastingOptions options, FinancialTable table, IReadOnlyList<AccountingIdentity> identities)
{
    private readonly SeriesForecastingOptions _series = new()
    {
        Panel = new PanelOptions
        {
            TimeColumn = nameof(AmountRow.Date),
            TimeFormat = table.TimeFormat,
            SeriesColumn = nameof(AmountRow.Line),
            ValueColumn = nameof(AmountRow.Amount),
            Seasons = table.PeriodsPerYear > 1 ? [table.PeriodsPerYear] : [],
        },
        Horizon = options.Horizon,
        ConfidenceLowerBoundColumn = "Lower",
        ConfidenceUpperBoundColumn = "Upper",
        ConfidenceLevel = options.ConfidenceLevel,
    };

    internal FinancialTable Table => table;

    /// <summary>The period from which on all lines have amounts.</summary>
    internal int Start { get; } = table.Lines.Max(line => StartOf(line));

    /// <summary>Learns from the first periods, and reconciles as the options say.</summary>
    internal ReconciledForecastingTransformer Fit(int periods) => new(Forecaster(periods, options.ChosenMethod), new Reconciliation(Equations(), Correlation(periods)));

    internal SeriesForecastingTransformer Forecaster(int periods, ForecastMethod method) =>
        context.Forecasting.ForecastBy(method, _series).Fit(context.Data.LoadFromEnumerable(table.ToRows(periods)));

    /// <summary>How errors one step ahead are correlated, over the last two years or third of the periods that are known, whichever is less.</summary>
    private double[,] Correlation(int known)
    {
        int periods = Math.Min(2 * Math.Max(table.PeriodsPerYear, 6), (known - Start) / 3), first = known - periods;
        if (identities.Count == 0 || options.Weights == ReconciliationWeights.VarianceScaling || periods < 3) return ShrunkCorrelation.None(table.Lines.Count);
        SeriesForecastingTransformer forecaster = Forecaster(first, options.ChosenMethod);
        return ShrunkCorrelation.Of([.. forecaster.Fitted.Select((fitted, i) => ErrorsOf(new SeriesState(fitted, forecaster.Axis, forecaster.Regressors), table.Lines[i].Values, first, known))]);
    }

    private static double[] ErrorsOf(SeriesState state, IReadOnlyList<double> values, int first, int end)
    {
        double[] errors = new double[end - first], mean = new double[1], deviation = new double[1];
        for (int i = 0; i < errors.Length; i++)
        {
            state.Forecast(mean, deviation);
            errors[i] = values[first + i] - mean[0];
            state.ObserveNext(values[first + i], []);
        }
        return errors;
    }

    private double[][] Equations() => [.. identities.Select(identity => table.Lines.Select(line => identity.Terms.FirstOrDefault(term => term.Line == line.Name).Factor).ToArray())];

    private static int StartOf(FinancialLine line)
    {
        int start = 0;
        while (double.IsNaN(line.Values[start])) start++;
        return start;
    }
}
