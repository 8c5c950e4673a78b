namespace MLPipelines.Tensors;

/// <summary>What the elements of a tensor are.</summary>
public enum ElementType
{
    /// <summary>32-bit floating point: what is computed with.</summary>
    Float32,

    /// <summary>64-bit whole numbers: indices and classes.</summary>
    Int64,

    /// <summary>The upper half of a 32-bit floating point number: storage at half the size, widened to be computed with.</summary>
    BFloat16,

    /// <summary>Whole numbers from 0 to 255: the pixels of a picture before they are scaled.</summary>
    UInt8,
}

internal static class ElementTypes
{
    internal static int Size(this ElementType type) => type switch
    {
        ElementType.Float32 => 4,
        ElementType.Int64 => 8,
        ElementType.BFloat16 => 2,
        _ => 1,
    };
}
