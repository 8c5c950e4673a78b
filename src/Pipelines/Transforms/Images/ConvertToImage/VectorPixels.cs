using System.Globalization;
using MLPipelines.Data;
using static MLPipelines.Transforms.Image.ImagePixelExtractingEstimator;

namespace MLPipelines.Transforms.Image;

/// <summary>How vectors become pictures.</summary>
internal sealed record VectorPixels
{
    private readonly byte[] _defaults;

    /// <param name="type">The size of the pictures.</param>
    /// <param name="layout">Where the colours are in the vectors.</param>
    /// <param name="scaleImage">What values are multiplied by.</param>
    /// <param name="offsetImage">What is subtracted then.</param>
    /// <param name="defaults">Alpha, red, green and blue where a vector does not have them, 0 to 255.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal VectorPixels(ImageDataViewType type, PixelLayout layout, float scaleImage, float offsetImage, params IReadOnlyList<int> defaults)
    {
        if (!float.IsFinite(offsetImage)) throw new ArgumentOutOfRangeException(nameof(offsetImage), offsetImage, "The offset is a finite number.");
        if (!float.IsFinite(scaleImage) || scaleImage == 0) throw new ArgumentOutOfRangeException(nameof(scaleImage), scaleImage, "The scale is a finite number other than 0.");
        if (defaults.FirstOrDefault(value => value is < 0 or > byte.MaxValue, -1) is var wrong and not -1)
            throw new ArgumentOutOfRangeException(nameof(defaults), wrong, "A default colour is 0 to 255.");
        (Type, Layout, Scale, Offset, _defaults) = (type, layout, scaleImage, offsetImage, [.. defaults.Select(value => (byte)value)]);
    }

    internal ImageDataViewType Type { get; }

    internal PixelLayout Layout { get; }

    internal float Scale { get; }

    internal float Offset { get; }

    internal int Size => Layout.Planes.Count * Type.Height * Type.Width;

    internal string Expected => string.Create(CultureInfo.InvariantCulture, $"a vector of {Size} Single, Double or Byte ({Layout.Planes.Count} colours of {Type.Width} by {Type.Height} pixels)");

    internal static bool CanBe(DataViewType item) => item.RawType == typeof(float) || item.RawType == typeof(double) || item.RawType == typeof(byte);

    /// <summary>The picture that a vector stands for; blue is first in its pixels.</summary>
    internal byte[] ToPixels<T>(RowVector<T> vector, Func<T, byte> toByte)
    {
        int count = Type.Height * Type.Width;
        byte[] pixels = new byte[4 * count];
        for (int color = 0; color < 4; color++)
        {
            // Alpha, which is first among the defaults, is last in a pixel, and blue first.
            byte value = _defaults[3 - color];
            for (int i = color; i < pixels.Length; i += 4) pixels[i] = value;
        }
        T[] dense = [];
        if (!vector.IsDense) vector.CopyTo(dense = new T[vector.Length]);
        ReadOnlySpan<T> values = vector.IsDense ? vector.Values : dense;
        for (int plane = 0; plane < Layout.Planes.Count; plane++)
        {
            var (first, step) = Layout.ItemsOf(plane, count);
            int color = PixelLayout.ByteOf(Layout.Planes[plane], MLPixelFormat.Bgra32);
            for (int i = 0, at = first; i < count; i++, at += step) pixels[4 * i + color] = toByte(values[at]);
        }
        return pixels;
    }

    /// <summary>A colour; NaN is 0.</summary>
    internal byte ToByte(double value) => (byte)Math.Clamp(Math.Round(value * Scale - Offset), 0, byte.MaxValue);

    internal void Save(ModelStepWriter writer)
    {
        Layout.Save(writer);
        writer.Set("width", Type.Width);
        writer.Set("height", Type.Height);
        writer.Set("offset", Offset);
        writer.Set("scale", Scale);
        writer.Set("defaults", _defaults.Select(value => (int)value));
    }

    internal static VectorPixels Load(ModelStepReader reader)
    {
        try
        {
            IReadOnlyList<int> defaults = reader.GetInt32s("defaults");
            if (defaults.Count != 4) throw reader.Invalid($"{defaults.Count} default colours, expected 4");
            return new VectorPixels(
                new ImageDataViewType(reader.GetInt32("height"), reader.GetInt32("width")), PixelLayout.Load(reader), (float)reader.GetDouble("scale"), (float)reader.GetDouble("offset"), defaults);
        }
        catch (ArgumentException e)
        {
            throw new MLPipelinesException(reader.Invalid(e.Message).Message, e);
        }
    }
}
