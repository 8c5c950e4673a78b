namespace MLPipelines.Scenarios.AnomalyDetection;

/// <summary>Medians of windows that move along values.</summary>
internal static class RunningMedian
{
    /// <summary>The median around each value: of so many before and after it as there are, up to a number.</summary>
    internal static double[] Around(ReadOnlySpan<double> values, int reach)
    {
        double[] medians = new double[values.Length], sorted = new double[(2 * reach) + 1];
        int count = 0;
        for (int i = 0; i < Math.Min(reach, values.Length); i++) Insert(sorted, ref count, values[i]);
        for (int i = 0; i < values.Length; i++)
        {
            if (i - reach - 1 >= 0) Remove(sorted, ref count, values[i - reach - 1]);
            if (i + reach < values.Length) Insert(sorted, ref count, values[i + reach]);
            medians[i] = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
        }
        return medians;
    }

    /// <summary>The median of each run of a length, by its first value; as many as there are whole runs.</summary>
    internal static double[] Of(ReadOnlySpan<double> values, int length)
    {
        double[] medians = new double[Math.Max(0, values.Length - length + 1)], sorted = new double[length];
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (i >= length) Remove(sorted, ref count, values[i - length]);
            Insert(sorted, ref count, values[i]);
            if (i >= length - 1) medians[i - length + 1] = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
        }
        return medians;
    }

    /// <summary>The value that a share of all is below.</summary>
    internal static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)(share * (sorted.Length - 1))];
    }

    private static void Insert(double[] sorted, ref int count, double value)
    {
        int place = PlaceOf(sorted, count, value);
        Array.Copy(sorted, place, sorted, place + 1, count - place);
        sorted[place] = value;
        count++;
    }

    private static void Remove(double[] sorted, ref int count, double value)
    {
        int place = PlaceOf(sorted, count, value);
        Array.Copy(sorted, place + 1, sorted, place, count - place - 1);
        count--;
    }

    private static int PlaceOf(double[] sorted, int count, double value) => Array.BinarySearch(sorted, 0, count, value) is var place && place >= 0 ? place : ~place;
}
