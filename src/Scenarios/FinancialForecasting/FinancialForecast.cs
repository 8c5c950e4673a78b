using MLPipelines.Data;

namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>A statement of what is expected, and how it came about.</summary>
/// <param name="Model">
/// The model: rows with <c>Date</c>, <c>Line</c> (text) and <c>Amount</c> (<see cref="double"/>) in, and the forecast of the row's line out, as
/// <c>Forecast</c>, <c>Lower</c> and <c>Upper</c>.
/// </param>
/// <param name="Statement">History, forecast and intervals.</param>
/// <param name="Identities">What holds in the forecast.</param>
/// <param name="Changes">What was cleaned.</param>
/// <param name="Breaches">Where the identities do not hold in the history, after cleaning.</param>
/// <param name="Backtest">How the forecasts would have done in the past; empty where the history is too short.</param>
public sealed record FinancialForecast(ITransformer Model, FinancialStatement Statement, IReadOnlyList<AccountingIdentity> Identities,
    IReadOnlyList<FinancialChange> Changes, IReadOnlyList<IdentityBreach> Breaches, IReadOnlyList<LineBacktest> Backtest)
{
    /// <summary>The columns that the model reads, for saving it.</summary>
    public DataViewSchema InputSchema { get; } = CreateInputSchema();

    /// <summary>Writes one HTML page with key figures, charts and the statement, that needs no other file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="title">What it is called.</param>
    /// <param name="culture">The language of numbers and months; the invariant one when left out.</param>
    public void SaveReport(string path, string title = "Financial forecast", System.Globalization.CultureInfo? culture = null) => new StatementReport(this, title, culture).ToPage().Save(path);

    private static DataViewSchema CreateInputSchema()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(nameof(AmountRow.Date), TextDataViewType.Instance);
        builder.AddColumn(nameof(AmountRow.Line), TextDataViewType.Instance);
        builder.AddColumn(nameof(AmountRow.Amount), NumberDataViewType.Double);
        return builder.ToSchema();
    }
}
