using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// One model of two classes with probabilities per pair of classes. With rᵢⱼ the probability of class i among i and j, that of class i
/// among all k classes is 1 / (Σⱼ 1 / rᵢⱼ − (k − 2)), divided by the sum over the classes. Immutable.
/// </summary>
/// <remarks>Price, Knerr, Personnaz and Dreyfus, "Pairwise Neural Network Classifiers with Probabilistic Outputs" (1995).</remarks>
public sealed class PairwiseCouplingModelParameters : IScoringModel
{
    private const double Smallest = 1e-12;

    private readonly IScoringModel[] _models;
    private readonly (int High, int Low)[] _pairs;
    private readonly bool[] _present;
    private readonly int _presentCount;

    internal PairwiseCouplingModelParameters(IScoringModel[] models, bool[] present)
    {
        (_models, _present, _pairs, _presentCount) = (models, present, [.. Pairs(present)], present.Count(p => p));
        FeatureCount = models[0].FeatureCount;
    }

    public string TypeId => "pairwise-coupling";

    public int FeatureCount { get; }

    public int ScoreCount => _present.Length;

    /// <summary>The pairs of classes that have examples, in the order of their models.</summary>
    internal static IEnumerable<(int High, int Low)> Pairs(bool[] present)
    {
        for (int high = 1; high < present.Length; high++)
            for (int low = 0; low < high; low++)
                if (present[high] && present[low]) yield return (high, low);
    }

    public void Score(RowVector<float> features, Span<float> scores)
    {
        scores = scores[..ScoreCount];
        scores.Fill(2 - _presentCount);
        Span<float> score = stackalloc float[1];
        for (int i = 0; i < _models.Length; i++)
        {
            _models[i].Score(features, score);
            double probability = Math.Clamp((double)((ICalibratedModel)_models[i]).Probability(score[0]), Smallest, 1 - Smallest);
            scores[_pairs[i].High] += (float)(1 / probability);
            scores[_pairs[i].Low] += (float)(1 / (1 - probability));
        }
        // Rounding may leave a sum just below its least value, 1.
        for (int k = 0; k < scores.Length; k++) scores[k] = _present[k] ? 1 / MathF.Max(1, scores[k]) : 0;
        TensorPrimitives.Divide(scores, TensorPrimitives.Sum<float>(scores), scores);
    }

    public void Save(ModelStepWriter writer)
    {
        writer.WriteArray<bool>("present", _present, _present.Length);
        for (int i = 0; i < _models.Length; i++)
        {
            ModelStepWriter section = writer.Section($"pair-{i}");
            section.Set("model-type", _models[i].TypeId);
            _models[i].Save(section.Section("model"));
        }
    }

    internal static PairwiseCouplingModelParameters Load(ModelStepReader reader)
    {
        bool[] present = reader.ReadArray<bool>("present", -1);
        int pairs = Pairs(present).Count();
        if (pairs == 0) throw reader.Invalid("it has no pair of classes");
        var models = new IScoringModel[pairs];
        for (int i = 0; i < pairs; i++)
        {
            models[i] = reader.ReadModel($"pair-{i}");
            if (models[i] is not ICalibratedModel || models[i].ScoreCount != 1 || models[i].FeatureCount != models[0].FeatureCount)
                throw reader.Invalid($"the model of pair {i} is not one of two classes with probabilities and {models[0].FeatureCount} features");
        }
        return new PairwiseCouplingModelParameters(models, present);
    }
}
