using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.TimeSeries;

/// <summary>How a singular spectrum analysis is trained.</summary>
/// <param name="Window">The length of the windows, 2 or more.</param>
/// <param name="Selection">How the number of components is chosen.</param>
/// <param name="Rank">That number, where it is fixed: 1 … <paramref name="Window"/> − 1.</param>
/// <param name="MaxRank">The most components that are tried: 1 … <paramref name="Window"/> − 1.</param>
/// <param name="Stabilizes">Whether roots of the recursion that let forecasts explode are pulled in.</param>
/// <param name="MaxRatio">The most that a trend may grow by in a step, as a factor; infinite for no bound.</param>
/// <param name="MeasuresNoise">Whether the variances that intervals need are estimated.</param>
/// <param name="Discount">How much less a window counts than the one a step later, in [0, 1].</param>
/// <param name="KeepsInfo">Whether what was found is kept for <see cref="SsaModelInfo"/>.</param>
internal sealed record SsaSettings(
    int Window, RankSelectionMethod Selection, int Rank, int MaxRank, bool Stabilizes = true, double MaxRatio = double.PositiveInfinity,
    bool MeasuresNoise = false, double Discount = 1, bool KeepsInfo = false)
{
    /// <summary>The fewest points that can be learned from.</summary>
    internal int LeastPoints => (2 * Window) + 1;
}
