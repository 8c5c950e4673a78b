namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>One line of a financial table.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Values">An amount per period in units of the currency, or in percent; NaN where there is none.</param>
/// <param name="IsPercent">Whether the amounts are percents.</param>
public sealed record FinancialLine(string Name, IReadOnlyList<double> Values, bool IsPercent = false)
{
    /// <summary>Whether identities define it and the table has no amounts of it.</summary>
    public bool IsDerived { get; init; }
}
