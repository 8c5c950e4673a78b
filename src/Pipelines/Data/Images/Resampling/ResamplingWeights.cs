namespace MLPipelines.Data;

/// <summary>
/// How much each sample of a line counts in each sample of a longer or shorter one: a triangle over the two nearest samples where
/// the line grows (linear interpolation), and one as much wider as the line shrinks, so that every sample counts.
/// </summary>
internal sealed class ResamplingWeights
{
    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly float[] _weights;

    /// <param name="length">The number of samples that there are.</param>
    /// <param name="start">Where the part begins that is resampled, in samples.</param>
    /// <param name="extent">How long that part is, in samples.</param>
    /// <param name="count">The number of samples to make of it.</param>
    internal ResamplingWeights(int length, double start, double extent, int count)
    {
        double scale = extent / count, reach = Math.Max(1, scale);
        MaximumCount = Math.Min(length, (int)Math.Ceiling(reach) * 2 + 1);
        (_starts, _counts, _weights) = (new int[count], new int[count], new float[checked(count * MaximumCount)]);
        for (int i = 0; i < count; i++)
        {
            double center = start + (i + 0.5) * scale;
            // A part at the very edge still has the sample there.
            int first = Math.Clamp((int)(center - reach + 0.5), 0, length - 1), end = Math.Clamp((int)(center + reach + 0.5), first + 1, length);
            end = Math.Min(end, first + MaximumCount);
            double sum = 0;
            for (int sample = first; sample < end; sample++) sum += WeightOf(sample);
            for (int sample = first; sample < end; sample++)
                _weights[i * MaximumCount + sample - first] = (float)(sum > 0 ? WeightOf(sample) / sum : 1.0 / (end - first));
            (_starts[i], _counts[i]) = (first, end - first);

            double WeightOf(int sample) => Math.Max(0, 1 - Math.Abs((sample + 0.5 - center) / reach));
        }
    }

    /// <summary>The most samples that count in one.</summary>
    internal int MaximumCount { get; }

    internal int StartOf(int index) => _starts[index];

    internal ReadOnlySpan<float> Of(int index) => _weights.AsSpan(index * MaximumCount, _counts[index]);
}
