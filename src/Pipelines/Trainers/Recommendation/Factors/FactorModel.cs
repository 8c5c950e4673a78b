using System.Numerics.Tensors;

namespace MLPipelines.Recommendation;

/// <summary>A vector for each user and each item, whose product is the score. How a new user gets a vector from items is up to the method.</summary>
internal abstract class FactorModel : RecommenderModel
{
    private readonly float[] _mean;
    private readonly Lazy<RoundedFactors> _rounded;

    /// <param name="rank">The length of vectors.</param>
    /// <param name="users">The vectors of users (users, rank).</param>
    /// <param name="items">The vectors of items (items, rank).</param>
    private protected FactorModel(int rank, float[] users, float[] items)
    {
        (Rank, Users, Items, _mean) = (rank, users, items, new float[rank]);
        _rounded = new Lazy<RoundedFactors>(() => new RoundedFactors(items, rank));
        int count = users.Length / rank;
        for (int user = 0; user < count; user++) TensorPrimitives.Add(_mean, VectorOf(users, user), _mean);
        TensorPrimitives.Divide(_mean, Math.Max(1, count), _mean);
    }

    internal int Rank { get; }

    internal float[] Users { get; }

    internal float[] Items { get; }

    internal override int UserCount => Users.Length / Rank;

    internal override int ItemCount => Items.Length / Rank;

    /// <summary>The vector of a user who is not known, from the user's items.</summary>
    internal abstract void FoldIn(ReadOnlySpan<int> own, ReadOnlySpan<float> values, Span<float> vector);

    // A user of whom nothing is known is the mean of all; an item that is not known is as one that nobody took.
    internal override float Score(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item)
    {
        if (item < 0) return 0;
        Span<float> room = stackalloc float[Rank];
        return TensorPrimitives.Dot(UserVector(user, own, values, room), ItemVector(item));
    }

    internal override void ScoreAll(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, Span<float> scores)
    {
        Span<float> room = stackalloc float[Rank];
        FactorProducts.Multiply(UserVector(user, own, values, room), Items, scores);
    }

    internal override float ScoreAllNearly(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, Span<float> scores)
    {
        if (!RoundedFactors.Serves(ItemCount, Rank)) return base.ScoreAllNearly(user, own, values, scores);
        Span<float> room = stackalloc float[Rank];
        return _rounded.Value.Multiply(UserVector(user, own, values, room), scores);
    }

    internal override void ScoreSome(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, ReadOnlySpan<int> items, Span<float> scores)
    {
        Span<float> room = stackalloc float[Rank];
        ReadOnlySpan<float> vector = UserVector(user, own, values, room);
        for (int i = 0; i < items.Length; i++) scores[i] = TensorPrimitives.Dot(vector, ItemVector(items[i]));
    }

    internal override void Similarities(int item, Span<float> similarities)
    {
        ReadOnlySpan<float> vector = ItemVector(item);
        FactorProducts.Multiply(vector, Items, similarities);
        float norm = TensorPrimitives.Norm(vector);
        for (int other = 0; other < similarities.Length; other++)
        {
            float norms = norm * TensorPrimitives.Norm(ItemVector(other));
            similarities[other] = norms > 0 ? similarities[other] / norms : 0;
        }
    }

    internal override void Save(ModelStepWriter writer)
    {
        writer.Set("rank", Rank);
        writer.WriteArray<float>("users", Users, UserCount, Rank);
        writer.WriteArray<float>("items", Items, ItemCount, Rank);
    }

    private protected static (int Rank, float[] Users, float[] Items) LoadFactors(ModelStepReader reader)
    {
        int rank = reader.GetInt32("rank");
        if (rank is < 1 or > FactorOptions.MaximumRank) throw reader.Invalid($"its rank is {rank}, expected 1 to {FactorOptions.MaximumRank}");
        float[] users = reader.ReadArray<float>("users", -1, rank), items = reader.ReadArray<float>("items", -1, rank);
        return users.All(float.IsFinite) && items.All(float.IsFinite) ? (rank, users, items) : throw reader.Invalid("a factor is not finite");
    }

    private protected ReadOnlySpan<float> ItemVector(int item) => VectorOf(Items, item);

    private ReadOnlySpan<float> UserVector(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, Span<float> room)
    {
        if (user >= 0) return VectorOf(Users, user);
        if (own.IsEmpty) return _mean;
        FoldIn(own, values, room);
        return room;
    }

    private ReadOnlySpan<float> VectorOf(float[] vectors, int row) => vectors.AsSpan(row * Rank, Rank);
}
