using MLPipelines.TimeSeries;

namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>
/// Learns to forecast financial lines: cleans the table, forecasts each line by itself, and makes the forecasts agree with the accounting identities,
/// by minimum trace.
/// </summary>
/// <param name="context">The context; its seed fixes the result.</param>
/// <param name="options">What is forecast, and how.</param>
public sealed class FinancialForecastingTrainer(MLContext context, FinancialForecastingOptions options)
{
    /// <summary>Learns from a table.</summary>
    /// <exception cref="MLPipelinesException">The table cannot be learned from, or an identity cannot be read.</exception>
    public FinancialForecast Train(FinancialTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        options.Check();
        var identities = AccountingIdentity.Parse(options.Identities, [.. table.Lines.Select(line => line.Name)]);
        var cleaning = new FinancialCleaning(table, identities, options);
        FinancialTable clean = cleaning.Run();
        var lines = new LineForecasting(context, options, clean, identities);
        ReconciledForecastingTransformer model = lines.Fit(clean.Count);
        return new FinancialForecast(model, Statement(clean, model), identities, cleaning.Changes,
            FinancialCleaning.BreachesOf(clean, identities, options.IdentityTolerance), new StatementBacktest(lines, options).Run());
    }

    private FinancialStatement Statement(FinancialTable table, ReconciledForecastingTransformer model)
    {
        var (means, deviations) = model.Forecast(options.Horizon);
        double width = SeriesForecastingTransformer.WidthOf(options.ConfidenceLevel);
        string[] forms = [.. model.Forecaster.Series.Select(facts => facts.Model)];
        StatementLine[] lines = [.. table.Lines.Select((line, i) => new StatementLine(line.Name, line.IsPercent, forms[i], line.Values, means[i],
            [.. means[i].Select((mean, step) => mean - (width * deviations[i][step]))], [.. means[i].Select((mean, step) => mean + (width * deviations[i][step]))]))];
        return new FinancialStatement(table, lines, options.ConfidenceLevel);
    }
}
