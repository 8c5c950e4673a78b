namespace MLPipelines.Trainers;

/// <summary>What stochastic dual coordinate ascent uses where an option is not set: chosen by the size of the data.</summary>
/// <remarks>
/// Passes: 3 × max(1, 500,000 / examples), so that about a million and a half examples are visited at most. L2 for classes:
/// max(10⁻⁶, 20 / (expected passes × examples)), half of the passes being expected: 2.7 · 10⁻⁵ up to 500,000 examples. L2 for
/// numbers: 10⁻² below 200 examples, 10⁻⁴ above 10,000, 10⁻³ between. L1 threshold: 0. ML.NET chooses up to
/// 1 by the number of features, which on text costs more than it saves: on banking77 (44,000 n-grams) accuracy was 0.875 with a
/// threshold of 1 and 0.911 without.
/// </remarks>
internal static class SdcaDefaults
{
    internal const float SmallestL2 = 1e-9f;

    internal static int MaximumPasses(int examples) => Math.Max(1, 500_000 / examples) * 3;

    internal static float L2(int examples, int passes) => Math.Max(1e-6f, 20f / (Math.Max(2, passes / 2) * (float)examples));

    internal static float RegressionL2(int examples) => examples > 10_000 ? 1e-4f : examples < 200 ? 1e-2f : 1e-3f;

    internal const float L1Threshold = 0;
}
