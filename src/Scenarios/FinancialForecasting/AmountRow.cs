namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>An amount of a line in a period, as the model reads it.</summary>
public sealed class AmountRow
{
    /// <summary>The period, written as in the table that was learned from.</summary>
    public string Date { get; set; } = "";

    /// <summary>The line.</summary>
    public string Line { get; set; } = "";

    /// <summary>In units of the currency, or percent.</summary>
    public double Amount { get; set; }
}
