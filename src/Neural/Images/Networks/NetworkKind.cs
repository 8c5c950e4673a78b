namespace MLPipelines.Neural.Images;

/// <summary>The families of networks.</summary>
internal enum NetworkKind
{
    /// <summary>Three convolutions with pooling.</summary>
    SmallConvolutional,

    /// <summary>Residual blocks of two convolutions.</summary>
    Residual,

    /// <summary>Residual blocks of three convolutions, the middle one on a quarter of the channels.</summary>
    Bottleneck,

    /// <summary>Depthwise and pointwise convolutions by turns.</summary>
    DepthwiseSeparable,
}
