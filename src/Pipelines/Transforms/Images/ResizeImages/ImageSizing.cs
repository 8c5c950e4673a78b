using MLPipelines.Data;
using static MLPipelines.Transforms.Image.ImageResizingEstimator;

namespace MLPipelines.Transforms.Image;

/// <summary>How pictures are brought to one size.</summary>
internal sealed record ImageSizing
{
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or a kind is not known.</exception>
    internal ImageSizing(int width, int height, ResizingKind resizing, Anchor anchor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width, "imageWidth");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height, "imageHeight");
        if (!Enum.IsDefined(resizing)) throw new ArgumentOutOfRangeException(nameof(resizing), resizing, $"{resizing} is not a {nameof(ResizingKind)}.");
        if (!Enum.IsDefined(anchor)) throw new ArgumentOutOfRangeException(nameof(anchor), anchor, $"{anchor} is not an {nameof(Anchor)}.");
        (Resizing, Anchor, Type) = (resizing, anchor, new ImageDataViewType(height, width));
    }

    internal ImageDataViewType Type { get; }

    internal ResizingKind Resizing { get; }

    internal Anchor Anchor { get; }

    /// <summary>The picture in the new size; the picture itself where it has that already.</summary>
    internal MLImage Apply(MLImage image)
    {
        if ((image.Width, image.Height) == (Type.Width, Type.Height)) return image;
        byte[] pixels = Resizing switch
        {
            ResizingKind.Fill => ImageResampling.Resize(image, new ImagePart(0, 0, image.Width, image.Height), Type.Width, Type.Height),
            ResizingKind.IsoCrop => ImageResampling.Resize(image, KeptPart(image), Type.Width, Type.Height),
            _ => Pad(image),
        };
        return new MLImage(Type.Width, Type.Height, image.PixelFormat, pixels) { Tag = image.Tag };
    }

    private ImagePart KeptPart(MLImage image)
    {
        double scale = Math.Max((double)Type.Width / image.Width, (double)Type.Height / image.Height);
        double width = Math.Min(image.Width, Type.Width / scale), height = Math.Min(image.Height, Type.Height / scale);
        double across = Anchor switch { Anchor.Left => 0, Anchor.Right => 1, _ => 0.5 }, down = Anchor switch { Anchor.Top => 0, Anchor.Bottom => 1, _ => 0.5 };
        return new ImagePart(across * (image.Width - width), down * (image.Height - height), width, height);
    }

    private byte[] Pad(MLImage image)
    {
        double scale = Math.Min((double)Type.Width / image.Width, (double)Type.Height / image.Height);
        int width = Math.Clamp((int)Math.Round(image.Width * scale), 1, Type.Width), height = Math.Clamp((int)Math.Round(image.Height * scale), 1, Type.Height);
        byte[] inner = ImageResampling.Resize(image, new ImagePart(0, 0, image.Width, image.Height), width, height);
        byte[] pixels = new byte[4 * Type.Width * Type.Height];
        for (int i = 3; i < pixels.Length; i += 4) pixels[i] = byte.MaxValue;
        int left = (Type.Width - width) / 2, top = (Type.Height - height) / 2;
        for (int y = 0; y < height; y++) inner.AsSpan(4 * y * width, 4 * width).CopyTo(pixels.AsSpan(4 * ((top + y) * Type.Width + left)));
        return pixels;
    }
}
