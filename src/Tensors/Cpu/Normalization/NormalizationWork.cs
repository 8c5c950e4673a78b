namespace MLPipelines.Tensors.Cpu.Normalization;

/// <summary>What the parts of a batch normalization share: rows in equal parts, each with sums of its own.</summary>
internal unsafe struct NormalizationWork
{
    private const int MostParts = 16;
    private const int LeastNumbers = 1 << 15;

    internal NormalizationData Data;
    internal float* Mean, Inverse;

    /// <summary>Of each channel.</summary>
    internal float* Scale, Shift, Slope, Level;

    /// <summary>Of each part, for each channel: a number near the mean, and sums.</summary>
    internal float* Centers, Sums, Squares;

    internal long RowsPerPart;
    internal int Parts;

    internal static NormalizationWork Share(in NormalizationData data, float* mean, float* inverse, Scratch scratch)
    {
        int channels = data.Channels;
        long rows = Math.Max(1, Math.Max((data.Rows + MostParts - 1) / MostParts, LeastNumbers / Math.Max(1, channels)));
        int parts = (int)((data.Rows + rows - 1) / rows);
        long sums = (long)parts * channels;
        return new NormalizationWork
        {
            Data = data, Mean = mean, Inverse = inverse, RowsPerPart = rows, Parts = parts,
            Scale = scratch.Floats(channels), Shift = scratch.Floats(channels), Slope = scratch.Floats(channels), Level = scratch.Floats(channels),
            Centers = scratch.Floats(sums), Sums = scratch.Floats(sums), Squares = scratch.Floats(sums),
        };
    }

    internal readonly (long First, long End) Range(int part) => (part * RowsPerPart, Math.Min(Data.Rows, (part + 1) * RowsPerPart));

    private readonly long RowsOf(int part) => part < Parts - 1 ? RowsPerPart : Data.Rows - (part * RowsPerPart);

    /// <summary>Mean and variance (divided by n) of a channel.</summary>
    internal readonly (double Mean, double Variance) Joined(int channel)
    {
        double mean = 0, spread = 0;
        for (int part = 0; part < Parts; part++)
        {
            int at = (part * Data.Channels) + channel;
            mean += (RowsOf(part) * (double)Centers[at]) + Sums[at];
        }
        mean /= Data.Rows;
        // Around the mean m instead of the part's center c: Σ (x - c)² - 2 (m - c) Σ (x - c) + n (m - c)².
        for (int part = 0; part < Parts; part++)
        {
            int at = (part * Data.Channels) + channel;
            double moved = mean - Centers[at];
            spread += Squares[at] - (moved * ((2.0 * Sums[at]) - (moved * RowsOf(part))));
        }
        return (mean, Math.Max(0, spread) / Data.Rows);
    }

    /// <summary>The sums of both kinds of a channel over all parts.</summary>
    internal readonly (double Sum, double Product) Summed(int channel)
    {
        double sum = 0, product = 0;
        for (int part = 0; part < Parts; part++)
        {
            sum += Sums[(part * Data.Channels) + channel];
            product += Squares[(part * Data.Channels) + channel];
        }
        return (sum, product);
    }
}
