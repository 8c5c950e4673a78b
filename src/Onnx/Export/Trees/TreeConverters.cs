using MLPipelines.Onnx.Graph;
using MLPipelines.Trainers.FastTree;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Onnx.Export.Trees;

/// <summary>Models whose score is the sum of trees, and what is made of trees.</summary>
internal static class TreeConverters
{
    internal static GraphValue Sum(ModelExport export) => Sum(export.Graph, ((TreeEnsembleModelParameters)export.Model).Ensemble, export.Features);

    /// <summary>The sum itself, where a leaf says its share of the mean.</summary>
    internal static GraphValue Forest(ModelExport export) =>
        export.Graph.Multiply(Sum(export), export.Graph.Scalar((float)((TreeEnsembleModelParameters)export.Model).Ensemble.Trees.Count));

    /// <summary>The exponential of the sum; what is too large for a number is the largest one.</summary>
    internal static GraphValue Exponential(ModelExport export) => export.Graph.Min(export.Graph.Exp(Sum(export)), export.Graph.Scalar(float.MaxValue));

    /// <summary>2^(−h / c(n)), with h the mean path through the trees.</summary>
    internal static GraphValue IsolationForest(ModelExport export)
    {
        GraphBuilder graph = export.Graph;
        TreeEnsemble trees = TreeEnsemble.Load(export.Saved.Section("trees"));
        double scale = -1 / (MLPipelines.Trainers.IsolationTree.MeanPath(export.Saved.GetInt32("rows-per-tree")) * trees.Trees.Count);
        return graph.Exp(graph.Multiply(Sum(graph, trees, export.Features), graph.Scalar((float)(scale * Math.Log(2)))));
    }

    /// <summary>A step function per feature: a tree that asks about one feature alone.</summary>
    internal static GraphValue Additive(ModelExport export)
    {
        var model = (GamModelParametersBase)export.Model;
        double[] missing = export.Saved.ReadArray<double>("missing", -1);
        int[] features = export.Saved.ReadArray<int>("features", missing.Length);
        var table = new TreeTable();
        for (int i = 0; i < features.Length; i++)
        {
            StepTree steps = new(features[i], [.. model.GetBinUpperBounds(features[i])], [.. model.GetBinEffects(features[i])], missing[i]);
            table.Add(steps.Tree, leaf => [(0, steps.Tree.LeafValues[leaf])]);
        }
        return table.Score(export.Graph, export.Features, 1, [(float)model.Bias]);
    }

    /// <summary>The value of each tree, the leaf of each as 0 and 1, and the nodes that are passed as 0 and 1.</summary>
    internal static void Featurize(StepExport step)
    {
        var model = ((TreeEnsembleFeaturizationTransformer)step.Transformer).Model;
        GraphValue features = step.Column(step.Saved.GetString("features"));
        DecisionTree[] trees = [.. model.Ensemble.Trees];
        Set("trees", trees.Length, (tree, t, _, leaf) => [(t, (float)model.LeafValue(tree, leaf))], _ => 1);
        Set("leaves", trees.Sum(tree => tree.LeafCount), (_, _, offset, leaf) => [(offset + leaf, 1)], tree => tree.LeafCount);
        Set("paths", trees.Sum(tree => tree.NodeCount), (tree, _, offset, leaf) => PathTo(tree, leaf).Select(node => (offset + node, 1f)), tree => tree.NodeCount);

        void Set(string column, int size, Func<DecisionTree, int, int, int, IEnumerable<(int, float)>> write, Func<DecisionTree, int> count)
        {
            if (step.Saved.GetStringOrNull(column) is not { } name) return;
            var table = new TreeTable();
            for (int t = 0, offset = 0; t < trees.Length; offset += count(trees[t++]))
            {
                int tree = t, first = offset;
                if (size > 0) table.Add(trees[t], leaf => write(trees[tree], tree, first, leaf));
            }
            step.Set(name, table.Score(step.Graph, features, Math.Max(1, size), new float[Math.Max(1, size)]));
        }
    }

    internal static GraphValue Sum(GraphBuilder graph, TreeEnsemble ensemble, GraphValue features)
    {
        var table = new TreeTable();
        for (int t = 0; t < ensemble.Trees.Count; t++)
        {
            DecisionTree tree = ensemble.Trees[t];
            int output = t % ensemble.OutputCount;
            table.Add(tree, leaf => [(output, tree.LeafValues[leaf])]);
        }
        return table.Score(graph, features, ensemble.OutputCount, Array.ConvertAll(ensemble.Bias, bias => (float)bias));
    }

    private static IEnumerable<int> PathTo(DecisionTree tree, int leaf)
    {
        int child = ~leaf;
        while (Array.FindIndex(tree.Left, left => left == child) is var at && (at >= 0 || (at = Array.IndexOf(tree.Right, child)) >= 0))
        {
            yield return at;
            child = at;
        }
    }
}
