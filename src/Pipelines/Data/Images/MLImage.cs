namespace MLPipelines.Data;

/// <summary>
/// A picture in memory: rows of pixels from the top, each of four bytes. Its memory is managed, so that an image that nobody
/// disposes costs no more than one that somebody does; the library disposes only images that it made and nobody has seen.
/// Reading from many threads is safe.
/// </summary>
public sealed class MLImage : IDisposable
{
    private readonly int _width;
    private readonly int _height;
    private readonly MLPixelFormat _pixelFormat;
    private byte[]? _pixels;
    private string? _tag;

    internal MLImage(int width, int height, MLPixelFormat pixelFormat, byte[] pixels) =>
        (_width, _height, _pixelFormat, _pixels) = (width, height, pixelFormat, pixels);

    /// <summary>Columns of pixels.</summary>
    public int Width => Alive(_width);

    /// <summary>Rows of pixels.</summary>
    public int Height => Alive(_height);

    /// <summary>The order of a pixel's bytes.</summary>
    public MLPixelFormat PixelFormat => Alive(_pixelFormat);

    /// <summary>32: four bytes a pixel.</summary>
    public int BitsPerPixel => Alive(32);

    /// <summary>
    /// The bytes of all pixels, row after row from the top, <see cref="Width"/> × <see cref="Height"/> × 4 of them. Alpha 255 is
    /// opaque; the colours are not multiplied by it.
    /// </summary>
    public ReadOnlySpan<byte> Pixels => Buffer;

    /// <summary>Anything that its owner wants to remember of it, such as the file that it comes from.</summary>
    public string? Tag
    {
        get => Alive(_tag);
        set => _tag = Alive(value);
    }

    /// <summary>Blue, green and red of all pixels, row after row, without alpha: a new array at every call.</summary>
    public byte[] GetBGRPixels
    {
        get
        {
            ReadOnlySpan<byte> pixels = Buffer;
            byte[] colors = new byte[_width * _height * 3];
            int blue = _pixelFormat == MLPixelFormat.Bgra32 ? 0 : 2;
            for (int from = 0, to = 0; to < colors.Length; from += 4, to += 3)
                (colors[to], colors[to + 1], colors[to + 2]) = (pixels[from + blue], pixels[from + 1], pixels[from + 2 - blue]);
            return colors;
        }
    }

    private byte[] Buffer => _pixels ?? throw new InvalidOperationException("The image was disposed: it has no pixels any more.");

    /// <summary>Reads a picture from a file of any format that is known; it is turned upright where the file says how.</summary>
    /// <exception cref="MLPipelinesException">The file is no picture, is damaged, or is larger than <see cref="ImageLimits.Default"/>.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static MLImage CreateFromFile(string imagePath)
    {
        ArgumentNullException.ThrowIfNull(imagePath);
        try
        {
            using FileStream stream = File.OpenRead(imagePath);
            return CreateFromStream(stream);
        }
        catch (MLPipelinesException e)
        {
            throw new MLPipelinesException($"{imagePath}: {e.Message}", e);
        }
    }

    /// <summary>Reads a picture from the rest of a stream; it is turned upright where the file says how.</summary>
    /// <exception cref="MLPipelinesException">The bytes are no picture, are damaged, or are more than <see cref="ImageLimits.Default"/>.</exception>
    public static MLImage CreateFromStream(Stream imageStream)
    {
        ArgumentNullException.ThrowIfNull(imageStream);
        return CreateFromBytes(ImageBytes.ReadToEnd(imageStream, ImageLimits.Default));
    }

    /// <summary>Decodes the bytes of a file.</summary>
    /// <param name="image">The whole file, of any format that is known.</param>
    /// <param name="limits">How large it may be; <see cref="ImageLimits.Default"/> when left out.</param>
    /// <param name="applyOrientation">Whether a photo that says how the camera was held is turned upright.</param>
    /// <exception cref="MLPipelinesException">The bytes are no picture, are damaged, or claim more than the limits.</exception>
    public static MLImage CreateFromBytes(ReadOnlySpan<byte> image, ImageLimits? limits = null, bool applyOrientation = true)
    {
        DecodedImage decoded = ImageDecoders.Decode(image, limits ?? ImageLimits.Default);
        if (applyOrientation) decoded = ImageOrientation.Upright(decoded);
        return new MLImage(decoded.Width, decoded.Height, MLPixelFormat.Bgra32, decoded.Pixels);
    }

    /// <summary>Makes an image of pixels that are in memory; they are copied.</summary>
    /// <param name="width">Columns of pixels.</param>
    /// <param name="height">Rows of pixels.</param>
    /// <param name="pixelFormat">The order of a pixel's bytes.</param>
    /// <param name="imagePixelData">Four bytes a pixel, row after row from the top.</param>
    /// <exception cref="ArgumentException">The sizes are not positive, or the pixels are not as many, or the format is unknown.</exception>
    public static MLImage CreateFromPixels(int width, int height, MLPixelFormat pixelFormat, ReadOnlySpan<byte> imagePixelData)
    {
        if (pixelFormat is not (MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32))
            throw new ArgumentException($"Pixels are {MLPixelFormat.Bgra32} or {MLPixelFormat.Rgba32}, not {pixelFormat}.", nameof(pixelFormat));
        if (width <= 0) throw new ArgumentException($"A width of {width} is not positive.", nameof(width));
        if (height <= 0) throw new ArgumentException($"A height of {height} is not positive.", nameof(height));
        if (imagePixelData.Length != 4L * width * height)
            throw new ArgumentException($"Found {imagePixelData.Length} bytes, expected {4L * width * height} for {width} by {height} pixels.", nameof(imagePixelData));
        return new MLImage(width, height, pixelFormat, imagePixelData.ToArray());
    }

    /// <summary>Writes the picture to a file; its extension says the format.</summary>
    /// <param name="imagePath">The file; it is replaced where it exists.</param>
    /// <exception cref="ArgumentException">No format of that extension can be written.</exception>
    public void Save(string imagePath)
    {
        ArgumentNullException.ThrowIfNull(imagePath);
        _ = Buffer;
        Action<Stream, MLImage> write = ImageEncoders.Of(Path.GetExtension(imagePath));
        using FileStream stream = File.Create(imagePath);
        write(stream, this);
    }

    /// <summary>Lets go of the pixels; the image cannot be used after that.</summary>
    public void Dispose() => _pixels = null;

    private T Alive<T>(T value)
    {
        _ = Buffer;
        return value;
    }
}
