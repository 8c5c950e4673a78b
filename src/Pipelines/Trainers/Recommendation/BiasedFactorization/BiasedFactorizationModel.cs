using System.Numerics.Tensors;

namespace MLPipelines.Recommendation;

/// <summary>
/// The biases and factors of users and items. Users who are not known are learned from their own items as the known ones were; of whom nothing is known, user
/// or item, what the mean of all is expected to be.
/// </summary>
internal sealed class BiasedFactorizationModel : RecommenderModel
{
    internal const string KindName = "biased-factorization";

    // Users and new items take turns this often when interactions are added.
    private const int UpdatePasses = 2;

    private readonly RatingScale _scale;
    private readonly double _noise;
    private readonly bool _usesRated;
    private readonly FactorSide _users, _items;
    private readonly FactorColumns _columns;

    internal BiasedFactorizationModel(RatingScale scale, double noise, bool usesRated, FactorSide users, FactorSide items) =>
        (_scale, _noise, _usesRated, _users, _items, _columns) = (scale, noise, usesRated, users, items, new FactorColumns(items));

    internal override string Kind => KindName;

    internal override int UserCount => _users.Count;

    internal override int ItemCount => _items.Count;

    internal override float BasketValue => _scale.Good;

    internal override bool IsDescribed(int user) => user >= 0 && _users.FeatureCount > 0;

    internal override float Score(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item)
    {
        ReadOnlySpan<double> vector = user >= 0 ? _users.MeanOf(user) : VectorOf(own, values);
        return _scale.Clip(FactorColumns.Score(_scale.Mean, vector, item < 0 ? _items.Unknown : _items.MeanOf(item)));
    }

    internal override void ScoreAll(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, Span<float> scores)
    {
        _columns.ScoreAll(_scale.Mean, user >= 0 ? _users.MeanOf(user) : VectorOf(own, values), scores);
        TensorPrimitives.Max(scores, _scale.Least, scores);
        TensorPrimitives.Min(scores, _scale.Greatest, scores);
    }

    /// <summary>The cosines of the factors.</summary>
    internal override void Similarities(int item, Span<float> similarities)
    {
        ReadOnlySpan<double> own = _items.MeanOf(item)[1..];
        double length = TensorPrimitives.Norm(own);
        for (int other = 0; other < similarities.Length; other++)
        {
            ReadOnlySpan<double> factors = _items.MeanOf(other)[1..];
            double lengths = length * TensorPrimitives.Norm(factors);
            similarities[other] = lengths > 0 ? (float)(TensorPrimitives.Dot(own, factors) / lengths) : 0;
        }
    }

    /// <summary>
    /// The vector of a user is linear in what was rated and how, and so is a score: the shares are the terms of that sum. What is left is due to
    /// the mean, the item, side features, and what is expected of any user.
    /// </summary>
    internal override void Explain(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item, Span<float> shares)
    {
        double[] vector = new double[_users.Width], expected = new double[_users.Width], pull = new double[_users.Width];
        _users.ExpectNew(own, expected);
        SymmetricFactor factor = new FactorStep(_users.Width).Learn(_users, expected, _items, own, values, _scale.Mean, _noise, vector);
        _items.MeanOf(item).CopyTo(pull);
        pull[0] = 1;
        factor.Solve(pull);
        for (int i = 0; i < own.Length; i++)
        {
            ReadOnlySpan<double> rated = _items.MeanOf(own[i]);
            double share = (values[i] - _scale.Mean - rated[0]) * (pull[0] + TensorPrimitives.Dot(pull.AsSpan(1), rated[1..])) / _noise;
            if (_users.WeightOfRated(own[i]) is { IsEmpty: false } weight)
            {
                for (int k = 0; k < pull.Length; k++) share += pull[k] / _users.Spread[k] * weight[k] * RatingContext.RatedValue(own.Length);
            }
            shares[i] = (float)share;
        }
    }

    /// <summary>Users who changed, and items that are new, are learned again; known items, and what is expected of whom, stay.</summary>
    internal override RecommenderModel Update(Interactions all, IReadOnlyList<int> changedUsers, TrainingEnvironment environment)
    {
        FactorSide users = _users.Grown(all.UserCount, all.ItemCount), items = _items.Grown(all.ItemCount, all.UserCount);
        var userStep = new FactorStep(users.Width);
        Interactions ofUsers = RatingContext.Of(all, Matching(all.Features?.Users, users), _usesRated), ofItems = RatingContext.Of(all.ByItem, Matching(all.Features?.Items, items), _usesRated);
        for (int pass = 0; pass < UpdatePasses; pass++)
        {
            foreach (int user in changedUsers) Learn(userStep, users, user, items, all, ofUsers);
            for (int item = ItemCount; item < all.ItemCount; item++) Learn(userStep, items, item, users, all.ByItem, ofItems);
            environment.Report(KindName, pass + 1, UpdatePasses);
        }
        return new BiasedFactorizationModel(_scale, _noise, _usesRated, users, items);
    }

    internal override void Save(ModelStepWriter writer)
    {
        _scale.Save(writer);
        writer.Set("noise", _noise);
        writer.Set("uses-rated", _usesRated);
        _users.Save(writer.Section("users"));
        _items.Save(writer.Section("items"));
    }

    internal static BiasedFactorizationModel Load(ModelStepReader reader)
    {
        FactorSide users = FactorSide.Load(reader.Section("users")), items = FactorSide.Load(reader.Section("items"));
        double noise = reader.GetDouble("noise");
        if (users.Width != items.Width) throw reader.Invalid($"users have {users.Width - 1} factors, items {items.Width - 1}");
        return noise > 0 && double.IsFinite(noise) ? new BiasedFactorizationModel(RatingScale.Load(reader), noise, reader.GetBoolean("uses-rated"), users, items)
            : throw reader.Invalid($"the noise of its ratings is {noise}");
    }

    private double[] VectorOf(ReadOnlySpan<int> own, ReadOnlySpan<float> values)
    {
        double[] vector = new double[_users.Width];
        double[] expected = new double[vector.Length];
        _users.ExpectNew(own, expected);
        new FactorStep(vector.Length).Learn(_users, expected, _items, own, values, _scale.Mean, _noise, vector);
        return vector;
    }

    private void Learn(FactorStep step, FactorSide side, int row, FactorSide other, Interactions ratings, Interactions context)
    {
        ExpectationRegression.Expect(context.ItemsOf(row), context.ValuesOf(row), side.Weights, side.ExpectedOf(row));
        step.Learn(side, row, other, ratings.ItemsOf(row), ratings.ValuesOf(row), _scale.Mean, _noise);
    }

    /// <summary>Side features as they were learned: none are like rows without any.</summary>
    private static Interactions? Matching(Interactions? features, FactorSide side) =>
        (features?.ItemCount ?? side.FeatureCount) != side.FeatureCount ? throw new ArgumentException($"There are {features!.ItemCount} side features; the model learned {side.FeatureCount}.")
            : features ?? (side.FeatureCount == 0 ? null : new Interactions(new int[side.Count + 1], [], [], side.FeatureCount));
}
