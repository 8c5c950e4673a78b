using MLPipelines.Data;
using static MLPipelines.Transforms.Image.ImagePixelExtractingEstimator;

namespace MLPipelines.Transforms.Image;

/// <summary>
/// How the colours of a picture lie in a vector: which of them, in which order, and whether a pixel's stand together (height, width,
/// planes) or a colour's do (planes, height, width).
/// </summary>
internal sealed record PixelLayout
{
    private static readonly ColorBits[] ByLetter = [ColorBits.Alpha, ColorBits.Red, ColorBits.Green, ColorBits.Blue];

    /// <exception cref="ArgumentException">There is no colour, or the order is not known.</exception>
    internal PixelLayout(ColorBits colors, ColorsOrder order, bool isInterleaved)
    {
        if (colors == default || (colors | ColorBits.All) != ColorBits.All) throw new ArgumentException($"{colors} names no colours; at least one of {ColorBits.All} is needed.", nameof(colors));
        if (!Enum.IsDefined(order)) throw new ArgumentException($"{order} is not a {nameof(ColorsOrder)}.", nameof(order));
        (Colors, Order, IsInterleaved) = (colors, order, isInterleaved);
        Planes = [.. order.ToString().Select(letter => ByLetter["ARGB".IndexOf(letter, StringComparison.Ordinal)]).Where(color => (colors & color) == color)];
    }

    internal ColorBits Colors { get; }

    internal ColorsOrder Order { get; }

    internal bool IsInterleaved { get; }

    /// <summary>The colours that are there, in their order.</summary>
    internal IReadOnlyList<ColorBits> Planes { get; }

    /// <summary>Where the first item of a plane is, and how far it is from one item to the next.</summary>
    internal (int First, int Step) ItemsOf(int plane, int pixelCount) => IsInterleaved ? (plane, Planes.Count) : (plane * pixelCount, 1);

    /// <summary>Which byte of a pixel a colour is.</summary>
    internal static int ByteOf(ColorBits color, MLPixelFormat format) => color switch
    {
        ColorBits.Alpha => 3,
        ColorBits.Green => 1,
        ColorBits.Red => format == MLPixelFormat.Bgra32 ? 2 : 0,
        _ => format == MLPixelFormat.Bgra32 ? 0 : 2,
    };

    internal VectorDataViewType TypeOf(PrimitiveDataViewType item, ImageDataViewType image) => IsInterleaved
        ? new VectorDataViewType(item, image.Height, image.Width, Planes.Count) : new VectorDataViewType(item, Planes.Count, image.Height, image.Width);

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("colors", (int)Colors);
        writer.Set("order", Order);
        writer.Set("interleaved", IsInterleaved);
    }

    internal static PixelLayout Load(ModelStepReader reader)
    {
        int colors = reader.GetInt32("colors");
        if (colors is <= 0 or > (int)ColorBits.All) throw reader.Invalid($"parameter 'colors' is {colors}, expected 1 to {(int)ColorBits.All}");
        return new PixelLayout((ColorBits)colors, Text.EnumParameter.GetEnum<ColorsOrder>(reader, "order"), reader.GetBoolean("interleaved"));
    }
}
