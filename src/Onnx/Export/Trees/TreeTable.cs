using System.Numerics;
using MLPipelines.Onnx.Graph;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Onnx.Export.Trees;

/// <summary>
/// Trees as the lists that <c>TreeEnsembleRegressor</c> is made of. Values and thresholds are single precision on both sides, so that every row turns where it
/// turns here. A question about a set of categories becomes a chain of questions about one each, all of which lead to the same left side.
/// </summary>
internal sealed class TreeTable
{
    private readonly List<long> _trees = [], _nodes = [], _features = [], _true = [], _false = [], _missing = [];
    private readonly List<float> _values = [];
    private readonly List<string> _modes = [];
    private readonly List<long> _targetTrees = [], _targetNodes = [], _targets = [];
    private readonly List<float> _weights = [];
    private readonly HashSet<int> _codes = [], _numbers = [];
    private int _count;

    /// <summary>Adds a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="leaf">What a leaf adds to which outputs.</param>
    internal void Add(DecisionTree tree, Func<int, IEnumerable<(int Target, float Weight)>> leaf)
    {
        int number = _count++, extra = tree.NodeCount + tree.LeafCount;
        long IdOf(int child) => child >= 0 ? child : tree.NodeCount + ~child;
        for (int node = 0; node < tree.NodeCount; node++)
        {
            var questions = QuestionsOf(tree, node).ToList();
            for (int i = 0; i < questions.Count; i++)
            {
                var (mode, feature, value, missing) = questions[i];
                long next = i + 1 == questions.Count ? IdOf(tree.Right[node]) : extra + i;
                AddNode(number, i == 0 ? node : extra + i - 1, mode, feature, value, missing, IdOf(tree.Left[node]), next);
            }
            extra += questions.Count - 1;
        }
        for (int i = 0; i < tree.LeafCount; i++)
        {
            AddNode(number, tree.NodeCount + i, "LEAF", 0, 0, missing: false, 0, 0);
            foreach (var (target, weight) in leaf(i))
            {
                _targetTrees.Add(number);
                _targetNodes.Add(tree.NodeCount + i);
                _targets.Add(target);
                _weights.Add(weight);
            }
        }
    }

    /// <summary>The outputs of rows: what their leaves add, [rows, outputs].</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="features">[rows, features].</param>
    /// <param name="outputs">How many outputs there are.</param>
    /// <param name="start">What each output starts from.</param>
    internal GraphValue Score(GraphBuilder graph, GraphValue features, int outputs, IReadOnlyList<float> start)
    {
        if (_count == 0) return graph.Repeat(graph.Constant<float>([.. start], 1, outputs), features);
        return graph.Nodes("TreeEnsembleRegressor", OpsetVersions.MachineLearningDomain, [(TensorProto.Types.DataType.Float, [-1, outputs])], [Whole(graph, features)],
            ("n_targets", outputs), ("base_values", start), ("aggregate_function", "SUM"), ("post_transform", "NONE"),
            ("nodes_treeids", _trees), ("nodes_nodeids", _nodes), ("nodes_featureids", _features), ("nodes_modes", _modes), ("nodes_values", _values),
            ("nodes_truenodeids", _true), ("nodes_falsenodeids", _false), ("nodes_missing_value_tracks_true", _missing),
            ("target_treeids", _targetTrees), ("target_nodeids", _targetNodes), ("target_ids", _targets), ("target_weights", _weights))[0];
    }

    /// <summary>Codes of categories are compared as whole numbers.</summary>
    private GraphValue Whole(GraphBuilder graph, GraphValue features)
    {
        if (_codes.Count == 0) return features;
        if (_codes.Overlaps(_numbers)) throw new NotExportableException("its trees ask about a feature both as a number and as a category");
        bool[] isCode = [.. Enumerable.Range(0, (int)features.Width).Select(_codes.Contains)];
        return graph.Where(graph.Constant<bool>(isCode, 1, isCode.Length), graph.Floor(features), features);
    }

    private IEnumerable<(string Mode, int Feature, float Value, bool Missing)> QuestionsOf(DecisionTree tree, int node)
    {
        int feature = tree.Features[node];
        if (!tree.IsCategorical(node))
        {
            _numbers.Add(feature);
            yield return ("BRANCH_LEQ", feature, tree.Thresholds[node], tree.MissingLeft[node]);
            yield break;
        }
        if (tree.IsSlotSet(node))
        {
            foreach (int slot in tree.SlotsOf(node)) yield return ("BRANCH_NEQ", slot, 0, true);
            yield break;
        }
        _codes.Add(feature);
        // What is below 0 is missing too.
        if (tree.MissingLeft[node]) yield return ("BRANCH_LT", feature, 0, true);
        int start = tree.CategorySets[node], words = (int)tree.CategoryPool[start];
        bool isEmpty = !tree.MissingLeft[node];
        for (int word = 0; word < words; word++)
        {
            for (uint bits = tree.CategoryPool[start + 1 + word]; bits != 0; bits &= bits - 1)
            {
                isEmpty = false;
                yield return ("BRANCH_EQ", feature, 32 * word + BitOperations.TrailingZeroCount(bits), false);
            }
        }
        if (isEmpty) yield return ("BRANCH_LT", feature, float.NegativeInfinity, false);
    }

    private void AddNode(int tree, long id, string mode, int feature, float value, bool missing, long left, long right)
    {
        _trees.Add(tree);
        _nodes.Add(id);
        _modes.Add(mode);
        _features.Add(feature);
        _values.Add(value);
        _missing.Add(missing ? 1 : 0);
        _true.Add(left);
        _false.Add(right);
    }
}
