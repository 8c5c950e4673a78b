using System.Numerics.Tensors;

namespace MLPipelines.TimeSeries;

/// <summary>A series as the sum of its seasons, a trend and a remainder, by <see cref="Stl"/> for one season after the other, and once more with the others taken out.</summary>
internal sealed class MultipleSeasonsDecomposition
{
    private const int Rounds = 2;

    /// <param name="values">The series.</param>
    /// <param name="seasons">The lengths of its seasons, each at most half of the series.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal MultipleSeasonsDecomposition(ReadOnlySpan<double> values, int[] seasons, CancellationToken cancellation)
    {
        Seasons = seasons;
        double[] left = values.ToArray();
        (Trend, Remainder) = (new double[left.Length], new double[left.Length]);
        Seasonal = [.. seasons.Select(_ => new double[left.Length])];
        Stl[] stl = [.. seasons.Select((season, i) => new Stl(left.Length, new StlOptions(season) { SeasonWindow = WindowOf(i) }))];
        double[] rest = new double[left.Length];
        for (int round = 0; round < (seasons.Length > 1 ? Rounds : 1); round++)
        {
            for (int i = 0; i < seasons.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                TensorPrimitives.Add<double>(left, Seasonal[i], left);
                stl[i].Decompose(left, Seasonal[i], Trend, rest);
                TensorPrimitives.Subtract<double>(left, Seasonal[i], left);
            }
        }
        TensorPrimitives.Subtract<double>(left, Trend, Remainder);
    }

    internal int[] Seasons { get; }

    /// <summary>One series for each season.</summary>
    internal double[][] Seasonal { get; }

    /// <summary>Zeros when there is no season.</summary>
    internal double[] Trend { get; }

    internal double[] Remainder { get; }

    /// <summary>The seasons of a series that it holds more than twice.</summary>
    internal static int[] SeasonsIn(Series series) => [.. series.Seasons.Where(season => 2 * season < series.Length)];

    /// <summary>Over how many cycles the i-th season is smoothed: longer seasons have fewer cycles to change in, and change less (the defaults of R's mstl).</summary>
    internal static int WindowOf(int i) => 11 + 4 * i;
}
