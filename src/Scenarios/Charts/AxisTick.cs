namespace MLPipelines.Scenarios.Charts;

/// <summary>A place on an axis.</summary>
/// <param name="At">Its value.</param>
/// <param name="Label">What is written there.</param>
/// <param name="Context">What is written below it, such as the year of a month, where it changes.</param>
internal readonly record struct AxisTick(double At, string Label, string Context = "");
