using MLPipelines.Data;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.FastTree;

/// <summary>Labels of training rows by the leaf that they came to, for quantiles of what a forest predicts. Immutable.</summary>
internal sealed class LeafSamples
{
    private readonly float[] _labels;
    private readonly int[] _starts;
    private readonly int[] _firstLeaves;

    /// <param name="labels">Leaf after leaf, tree after tree; rising within a leaf.</param>
    /// <param name="starts">Where the labels of each leaf start, then their number.</param>
    /// <param name="leafCounts">The leaves of each tree.</param>
    internal LeafSamples(float[] labels, int[] starts, IEnumerable<int> leafCounts)
    {
        (_labels, _starts) = (labels, starts);
        List<int> first = [0];
        foreach (int count in leafCounts) first.Add(first[^1] + count);
        _firstLeaves = [.. first];
    }

    /// <summary>Draws labels of the rows that come to each leaf.</summary>
    internal static LeafSamples Draw(TreeEnsemble ensemble, TrainingSet examples, int perLeaf, int seed)
    {
        List<float> labels = [];
        List<int> starts = [0];
        float[] dense = new float[ensemble.FeatureCount];
        for (int t = 0; t < ensemble.Trees.Count; t++)
        {
            DecisionTree tree = ensemble.Trees[t];
            var random = new Random(seed + t);
            int[] seen = new int[tree.LeafCount];
            var drawn = new List<float>[tree.LeafCount];
            for (int leaf = 0; leaf < drawn.Length; leaf++) drawn[leaf] = [];
            for (int row = 0; row < examples.RowCount; row++)
            {
                if (examples.WeightOf(row) <= 0) continue;
                RowVector<float> features = examples.Features[row];
                if (!features.IsDense) features.CopyTo(dense);
                int leaf = tree.LeafOf(features.IsDense ? features.Values : dense);
                // Each row that comes to a leaf stays with the same chance (Vitter's algorithm R, 1985).
                if (seen[leaf]++ < perLeaf) drawn[leaf].Add(examples.Labels[row]);
                else if (random.Next(seen[leaf]) is var place && place < perLeaf) drawn[leaf][place] = examples.Labels[row];
            }
            foreach (List<float> own in drawn)
            {
                own.Sort();
                labels.AddRange(own);
                starts.Add(labels.Count);
            }
        }
        return new LeafSamples([.. labels], [.. starts], ensemble.Trees.Select(tree => tree.LeafCount));
    }

    internal ReadOnlySpan<float> Of(int tree, int leaf)
    {
        int index = _firstLeaves[tree] + leaf;
        return _labels.AsSpan(_starts[index].._starts[index + 1]);
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.WriteArray<float>("labels", _labels, _labels.Length);
        writer.WriteArray<int>("starts", _starts, _starts.Length);
    }

    internal static LeafSamples Load(ModelStepReader reader, IReadOnlyList<int> leafCounts)
    {
        float[] labels = reader.ReadArray<float>("labels", -1);
        int[] starts = reader.ReadArray<int>("starts", leafCounts.Sum() + 1);
        bool fits = starts[0] == 0 && starts[^1] == labels.Length && Array.TrueForAll(labels, float.IsFinite);
        for (int i = 1; i < starts.Length; i++) fits &= starts[i] >= starts[i - 1];
        return fits ? new LeafSamples(labels, starts, leafCounts) : throw reader.Invalid("the labels do not fit the leaves");
    }
}
