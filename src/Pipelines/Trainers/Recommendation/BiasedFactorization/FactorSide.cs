using System.Numerics.Tensors;

namespace MLPipelines.Recommendation;

/// <summary>
/// What is believed of one side of a factorization, the users or the items: for each a mean and a variance of its bias and factors, and what would be
/// believed before any rating. A vector holds the bias first, then the factors.
/// </summary>
internal sealed class FactorSide
{
    /// <param name="count">How many users or items there are.</param>
    /// <param name="rank">How many factors each has.</param>
    /// <param name="featureCount">How many side features there are.</param>
    /// <param name="ratedCount">How many items (or users) say what to expect by being rated; 0 where they do not count.</param>
    internal FactorSide(int count, int rank, int featureCount, int ratedCount)
        : this(rank + 1, featureCount, new double[count * (rank + 1)], new double[count * (rank + 1)], new double[rank + 1], new double[(1 + featureCount + ratedCount) * (rank + 1)])
    {
    }

    private FactorSide(int width, int featureCount, double[] means, double[] variances, double[] spread, double[] weights)
    {
        (Width, FeatureCount, Means, Variances, Spread, Weights) = (width, featureCount, means, variances, spread, weights);
        Expected = new double[means.Length];
    }

    internal int Count => Means.Length / Width;

    /// <summary>Numbers of a vector: a bias and the factors.</summary>
    internal int Width { get; }

    internal int FeatureCount { get; }

    /// <summary>The means (Count, Width).</summary>
    internal double[] Means { get; }

    /// <summary>The variances (Count, Width).</summary>
    internal double[] Variances { get; }

    /// <summary>The means before any rating (Count, Width): kept while learning, not in files.</summary>
    internal double[] Expected { get; }

    /// <summary>The variance about <see cref="Expected"/> of each number of a vector (Width).</summary>
    internal double[] Spread { get; }

    /// <summary>What each feature of <see cref="RatingContext"/> adds to what is expected (features, Width).</summary>
    internal double[] Weights { get; }

    internal ReadOnlySpan<double> MeanOf(int row) => Means.AsSpan(row * Width, Width);

    internal ReadOnlySpan<double> VarianceOf(int row) => Variances.AsSpan(row * Width, Width);

    internal Span<double> ExpectedOf(int row) => Expected.AsSpan(row * Width, Width);

    /// <summary>The vector of one of whom nothing is known.</summary>
    internal ReadOnlySpan<double> Unknown => Weights.AsSpan(0, Width);

    /// <summary>What a rated item (or a user who rated) adds to what is expected; empty where it is not known to.</summary>
    internal ReadOnlySpan<double> WeightOfRated(int other)
    {
        int start = (1 + FeatureCount + other) * Width;
        return start < Weights.Length ? Weights.AsSpan(start, Width) : default;
    }

    /// <summary>What is expected of one without side features who rated some items.</summary>
    internal void ExpectNew(ReadOnlySpan<int> rated, Span<double> expected)
    {
        Unknown.CopyTo(expected);
        foreach (int other in rated)
        {
            if (WeightOfRated(other) is { IsEmpty: false } weight) TensorPrimitives.MultiplyAdd(weight, RatingContext.RatedValue(rated.Length), expected, expected);
        }
    }

    /// <summary>Sets the spread to what rows with ratings show about their expectations.</summary>
    internal void LearnSpread(Interactions ratings)
    {
        int known = 0;
        double[] sums = new double[Width];
        for (int row = 0; row < Count; row++)
        {
            if (ratings.ItemsOf(row).IsEmpty) continue;
            known++;
            for (int i = 0; i < sums.Length; i++)
            {
                double off = MeanOf(row)[i] - ExpectedOf(row)[i];
                sums[i] += (off * off) + VarianceOf(row)[i];
            }
        }
        // One row more that lies as before, and a least width, keep a spread above 0.
        for (int i = 0; i < sums.Length; i++) Spread[i] = Math.Max((sums[i] + Spread[i]) / (known + 1), 1e-9);
    }

    /// <summary>The same with more rows, which are as unknown ones are, and with more items (or users) that may be rated.</summary>
    internal FactorSide Grown(int count, int otherCount)
    {
        int ratedStart = (1 + FeatureCount) * Width;
        double[] means = new double[count * Width], variances = new double[count * Width];
        double[] weights = new double[Weights.Length > ratedStart ? ratedStart + (otherCount * Width) : ratedStart];
        Means.CopyTo(means, 0);
        Variances.CopyTo(variances, 0);
        Weights.CopyTo(weights, 0);
        for (int row = Count; row < count; row++)
        {
            Unknown.CopyTo(means.AsSpan(row * Width));
            Spread.CopyTo(variances, row * Width);
        }
        return new FactorSide(Width, FeatureCount, means, variances, Spread, weights);
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("features", FeatureCount);
        writer.WriteArray<double>("spread", Spread, Width);
        writer.WriteArray<double>("means", Means, Count, Width);
        writer.WriteArray<double>("variances", Variances, Count, Width);
        writer.WriteArray<double>("weights", Weights, Weights.Length / Width, Width);
    }

    internal static FactorSide Load(ModelStepReader reader)
    {
        double[] spread = reader.ReadArray<double>("spread", -1);
        if (spread.Length == 0) throw reader.Invalid("it has no biases");
        double[] means = reader.ReadArray<double>("means", -1, spread.Length), variances = reader.ReadArray<double>("variances", -1, spread.Length), weights = reader.ReadArray<double>("weights", -1, spread.Length);
        int features = reader.GetInt32("features");
        if (means.Length != variances.Length) throw reader.Invalid("it has not as many variances as means");
        if (features < 0 || weights.Length / spread.Length < 1 + features) throw reader.Invalid($"it has {weights.Length / spread.Length} weights for {features} features");
        if (!means.Concat(weights).All(double.IsFinite) || !variances.All(variance => variance >= 0 && double.IsFinite(variance)) || !spread.All(variance => variance > 0 && double.IsFinite(variance)))
            throw reader.Invalid("a factor is not finite, or a variance is below 0");
        return new FactorSide(spread.Length, features, means, variances, spread, weights);
    }
}
