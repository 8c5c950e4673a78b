namespace MLPipelines.Recommendation;

/// <summary>Biases, and the neighbours of each item. A user's own ratings are needed to score more than the biases.</summary>
internal sealed class RatingNeighboursModel : RecommenderModel
{
    internal const string KindName = "rating-neighbours";

    private readonly RatingBaselineModel _baseline;
    private readonly Interactions _neighbours;
    private readonly double _shrinkage;

    internal RatingNeighboursModel(RatingBaselineModel baseline, Interactions neighbours, double shrinkage) => (_baseline, _neighbours, _shrinkage) = (baseline, neighbours, shrinkage);

    internal override string Kind => KindName;

    internal override int UserCount => _baseline.UserCount;

    internal override int ItemCount => _baseline.ItemCount;

    internal override float BasketValue => _baseline.BasketValue;

    internal override float Score(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item)
    {
        double bias = _baseline.BiasOf(user, own, values);
        return _baseline.Scale.Clip(_baseline.Expect(bias, item) + (item < 0 ? 0 : Neighbourhood(bias, own, values, item, [])));
    }

    internal override void ScoreAll(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, Span<float> scores)
    {
        double bias = _baseline.BiasOf(user, own, values);
        for (int item = 0; item < scores.Length; item++) scores[item] = _baseline.Scale.Clip(_baseline.Expect(bias, item) + Neighbourhood(bias, own, values, item, []));
    }

    internal override void Similarities(int item, Span<float> similarities)
    {
        similarities.Clear();
        for (int i = 0; i < _neighbours.ItemsOf(item).Length; i++) similarities[_neighbours.ItemsOf(item)[i]] = _neighbours.ValuesOf(item)[i];
    }

    internal override void Explain(int user, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item, Span<float> shares)
    {
        shares.Clear();
        Neighbourhood(_baseline.BiasOf(user, own, values), own, values, item, shares);
    }

    /// <summary>Biases of changed users and new items are learned; new items have no neighbours yet.</summary>
    internal override RecommenderModel Update(Interactions all, IReadOnlyList<int> changedUsers, TrainingEnvironment environment) =>
        new RatingNeighboursModel((RatingBaselineModel)_baseline.Update(all, changedUsers, environment), _neighbours.Widen(all.ItemCount, all.ItemCount), _shrinkage);

    internal override void Save(ModelStepWriter writer)
    {
        _baseline.Save(writer.Section("baseline"));
        _neighbours.Save(writer.Section("neighbours"));
        writer.Set("shrinkage", _shrinkage);
    }

    internal static RatingNeighboursModel Load(ModelStepReader reader)
    {
        var baseline = RatingBaselineModel.Load(reader.Section("baseline"));
        double shrinkage = reader.GetDouble("shrinkage");
        return shrinkage >= 0 ? new RatingNeighboursModel(baseline, Interactions.Load(reader.Section("neighbours"), baseline.ItemCount, baseline.ItemCount), shrinkage)
            : throw reader.Invalid($"its shrinkage is {shrinkage}");
    }

    /// <summary>How far the neighbours that a user rated move the score of an item; and the share of each in it, unless that is empty.</summary>
    private double Neighbourhood(double bias, ReadOnlySpan<int> own, ReadOnlySpan<float> values, int item, Span<float> shares)
    {
        ReadOnlySpan<int> neighbours = _neighbours.ItemsOf(item);
        ReadOnlySpan<float> similarities = _neighbours.ValuesOf(item);
        (double sum, double weight) = (0, _shrinkage);
        for (int i = 0, n = 0; i < own.Length && n < neighbours.Length;)
        {
            if (own[i] > neighbours[n]) n++;
            else if (own[i] < neighbours[n]) i++;
            else
            {
                double share = similarities[n] * (values[i] - _baseline.Expect(bias, own[i]));
                if (!shares.IsEmpty) shares[i] = (float)share;
                sum += share;
                weight += similarities[n];
                i++;
                n++;
            }
        }
        for (int i = 0; i < shares.Length && weight > 0; i++) shares[i] /= (float)weight;
        return weight > 0 ? sum / weight : 0;
    }
}
