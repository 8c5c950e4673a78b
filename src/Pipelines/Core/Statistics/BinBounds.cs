namespace MLPipelines;

/// <summary>Bounds between numbers.</summary>
internal static class BinBounds
{
    /// <summary>The bounds at some places of rising numbers: a bound at i parts number i − 1 from number i.</summary>
    internal static double[] At(ReadOnlySpan<double> values, ReadOnlySpan<int> places, bool isSingle)
    {
        double[] bounds = new double[places.Length];
        for (int i = 0; i < bounds.Length; i++) bounds[i] = Between(values[places[i] - 1], values[places[i]], isSingle);
        return bounds;
    }

    // Half-way, in the precision of the column; the lower number itself where there is nothing between the two.
    private static double Between(double low, double high, bool isSingle)
    {
        double middle = low / 2 + high / 2;
        if (isSingle) middle = (float)middle;
        return middle > low && middle < high ? middle : low;
    }
}
