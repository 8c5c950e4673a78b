using MLPipelines.Trainers.Trees;

namespace MLPipelines.Persistence.MLNet;

/// <summary>
/// Reads one tree: its kind (0, or 2 for one of a forest), how many leaves it has, two numbers of no use; after their numbers the children for values of at most the threshold, those for values above it, and the features; the nodes that
/// ask about categories and of each of them the slots, and the first and the last one; thresholds of bins, thresholds, what missing values count as, values of leaves, gains, p-values, and what nodes were
/// as leaves. A tree of a forest then has the labels of its leaves and their weights. A child of at least 0 is a node, any other the leaf <c>~child</c>.
/// </summary>
internal sealed class TreeReader(Component component, Payload payload, bool hasMissing, bool hasCategories, int divisor)
{
    private const byte Boosted = 0, OfForest = 2;

    internal DecisionTree Read(int number)
    {
        byte kind = payload.Byte();
        if (kind is not (Boosted or OfForest)) throw component.Invalid($"tree {number} is of kind {kind}, expected {Boosted} or {OfForest}");
        int nodes = payload.Int32(1, int.MaxValue, "the number of leaves") - 1;
        payload.Double();
        payload.Double();
        int[] lower = Nodes(payload.Array<int>(), nodes), upper = Nodes(payload.Array<int>(), nodes), features = Nodes(payload.Array<int>(), nodes);
        var categories = hasCategories ? ReadCategories(nodes) : [];
        payload.Array<uint>();
        float[] thresholds = Nodes(payload.Array<float>(), nodes);
        float[] missing = hasMissing ? payload.Array<float>() : [];
        double[] leaves = payload.Array<double>(), gains = payload.Array<double>();
        payload.Array<double>();
        payload.Array<double>();
        if (kind == OfForest)
        {
            payload.Array<double>();
            payload.Array<double>();
        }
        if (leaves.Length < nodes + 1) throw component.Invalid($"tree {number} has {leaves.Length} leaves, expected {nodes + 1}");
        var sets = new SlotSets(categories, nodes);
        for (int node = 0; node < nodes; node++)
        {
            if (!categories.TryGetValue(node, out int[]? slots)) continue;
            // A row with one of the slots goes where ours have the left.
            features[node] = slots.Length == 0 ? 0 : slots[0];
            (lower[node], upper[node]) = (upper[node], lower[node]);
        }
        // Values that are missing are NaN, which is above every threshold, unless the node says what they count as. Where none says anything but 0, they count as NaN too.
        bool saysMissing = missing.Length >= nodes && missing.AsSpan(0, Math.Min(nodes, missing.Length)).ContainsAnyExcept(0f);
        bool[] missingLeft = new bool[nodes];
        for (int node = 0; saysMissing && node < nodes; node++) missingLeft[node] = missing[node] <= thresholds[node];
        return new DecisionTree
        {
            Features = features,
            Thresholds = thresholds,
            MissingLeft = missingLeft,
            Left = lower,
            Right = upper,
            Gains = gains.Length >= nodes ? Array.ConvertAll(gains[..nodes], gain => (float)gain) : new float[nodes],
            Covers = new double[nodes],
            LeafValues = Array.ConvertAll(leaves[..(nodes + 1)], value => (float)(value / divisor)),
            LeafCovers = new double[nodes + 1],
            CategorySets = sets.Sets,
            CategoryPool = sets.Words,
        };
    }

    private Dictionary<int, int[]> ReadCategories(int nodes)
    {
        var categories = new Dictionary<int, int[]>();
        foreach (int node in payload.Array<int>())
        {
            int[] slots = payload.Array<int>();
            payload.Array<int>(2);
            bool fits = node >= 0 && node < nodes;
            for (int i = 0; i < slots.Length; i++) fits &= slots[i] > (i == 0 ? -1 : slots[i - 1]);
            if (!fits || !categories.TryAdd(node, slots)) throw component.Invalid($"the categories of node {node} do not fit");
        }
        return categories;
    }

    private T[] Nodes<T>(T[] all, int nodes) => all.Length == nodes ? all : all.Length > nodes ? all[..nodes] : throw component.Invalid($"a tree of {nodes} nodes has {all.Length} of something");
}
