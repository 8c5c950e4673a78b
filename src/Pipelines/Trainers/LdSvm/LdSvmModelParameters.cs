using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// A tree of linear functions. From the root, a node adds tanh(σ · gate(x)) · classifier(x) to the score; then its branch leads to
/// the left where it is above 0, and to the right otherwise. The prediction is true where the score is above 0. Immutable.
/// </summary>
public sealed class LdSvmModelParameters : IScoringModel
{
    private readonly LdSvmTree _tree;
    private readonly float[] _weights;
    private readonly float[] _biases;
    private readonly float _sigma;

    /// <param name="tree">The shape.</param>
    /// <param name="weights">Function after function, one per feature.</param>
    /// <param name="biases">One per function.</param>
    /// <param name="sigma">How sharp the gates are.</param>
    internal LdSvmModelParameters(LdSvmTree tree, float[] weights, float[] biases, float sigma)
    {
        if (!LinearWeights.AreFinite(weights) || !LinearWeights.AreFinite(biases)) throw LinearWeights.NotFinite();
        (_tree, _weights, _biases, _sigma) = (tree, weights, biases, sigma);
        FeatureCount = weights.Length / tree.Functions;
    }

    public string TypeId => "local-deep-svm";

    public int FeatureCount { get; }

    public int ScoreCount => 1;

    public void Score(RowVector<float> features, Span<float> scores)
    {
        LinearWeights.CheckLength(features, FeatureCount);
        double score = 0;
        int node = 0;
        while (true)
        {
            score += Math.Tanh(_sigma * Value(_tree.Gate(node), features)) * Value(_tree.Classifier(node), features);
            if (node >= _tree.Branches) break;
            node = 2 * node + (Value(_tree.Branch(node), features) > 0 ? 1 : 2);
        }
        scores[0] = (float)score;
    }

    private float Value(int function, RowVector<float> features) =>
        LinearScores.Dot(features, _weights.AsSpan(function * FeatureCount, FeatureCount)) + _biases[function];

    public void Save(ModelStepWriter writer)
    {
        writer.Set("depth", _tree.Depth);
        writer.Set("sigma", _sigma);
        writer.WriteArray<float>("weights", _weights, _tree.Functions, FeatureCount);
        writer.WriteArray<float>("biases", _biases, _tree.Functions);
    }

    internal static LdSvmModelParameters Load(ModelStepReader reader)
    {
        int depth = reader.GetInt32("depth");
        float sigma = (float)reader.GetDouble("sigma");
        if (depth is < 0 or > 24) throw reader.Invalid($"its tree has depth {depth}, expected 0 to 24");
        var tree = new LdSvmTree(depth);
        float[] weights = reader.ReadArray<float>("weights", tree.Functions, -1), biases = reader.ReadArray<float>("biases", tree.Functions);
        return float.IsFinite(sigma) && LinearWeights.AreFinite(weights) && LinearWeights.AreFinite(biases)
            ? new LdSvmModelParameters(tree, weights, biases, sigma) : throw reader.Invalid("its weights are not all finite numbers");
    }
}
