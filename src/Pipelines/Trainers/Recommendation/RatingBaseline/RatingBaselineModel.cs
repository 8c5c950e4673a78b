namespace MLPipelines.Recommendation;

/// <summary>The biases of users and items; those of the unknown are 0, but a user with items of its own gets a bias from these.</summary>
internal sealed class RatingBaselineModel : RecommenderModel
{
    internal const string KindName = "rating-baseline";

    private readonly RatingScale _scale;
    private readonly double[] _users, _items;
    private readonly double _userRegularization, _itemRegularization;

    internal RatingBaselineModel(RatingScale scale, double[] users, double[] items, double userRegularization, double itemRegularization) =>
        (_scale, _users, _items, _userRegularization, _itemRegularization) = (scale, users, items, userRegularization, itemRegularization);

    internal RatingScale Scale => _scale;

    internal override string Kind => KindName;

    internal override int UserCount => _users.Length;

    internal override int ItemCount => _items.Length;

    internal override float BasketValue => _scale.Good;

    internal override float Score(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item) =>
        _scale.Clip(Expect(BiasOf(user, own, values), item));

    internal override void ScoreAll(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, Span<float> scores)
    {
        double bias = BiasOf(user, own, values);
        for (int item = 0; item < scores.Length; item++) scores[item] = _scale.Clip(Expect(bias, item));
    }

    /// <summary>Items rated about as high are alike.</summary>
    internal override void Similarities(int item, Span<float> similarities)
    {
        for (int other = 0; other < similarities.Length; other++) similarities[other] = -(float)Math.Abs(_items[item] - _items[other]);
    }

    /// <summary>What each rating adds to the bias of the user.</summary>
    internal override void Explain(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item, Span<float> shares)
    {
        for (int i = 0; i < own.Length; i++) shares[i] = (float)((values[i] - _scale.Mean - _items[own[i]]) / (own.Length + _userRegularization));
    }

    internal override RecommenderModel Update(Interactions all, IReadOnlyList<int> changedUsers, TrainingEnvironment environment)
    {
        double[] users = new double[all.UserCount], items = new double[all.ItemCount];
        _users.CopyTo(users, 0);
        _items.CopyTo(items, 0);
        foreach (int user in changedUsers) users[user] = RatingBaselineMethod.BiasOf(all.ItemsOf(user), all.ValuesOf(user), _scale.Mean, _userRegularization, items);
        for (int item = _items.Length; item < items.Length; item++)
            items[item] = RatingBaselineMethod.BiasOf(all.ByItem.ItemsOf(item), all.ByItem.ValuesOf(item), _scale.Mean, _itemRegularization, users);
        return new RatingBaselineModel(_scale, users, items, _userRegularization, _itemRegularization);
    }

    internal override void Save(ModelStepWriter writer)
    {
        _scale.Save(writer);
        writer.Set("user-regularization", _userRegularization);
        writer.Set("item-regularization", _itemRegularization);
        writer.WriteArray<double>("users", _users, _users.Length);
        writer.WriteArray<double>("items", _items, _items.Length);
    }

    internal static RatingBaselineModel Load(ModelStepReader reader)
    {
        double[] users = reader.ReadArray<double>("users", -1), items = reader.ReadArray<double>("items", -1);
        return users.All(double.IsFinite) && items.All(double.IsFinite)
            ? new RatingBaselineModel(RatingScale.Load(reader), users, items, reader.GetDouble("user-regularization"), reader.GetDouble("item-regularization"))
            : throw reader.Invalid("a bias is not finite");
    }

    /// <summary>The rating that a user with a bias is expected to give.</summary>
    internal double Expect(double bias, int item) => _scale.Mean + bias + (item < 0 ? 0 : _items[item]);

    /// <summary>What is left of ratings.</summary>
    internal Interactions Residuals(Interactions ratings) => ratings.Select((user, item, value) => (float)(value - Expect(_users[user], item)));

    /// <summary>The bias of a user, known or not.</summary>
    internal double BiasOf(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values) =>
        user >= 0 ? _users[user] : RatingBaselineMethod.BiasOf(own, values, _scale.Mean, _userRegularization, _items);
}
