namespace MLPipelines.Transforms.Image;

/// <summary>Says how large the pictures of an <see cref="Data.MLImage"/> member are. Without sizes, rows may differ.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ImageTypeAttribute : Attribute
{
    /// <summary>Pictures of any size.</summary>
    public ImageTypeAttribute() { }

    /// <param name="height">Rows of pixels.</param>
    /// <param name="width">Columns of pixels.</param>
    public ImageTypeAttribute(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        (Height, Width) = (height, width);
    }

    internal int Height { get; }

    internal int Width { get; }
}
