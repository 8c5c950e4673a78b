namespace MLPipelines.Tensors.Tests.Operations;

internal static class Close
{
    /// <summary>Each to within a tolerance times its size, or times 1 when it is smaller.</summary>
    internal static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double bound = tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - (double)actual[i]) <= bound, $"Number {i} is {actual[i]}, expected {expected[i]} within {bound:g2}.");
        }
    }
}
