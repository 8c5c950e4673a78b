using MLPipelines.Data;

namespace MLPipelines.Trainers.Trees;

/// <summary>
/// A tree of questions about features: at an inner node a value of at most the threshold goes to the left, above it to the right, and a
/// missing one (NaN) where <see cref="MissingLeft"/> says. A node of categories asks whether the code is in a set. Immutable.
/// </summary>
/// <remarks>Nodes are numbered from the root, 0; a child of at least 0 is an inner node, any other the leaf <c>~child</c>. A tree without inner nodes is leaf 0.</remarks>
internal sealed class DecisionTree
{
    /// <summary>The feature that an inner node asks about; of a set of slots, the first slot of the group.</summary>
    public required int[] Features { get; init; }

    /// <summary>What goes to the left at most; without meaning for nodes of categories.</summary>
    public required float[] Thresholds { get; init; }

    public required bool[] MissingLeft { get; init; }

    public required int[] Left { get; init; }

    public required int[] Right { get; init; }

    /// <summary>How much each split lowered the objective: G²/(H + λ) of both sides less that of the whole.</summary>
    public required float[] Gains { get; init; }

    /// <summary>The sum of the weights of the training rows at each inner node.</summary>
    public required double[] Covers { get; init; }

    public required float[] LeafValues { get; init; }

    /// <summary>The sum of the weights of the training rows at each leaf.</summary>
    public required double[] LeafCovers { get; init; }

    /// <summary>Where the set of a node of categories starts in <see cref="CategoryPool"/>; −1 for a node with a threshold. Empty when the tree has no categories.</summary>
    public int[] CategorySets { get; init; } = [];

    /// <summary>
    /// Sets of codes that go to the left: how many words, then 32 codes per word, the lowest in the lowest bit. The highest bit of the first word says that the codes
    /// are slots counted from <see cref="Features"/>: the left is for a row with another value than 0 in one of them.
    /// </summary>
    public uint[] CategoryPool { get; init; } = [];

    public int LeafCount => LeafValues.Length;

    public int NodeCount => Features.Length;

    public bool IsCategorical(int node) => CategorySets.Length > 0 && CategorySets[node] >= 0;

    /// <summary>Whether an inner node asks about a set of slots, in place of one feature.</summary>
    public bool IsSlotSet(int node) => IsCategorical(node) && CategoryPool[CategorySets[node]] > int.MaxValue;

    /// <summary>The slots of the set that an inner node asks about; none for any other node.</summary>
    public IEnumerable<int> SlotsOf(int node)
    {
        if (!IsSlotSet(node)) yield break;
        int start = CategorySets[node], words = (int)(CategoryPool[start] & int.MaxValue);
        for (int word = 0; word < words; word++)
            for (uint bits = CategoryPool[start + 1 + word]; bits != 0; bits &= bits - 1) yield return Features[node] + 32 * word + System.Numerics.BitOperations.TrailingZeroCount(bits);
    }

    /// <summary>The value of the leaf that a row comes to.</summary>
    public float Score(ReadOnlySpan<float> row) => LeafValues[LeafOf(row)];

    /// <summary>The leaf that a row comes to.</summary>
    public int LeafOf(ReadOnlySpan<float> row)
    {
        if (Features.Length == 0) return 0;
        int node = 0;
        if (CategorySets.Length > 0)
        {
            while (node >= 0) node = GoesLeft(node, row) ? Left[node] : Right[node];
            return ~node;
        }
        int[] features = Features, left = Left, right = Right;
        float[] thresholds = Thresholds;
        while (node >= 0)
        {
            float value = row[features[node]];
            node = value <= thresholds[node] || (float.IsNaN(value) && MissingLeft[node]) ? left[node] : right[node];
        }
        return ~node;
    }

    /// <summary>Whether a row turns left at an inner node.</summary>
    public bool GoesLeft(int node, ReadOnlySpan<float> row)
    {
        if (IsCategorical(node)) return IsInSet(node, row);
        float value = row[Features[node]];
        return float.IsNaN(value) ? MissingLeft[node] : value <= Thresholds[node];
    }

    private bool IsInSet(int node, ReadOnlySpan<float> row)
    {
        int start = CategorySets[node], feature = Features[node];
        uint header = CategoryPool[start];
        ReadOnlySpan<uint> words = CategoryPool.AsSpan(start + 1, (int)(header & int.MaxValue));
        if (header <= int.MaxValue)
        {
            float value = row[feature];
            if (!(value >= 0)) return MissingLeft[node];
            return value < 32f * words.Length && (words[(int)value >> 5] >> ((int)value & 31) & 1) != 0;
        }
        for (int word = 0; word < words.Length; word++)
            for (uint bits = words[word]; bits != 0; bits &= bits - 1)
                if (row[feature + 32 * word + System.Numerics.BitOperations.TrailingZeroCount(bits)] != 0) return true;
        return false;
    }
}
