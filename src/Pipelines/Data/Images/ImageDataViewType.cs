using MLPipelines.Data;

namespace MLPipelines.Transforms.Image;

/// <summary>
/// Pictures: <see cref="MLImage"/>, or <see langword="null"/> where there is none. A column holds references: whoever made an image
/// may dispose it once nobody reads the column any more; transforms give new images and dispose none.
/// </summary>
public sealed class ImageDataViewType : StructuredDataViewType
{
    /// <summary>The number of rows of pixels of every image; 0 when they differ.</summary>
    public readonly int Height;

    /// <summary>The number of columns of pixels of every image; 0 when they differ.</summary>
    public readonly int Width;

    /// <summary>Images of any size.</summary>
    public ImageDataViewType() : base(typeof(MLImage)) { }

    /// <summary>Images of one size.</summary>
    /// <param name="height">Rows of pixels.</param>
    /// <param name="width">Columns of pixels.</param>
    public ImageDataViewType(int height, int width) : this()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)height * width, int.MaxValue / 4, nameof(height));
        (Height, Width) = (height, width);
    }

    /// <summary>Whether all images have one size.</summary>
    internal bool IsKnownSize => Height > 0;

    public override bool Equals(DataViewType? other) => other is ImageDataViewType image && (image.Height, image.Width) == (Height, Width);

    public override int GetHashCode() => HashCode.Combine(Height, Width);

    public override string ToString() => IsKnownSize ? $"Image<{Height}, {Width}>" : "Image";
}
