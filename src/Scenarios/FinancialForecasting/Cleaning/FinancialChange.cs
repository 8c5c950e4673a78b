namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>What was changed, or seen and kept, in a table.</summary>
/// <param name="Line">The line.</param>
/// <param name="Period">The period, or how many there are.</param>
/// <param name="Found">What the table has.</param>
/// <param name="Became">What counts from here on.</param>
/// <param name="Reason">Why.</param>
public sealed record FinancialChange(string Line, string Period, string Found, string Became, string Reason)
{
    /// <summary>The position of the period; -1 where it is about several.</summary>
    public int Index { get; init; } = -1;

    /// <summary>The amount that the table has; NaN for none, and where it is about several.</summary>
    public double FoundValue { get; init; } = double.NaN;

    /// <summary>The amount that counts; NaN where it is about several.</summary>
    public double Value { get; init; } = double.NaN;
}
