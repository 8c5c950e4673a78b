namespace MLPipelines.Scenarios.FinancialForecasting;

/// <summary>A period of the history in which an identity does not hold.</summary>
/// <param name="Identity">The identity as it was written.</param>
/// <param name="Period">The period in words.</param>
/// <param name="Difference">Its left side less its right side.</param>
public sealed record IdentityBreach(string Identity, string Period, double Difference);
