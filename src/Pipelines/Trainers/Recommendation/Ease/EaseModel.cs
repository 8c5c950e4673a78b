using System.Numerics.Tensors;

namespace MLPipelines.Recommendation;

/// <summary>Weights between items: a user's score of an item is the sum of the weights of the items that the user has. Users are not remembered.</summary>
internal sealed class EaseModel : RecommenderModel
{
    internal const string KindName = "ease";

    private readonly float[] _weights;
    private readonly int _width;
    private readonly bool _isBinary;

    /// <param name="userCount">How many users there are.</param>
    /// <param name="itemCount">How many items there are; those beyond the weights have none.</param>
    /// <param name="weights">The weights that each item has for all others, row by row.</param>
    /// <param name="isBinary">Whether every interaction counts 1.</param>
    internal EaseModel(int userCount, int itemCount, float[] weights, bool isBinary)
    {
        (UserCount, ItemCount, _weights, _isBinary) = (userCount, itemCount, weights, isBinary);
        _width = (int)Math.Round(Math.Sqrt(weights.Length));
    }

    internal override string Kind => KindName;

    internal override int UserCount { get; }

    internal override int ItemCount { get; }

    /// <summary>The weights that each item has for all others (items, items).</summary>
    internal ReadOnlySpan<float> Weights => _weights;

    internal override float Score(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item)
    {
        float score = 0;
        if ((uint)item >= (uint)_width) return score;
        for (int i = 0; i < own.Length; i++) score += Share(own[i], values[i], item);
        return score;
    }

    internal override void ScoreAll(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, Span<float> scores)
    {
        scores.Clear();
        Span<float> known = scores[.._width];
        for (int i = 0; i < own.Length; i++)
        {
            if (own[i] < _width) TensorPrimitives.MultiplyAdd(RowOf(own[i]), _isBinary ? 1 : values[i], known, known);
        }
    }

    internal override void Similarities(int item, Span<float> similarities)
    {
        similarities.Clear();
        if (item < _width) RowOf(item).CopyTo(similarities);
    }

    internal override void Explain(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item, Span<float> shares)
    {
        for (int i = 0; i < own.Length; i++) shares[i] = item < _width ? Share(own[i], values[i], item) : 0;
    }

    internal override RecommenderModel Update(Interactions all, IReadOnlyList<int> changedUsers, TrainingEnvironment environment) =>
        new EaseModel(all.UserCount, all.ItemCount, _weights, _isBinary);

    internal override void Save(ModelStepWriter writer)
    {
        writer.Set("users", UserCount);
        writer.Set("items", ItemCount);
        writer.Set("binary", _isBinary);
        writer.WriteArray<float>("weights", _weights, _width, _width);
    }

    internal static EaseModel Load(ModelStepReader reader)
    {
        float[] weights = reader.ReadArray<float>("weights", -1, -1);
        var model = new EaseModel(reader.GetInt32("users"), reader.GetInt32("items"), weights, reader.GetBoolean("binary"));
        if (model._width * model._width != weights.Length || model._width > model.ItemCount) throw reader.Invalid($"it has {weights.Length} weights for {model.ItemCount} items");
        return weights.All(float.IsFinite) ? model : throw reader.Invalid("a weight is not finite");
    }

    private float Share(int own, float value, int item) => own < _width ? (_isBinary ? 1 : value) * _weights[(own * _width) + item] : 0;

    private ReadOnlySpan<float> RowOf(int item) => _weights.AsSpan(item * _width, _width);
}
