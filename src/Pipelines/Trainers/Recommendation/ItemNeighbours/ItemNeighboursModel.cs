namespace MLPipelines.Recommendation;

/// <summary>The nearest neighbours of each item. Users are not remembered.</summary>
internal sealed class ItemNeighboursModel : RecommenderModel
{
    internal const string KindName = "item-neighbours";

    private readonly Interactions _neighbours;
    private readonly bool _isBinary;

    /// <param name="userCount">How many users there are.</param>
    /// <param name="neighbours">A row of neighbours, with their likeness, for each item.</param>
    /// <param name="isBinary">Whether every interaction counts 1.</param>
    internal ItemNeighboursModel(int userCount, Interactions neighbours, bool isBinary)
    {
        (UserCount, _neighbours, _isBinary) = (userCount, neighbours, isBinary);
        // Made now, since models are used from many threads.
        _ = neighbours.ByItem;
    }

    internal override string Kind => KindName;

    internal override int UserCount { get; }

    internal override int ItemCount => _neighbours.UserCount;

    internal override float Score(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item)
    {
        float score = 0;
        for (int i = 0; item >= 0 && i < own.Length; i++) score += Share(own[i], values[i], item);
        return score;
    }

    internal override void ScoreAll(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, Span<float> scores)
    {
        scores.Clear();
        for (int i = 0; i < own.Length; i++)
        {
            ReadOnlySpan<int> items = _neighbours.ByItem.ItemsOf(own[i]);
            ReadOnlySpan<float> likeness = _neighbours.ByItem.ValuesOf(own[i]);
            float value = _isBinary ? 1 : values[i];
            for (int j = 0; j < items.Length; j++) scores[items[j]] += value * likeness[j];
        }
    }

    internal override void Similarities(int item, Span<float> similarities)
    {
        similarities.Clear();
        ReadOnlySpan<int> items = _neighbours.ItemsOf(item);
        for (int i = 0; i < items.Length; i++) similarities[items[i]] = _neighbours.ValuesOf(item)[i];
    }

    internal override void Explain(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item, Span<float> shares)
    {
        for (int i = 0; i < own.Length; i++) shares[i] = Share(own[i], values[i], item);
    }

    /// <summary>Users are read from their items; an item that is new gets no neighbours before the next training.</summary>
    internal override RecommenderModel Update(Interactions all, IReadOnlyList<int> changedUsers, TrainingEnvironment environment) =>
        new ItemNeighboursModel(all.UserCount, _neighbours.Widen(all.ItemCount, all.ItemCount), _isBinary);

    internal override void Save(ModelStepWriter writer)
    {
        writer.Set("users", UserCount);
        writer.Set("items", ItemCount);
        writer.Set("binary", _isBinary);
        _neighbours.Save(writer.Section("neighbours"));
    }

    internal static ItemNeighboursModel Load(ModelStepReader reader)
    {
        int items = reader.GetInt32("items");
        return new ItemNeighboursModel(reader.GetInt32("users"), Interactions.Load(reader.Section("neighbours"), items, items), reader.GetBoolean("binary"));
    }

    private float Share(int own, float value, int item)
    {
        int at = _neighbours.ItemsOf(item).BinarySearch(own);
        return at < 0 ? 0 : (_isBinary ? 1 : value) * _neighbours.ValuesOf(item)[at];
    }
}
