namespace MLPipelines.Recommendation;

/// <summary>The share of users who have each item.</summary>
internal sealed class PopularityModel : RecommenderModel
{
    internal const string KindName = "popularity";

    private readonly float[] _shares;

    private PopularityModel(int userCount, float[] shares) => (UserCount, _shares) = (userCount, shares);

    internal override string Kind => KindName;

    internal override int UserCount { get; }

    internal override int ItemCount => _shares.Length;

    internal ReadOnlySpan<float> Shares => _shares;

    internal static PopularityModel Of(Interactions interactions)
    {
        float[] shares = new float[interactions.ItemCount];
        // Users who are known by their features only are not counted.
        int active = Enumerable.Range(0, interactions.UserCount).Count(user => !interactions.ItemsOf(user).IsEmpty);
        for (int item = 0; item < shares.Length; item++) shares[item] = interactions.ByItem.ItemsOf(item).Length / (float)Math.Max(1, active);
        return new PopularityModel(interactions.UserCount, shares);
    }

    internal override float Score(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item) => item < 0 ? 0 : _shares[item];

    internal override void ScoreAll(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, Span<float> scores) => _shares.CopyTo(scores);

    internal override void Similarities(int item, Span<float> similarities) => _shares.CopyTo(similarities);

    internal override void Explain(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item, Span<float> shares) => shares.Clear();

    internal override RecommenderModel Update(Interactions all, IReadOnlyList<int> changedUsers, TrainingEnvironment environment) => Of(all);

    internal override void Save(ModelStepWriter writer)
    {
        writer.Set("users", UserCount);
        writer.WriteArray<float>("shares", _shares, _shares.Length);
    }

    internal static PopularityModel Load(ModelStepReader reader)
    {
        float[] shares = reader.ReadArray<float>("shares", -1);
        return shares.All(share => share is >= 0 and <= 1) ? new PopularityModel(reader.GetInt32("users"), shares) : throw reader.Invalid("a share of users is not within 0 and 1");
    }
}
