namespace MLPipelines.Tensors;

/// <summary>What batch normalization reads and writes: rows × channels numbers each, or one for each channel.</summary>
internal unsafe struct NormalizationData
{
    internal long Rows;
    internal int Channels;

    /// <summary>max(0, y) is the result.</summary>
    internal bool Rectified;

    internal float* Input, Output;

    /// <summary>Added before the result is rectified; null for nothing.</summary>
    internal float* Added;

    /// <summary>γ and β; null for 1 and 0.</summary>
    internal float* Scale, Shift;

    internal float* OutputGradient, InputGradient;

    /// <summary>The gradient by what was added, which is the output's where the result was not cut off. May be the output's gradient itself.</summary>
    internal float* AddedGradient;

    /// <summary>By γ and β; null if not wanted.</summary>
    internal float* ScaleGradient, ShiftGradient;
}
