using System.Collections.Immutable;
using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Vision;

namespace MLPipelines.Neural.Images;

/// <summary>Which vectors are pictures.</summary>
internal static class VectorPictures
{
    /// <summary>
    /// The size of the picture that a vector is: (height, width, channels) or, as <c>ExtractPixels</c> gives it, (channels, height, width), with 1 or 3 channels; (height,
    /// width); or without dimensions the pixels of a square. <see langword="null"/> for others.
    /// </summary>
    internal static ImageShape? ShapeOf(ImmutableArray<int> dimensions) => dimensions switch
    {
        [int height, int width, 1 or 3] => new ImageShape(height, width, dimensions[2]),
        [1 or 3, int height, int width] => new ImageShape(height, width, dimensions[0]),
        [int height, int width] => new ImageShape(height, width, 1),
        [int count] when SideOf(count) is int side and > 0 => new ImageShape(side, side, 1),
        [int count] when count % 3 == 0 && SideOf(count / 3) is int side and > 0 => new ImageShape(side, side, 3),
        _ => null,
    };

    /// <summary>Whether all numbers of a channel follow each other.</summary>
    internal static bool IsByChannel(ImmutableArray<int> dimensions) => dimensions is [3, _, not (1 or 3)];

    private static int SideOf(int count) => (int)Math.Sqrt(count) is int side && side * side == count ? side : 0;
}

/// <summary>Vectors of numbers that are pictures of one size.</summary>
internal sealed class VectorPictures<T>(DataViewSchema.Column source, ImageShape shape, Func<T, float> toNumber) : PictureColumn(source), INumberPictures
{
    private readonly bool _isByChannel = VectorPictures.IsByChannel(((VectorDataViewType)source.Type).Dimensions);
    private T[] _items = [];

    internal override ImageShape? KnownShape => shape;

    internal override void Read(Batch batch, int row, PictureInput input, Span<byte> samples)
    {
        NumberRange range = input.Range ?? NumberRange.OfBytes;
        ReadOnlySpan<T> items = Items(batch, row);
        int pixels = shape.Height * shape.Width, channels = shape.Channels;
        for (int i = 0; i < items.Length; i++)
        {
            float value = toNumber(items[i]);
            if (!float.IsFinite(value)) throw Wrong(batch, row, NotFinite(value, i));
            samples[_isByChannel ? i % pixels * channels + i / pixels : i] = range.ToByte(value);
        }
    }

    public void Extend(Batch batch, int row, ref NumberRange? range, ref bool areBytes)
    {
        float least = range?.Least ?? float.PositiveInfinity, greatest = range?.Greatest ?? float.NegativeInfinity;
        ReadOnlySpan<T> items = Items(batch, row);
        for (int i = 0; i < items.Length; i++)
        {
            float value = toNumber(items[i]);
            if (!float.IsFinite(value)) throw Wrong(batch, row, NotFinite(value, i));
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
            areBytes &= value is >= 0 and <= byte.MaxValue && value == MathF.Truncate(value);
        }
        range = new NumberRange(least, greatest);
    }

    private ReadOnlySpan<T> Items(Batch batch, int row)
    {
        RowVector<T> vector = ((VectorColumn<T>)batch[Source.Index])[row];
        if (vector.Length != shape.Size) throw Wrong(batch, row, $"found {vector.Length} numbers, expected {shape.Size}.");
        if (vector.IsDense) return vector.Values;
        if (_items.Length == 0) _items = new T[shape.Size];
        vector.CopyTo(_items);
        return _items;
    }

    private static string NotFinite(float value, int index) => string.Create(CultureInfo.InvariantCulture, $"found {value} at place {index}, expected a finite number. ReplaceMissingValues fills in missing values.");
}

/// <summary>A column of vectors, whose numbers may be from anywhere to anywhere.</summary>
internal interface INumberPictures
{
    /// <summary>Widens a range by a row's numbers.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="row">Which of them.</param>
    /// <param name="range">The range so far.</param>
    /// <param name="areBytes">Set to false by a number that is no whole number from 0 to 255.</param>
    void Extend(Batch batch, int row, ref NumberRange? range, ref bool areBytes);
}
