using System.Runtime.CompilerServices;

namespace MLPipelines.Trainers.Trees;

/// <summary>The best split of a leaf so far.</summary>
internal struct SplitChoice
{
    /// <summary>The score of both sides: G²/(H + λ) and its like; only what is greater is taken.</summary>
    internal double Score;

    internal int Column;

    /// <summary>The last bin on the left; of categories, −1.</summary>
    internal int Bin;

    internal bool MissingLeft;

    internal bool Found;

    /// <summary>The cell sums of the left.</summary>
    internal NodeSums Left;

    /// <summary>The bins of categories on the left.</summary>
    internal BinSet Set;
}

/// <summary>The sums of a cell, or of a node: gradients, and hessians with the number of rows above them.</summary>
internal readonly record struct NodeSums(long Gradients, long HessiansAndCount)
{
    public static NodeSums operator -(NodeSums whole, NodeSums part) => new(whole.Gradients - part.Gradients, whole.HessiansAndCount - part.HessiansAndCount);

    public static NodeSums operator +(NodeSums a, NodeSums b) => new(a.Gradients + b.Gradients, a.HessiansAndCount + b.HessiansAndCount);
}

/// <summary>A set of bins.</summary>
[InlineArray(4)]
internal struct BinSet
{
    private ulong _word;

    internal void Add(int bin) => this[bin >> 6] |= 1UL << (bin & 63);

    internal readonly bool Has(int bin) => (this[bin >> 6] >> (bin & 63) & 1) != 0;
}
