namespace MLPipelines.Transforms.TimeSeries;

/// <summary>How far an observation is from what was expected.</summary>
public enum ErrorFunction : byte
{
    /// <summary>observed − expected</summary>
    SignedDifference,

    /// <summary>|observed − expected|</summary>
    AbsoluteDifference,

    /// <summary>(observed − expected) / expected, or 0 where 0 is expected</summary>
    SignedProportion,

    /// <summary>|(observed − expected) / expected|, or 0 where 0 is expected</summary>
    AbsoluteProportion,

    /// <summary>(observed − expected)²</summary>
    SquaredDifference,
}
