using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLPipelines.Trainers.Trees;

/// <summary>
/// Finds the leaves of sixteen trees at once without walking, as QuickScorer does (Lucchese et al., 2015: "QuickScorer: a fast algorithm to rank documents with additive ensembles of regression trees").
/// The leaves of a tree, from left to right, are bits of a mask. Every node whose question sends the row to the right strikes out the leaves at its left; whatever order that is done in, the first bit
/// left over is the leaf that the row comes to. Here a step asks one node of each of sixteen trees, and there is nothing for the processor to guess.
/// </summary>
internal sealed class LeafMasks
{
    // A walk visits few of the nodes of a large tree; here all are asked.
    private const int MostLeaves = 128;

    private readonly int[] _blockStarts;
    private readonly LeafMaskBlock[] _blocks;
    private readonly int[] _tables;
    private readonly byte[] _places;
    private readonly float[] _thresholds;
    private readonly uint[] _kept;
    private readonly int[] _leafStarts;
    private readonly float[] _leaves;

    internal LeafMasks(DecisionTree[] trees)
    {
        var builder = new LeafMaskBuilder(trees);
        _blockStarts = new int[(trees.Length + FlatTrees.GroupSize - 1) / FlatTrees.GroupSize + 1];
        for (int group = 0; group + 1 < _blockStarts.Length; group++)
        {
            ReadOnlySpan<DecisionTree> own = trees.AsSpan(group * FlatTrees.GroupSize, Math.Min(FlatTrees.GroupSize, trees.Length - group * FlatTrees.GroupSize));
            if (Suits(own)) builder.Add(own);
            else builder.Skip();
            _blockStarts[group + 1] = builder.Blocks.Count;
        }
        (_blocks, _tables, _places, _thresholds, _kept) = ([.. builder.Blocks], [.. builder.Tables], [.. builder.Places], [.. builder.Thresholds], [.. builder.Kept]);
        (_leafStarts, _leaves) = ([.. builder.LeafStarts], [.. builder.Leaves]);
    }

    internal static bool IsSupported => Avx512F.IsSupported && Avx512CD.IsSupported && Avx2.IsSupported;

    /// <summary>What the leaves say that a row comes to, for the trees of a group; <see langword="false"/> where they must be walked: for a row that lacks values, and for trees that do not suit.</summary>
    [SkipLocalsInit]
    internal unsafe bool TryFind(int group, ReadOnlySpan<float> row, Span<float> found)
    {
        int last = _blockStarts[group + 1];
        if (_blockStarts[group] == last) return false;
        ref byte places = ref MemoryMarshal.GetArrayDataReference(_places);
        ref float thresholds = ref MemoryMarshal.GetArrayDataReference(_thresholds);
        ref uint kept = ref MemoryMarshal.GetArrayDataReference(_kept);
        Vector512<float> low = default, high = default;
        Vector512<uint> left = Vector512<uint>.AllBitsSet;
        Vector512<int> leaf = Vector512<int>.AllBitsSet;
        int table = -1;
        fixed (float* values = row, leaves = _leaves)
        fixed (int* tables = _tables)
        {
            for (int b = _blockStarts[group]; b < last; b++)
            {
                LeafMaskBlock block = _blocks[b];
                if (block.Table != table)
                {
                    int* from = tables + block.Table * LeafMaskBuilder.TableSize;
                    low = Vector512.Create(Avx2.GatherVector256(values, Vector256.Load(from), sizeof(float)), Avx2.GatherVector256(values, Vector256.Load(from + 8), sizeof(float)));
                    high = Vector512.Create(Avx2.GatherVector256(values, Vector256.Load(from + 16), sizeof(float)), Avx2.GatherVector256(values, Vector256.Load(from + 24), sizeof(float)));
                    if (!Vector512.EqualsAll(low, low) || !Vector512.EqualsAll(high, high)) return false;
                    table = block.Table;
                }
                for (nuint at = (nuint)block.Start, end = (nuint)block.End; at < end; at += FlatTrees.GroupSize)
                {
                    Vector512<int> slots = Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref places, at));
                    Vector512<float> right = Vector512.GreaterThan(Avx512F.PermuteVar16x32x2(low, slots, high), Vector512.LoadUnsafe(ref thresholds, at));
                    left = Vector512.ConditionalSelect(right.AsUInt32(), left & Vector512.LoadUnsafe(ref kept, at), left);
                }
                if (!block.EndsWord) continue;
                Vector512<int> first = Avx512CD.LeadingZeroCount(left).AsInt32() + Vector512.Create(block.Word * LeafMaskBuilder.WordSize);
                leaf = Vector512.ConditionalSelect(Vector512.LessThan(leaf, Vector512<int>.Zero) & ~Vector512.Equals(left, Vector512<uint>.Zero).AsInt32(), first, leaf);
                left = Vector512<uint>.AllBitsSet;
            }
            leaf += Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_leafStarts), (nuint)(group * FlatTrees.GroupSize));
            Vector512.Create(Avx2.GatherVector256(leaves, leaf.GetLower(), sizeof(float)), Avx2.GatherVector256(leaves, leaf.GetUpper(), sizeof(float))).StoreUnsafe(ref MemoryMarshal.GetReference(found));
        }
        return true;
    }

    private static bool Suits(ReadOnlySpan<DecisionTree> trees)
    {
        bool asks = false;
        foreach (DecisionTree tree in trees)
        {
            if (tree.CategorySets.Length > 0 || tree.LeafCount > MostLeaves || Array.Exists(tree.Thresholds, float.IsNaN)) return false;
            asks |= tree.NodeCount > 0;
        }
        return asks;
    }
}

/// <summary>Steps for one word of the masks that ask about the features of one table.</summary>
/// <param name="Table">The number of the table: which feature each of its places is.</param>
/// <param name="Word">Of which leaves: 32 in a word.</param>
/// <param name="Start">Where the steps start.</param>
/// <param name="End">Where they end.</param>
/// <param name="EndsWord">Whether no other block is about the word.</param>
internal readonly record struct LeafMaskBlock(int Table, int Word, int Start, int End, bool EndsWord);
