namespace MLPipelines.TimeSeries;

/// <summary>What smooths: the shares of an error that the level, the slope and the season take up, and what is left of a slope after a step.</summary>
internal readonly record struct EtsParameters(double Alpha, double Beta, double Gamma, double Phi);
