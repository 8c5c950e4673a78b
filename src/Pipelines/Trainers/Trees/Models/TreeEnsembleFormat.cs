namespace MLPipelines.Trainers.Trees;

/// <summary>An ensemble as arrays of a model file: the nodes of all trees one after another, then the leaves, with the number of each per tree.</summary>
internal static class TreeEnsembleFormat
{
    internal static void Save(TreeEnsemble ensemble, ModelStepWriter writer)
    {
        IReadOnlyList<DecisionTree> trees = ensemble.Trees;
        writer.Set("features", ensemble.FeatureCount);
        writer.Set("outputs", ensemble.OutputCount);
        writer.Set("trees", trees.Count);
        writer.WriteArray<double>("bias", ensemble.Bias, ensemble.OutputCount);
        void Write<T>(string name, Func<DecisionTree, T[]> part) where T : unmanaged
        {
            T[] all = [.. trees.SelectMany(part)];
            writer.WriteArray<T>(name, all, all.Length);
        }
        Write("node-counts", tree => new[] { tree.NodeCount });
        Write("node-features", tree => tree.Features);
        Write("node-thresholds", tree => tree.Thresholds);
        Write("node-missing-left", tree => tree.MissingLeft);
        Write("node-left", tree => tree.Left);
        Write("node-right", tree => tree.Right);
        Write("node-gains", tree => tree.Gains);
        Write("node-covers", tree => tree.Covers);
        Write("leaf-values", tree => tree.LeafValues);
        Write("leaf-covers", tree => tree.LeafCovers);
        bool categories = trees.Any(tree => tree.CategorySets.Length > 0);
        writer.Set("categories", categories);
        if (!categories) return;
        Write("category-counts", tree => new[] { tree.CategorySets.Length, tree.CategoryPool.Length });
        Write("category-sets", tree => tree.CategorySets);
        // As numbers with a sign, which the format has.
        Write("category-words", tree => Array.ConvertAll(tree.CategoryPool, word => unchecked((int)word)));
    }

    internal static TreeEnsemble Load(ModelStepReader reader)
    {
        int features = reader.GetInt32("features"), outputs = reader.GetInt32("outputs"), count = reader.GetInt32("trees");
        if (features < 0 || outputs <= 0 || count < 0 || count % outputs != 0) throw reader.Invalid($"it has {count} trees for {outputs} outputs and {features} features");
        int[] counts = reader.ReadArray<int>("node-counts", count);
        long nodes = 0;
        foreach (int n in counts) nodes += n >= 0 ? n : throw reader.Invalid("a tree has a negative number of nodes");
        if (nodes + count > int.MaxValue) throw reader.Invalid($"its trees have {nodes} nodes");
        var node = new Parts(reader, (int)nodes);
        var leaf = new Parts(reader, (int)nodes + count);
        int[] nodeFeatures = node.Of<int>("node-features"), left = node.Of<int>("node-left"), right = node.Of<int>("node-right");
        float[] thresholds = node.Of<float>("node-thresholds"), gains = node.Of<float>("node-gains"), values = leaf.Of<float>("leaf-values");
        bool[] missing = node.Of<bool>("node-missing-left");
        double[] covers = node.Of<double>("node-covers"), leafCovers = leaf.Of<double>("leaf-covers");
        bool categories = reader.GetBoolean("categories");
        int[] categoryCounts = categories ? reader.ReadArray<int>("category-counts", 2 * count) : [];
        int[] sets = categories ? reader.ReadArray<int>("category-sets", -1) : [], words = categories ? reader.ReadArray<int>("category-words", -1) : [];
        var trees = new DecisionTree[count];
        int at = 0, leafAt = 0, setAt = 0, wordAt = 0;
        for (int t = 0; t < count; t++)
        {
            int n = counts[t], setCount = categories ? categoryCounts[2 * t] : 0, wordCount = categories ? categoryCounts[2 * t + 1] : 0;
            if ((setCount != 0 && setCount != n) || wordCount < 0 || setAt + setCount > sets.Length || wordAt > words.Length - wordCount) throw reader.Invalid($"the categories of tree {t} do not fit");
            Range nodeRange = at..(at + n), leafRange = leafAt..(leafAt + n + 1);
            trees[t] = new DecisionTree
            {
                Features = nodeFeatures[nodeRange], Thresholds = thresholds[nodeRange], MissingLeft = missing[nodeRange], Left = left[nodeRange], Right = right[nodeRange],
                Gains = gains[nodeRange], Covers = covers[nodeRange], LeafValues = values[leafRange], LeafCovers = leafCovers[leafRange],
                CategorySets = sets[setAt..(setAt + setCount)], CategoryPool = Array.ConvertAll(words[wordAt..(wordAt + wordCount)], word => unchecked((uint)word)),
            };
            if (Problem(trees[t], features) is { } problem) throw reader.Invalid($"tree {t}: {problem}");
            (at, leafAt, setAt, wordAt) = (at + n, leafAt + n + 1, setAt + setCount, wordAt + wordCount);
        }
        double[] bias = reader.ReadArray<double>("bias", outputs);
        return Array.TrueForAll(bias, double.IsFinite) ? new TreeEnsemble(features, outputs, trees, bias) : throw reader.Invalid("its biases are not all finite numbers");
    }

    /// <summary>What is wrong with a tree that was read, if anything. A walk down one with nothing wrong ends, and stays within the arrays: children come after their parents.</summary>
    internal static string? Problem(DecisionTree tree, int features)
    {
        for (int node = 0; node < tree.NodeCount; node++)
        {
            bool Fits(int child) => child >= 0 ? child > node && child < tree.NodeCount : ~child < tree.LeafCount;
            bool fits = tree.Features[node] >= 0 && tree.Features[node] < features && Fits(tree.Left[node]) && Fits(tree.Right[node]);
            if (fits && tree.IsCategorical(node)) fits = SetFits(tree, node, features);
            if (!fits) return $"node {node} points outside of the tree or the features";
        }
        return Array.TrueForAll(tree.LeafValues, float.IsFinite) ? null : "its leaves are not all finite numbers";
    }

    private static bool SetFits(DecisionTree tree, int node, int features)
    {
        int start = tree.CategorySets[node];
        if (start >= tree.CategoryPool.Length) return false;
        uint header = tree.CategoryPool[start];
        int words = (int)(header & int.MaxValue);
        if (words > tree.CategoryPool.Length - start - 1) return false;
        if (header <= int.MaxValue || words == 0) return true;
        uint last = tree.CategoryPool[start + words];
        return last != 0 && tree.Features[node] + 32L * words - System.Numerics.BitOperations.LeadingZeroCount(last) <= features;
    }

    private readonly struct Parts(ModelStepReader reader, int length)
    {
        internal T[] Of<T>(string name) where T : unmanaged => reader.ReadArray<T>(name, length);
    }
}
