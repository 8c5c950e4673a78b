namespace MLPipelines.Trainers.Trees;

/// <summary>A leaf while its tree grows: a run of rows, and the best way to split it.</summary>
internal struct GrowingLeaf
{
    /// <summary>Where its rows start, and how many there are.</summary>
    internal int Begin, Count;

    internal int Depth;

    internal NodeSums Sums;

    internal OutputBounds Bounds;

    /// <summary>The number of its histogram; −1 for none.</summary>
    internal int Histogram;

    /// <summary>The inner node above it, and whether it is that one's left child; −1 for the root.</summary>
    internal int Parent;

    internal bool IsLeft;

    /// <summary>The best split; one that was not found is not made.</summary>
    internal SplitChoice Split;

    /// <summary>How much the split lowers the objective.</summary>
    internal double Gain;
}
