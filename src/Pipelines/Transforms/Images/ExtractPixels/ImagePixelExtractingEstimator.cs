using MLPipelines.Data;

namespace MLPipelines.Transforms.Image;

/// <summary>
/// Makes vectors of pictures of one size: (colour − offset) · scale of every wanted colour of every pixel, or the colours as bytes.
/// Rows without an image are zeros. Nothing is learned.
/// </summary>
/// <exception cref="ArgumentOutOfRangeException">The pictures are not known to have one size: <c>ResizeImages</c> gives them one.</exception>
public sealed class ImagePixelExtractingEstimator : OneToOneEstimator<ImagePixelExtractingTransformer>
{
    internal static class Defaults
    {
        internal const ColorsOrder Order = ColorsOrder.ARGB;
        internal const ColorBits Colors = ColorBits.Rgb;
        internal const bool Interleave = false;
        internal const bool Convert = true;
        internal const float Scale = 1f;
        internal const float Offset = 0f;
    }

    private readonly PixelValues _values;

    internal ImagePixelExtractingEstimator(TrainingEnvironment environment, InputOutputColumnPair columns, PixelValues values)
        : base(environment, "ExtractPixels", columns) => _values = values;

    /// <summary>Colours of a pixel.</summary>
    [Flags]
    public enum ColorBits : byte
    {
        /// <summary>How opaque it is: 255 is all.</summary>
        Alpha = 0x01,

        /// <summary>Red.</summary>
        Red = 0x02,

        /// <summary>Green.</summary>
        Green = 0x04,

        /// <summary>Blue.</summary>
        Blue = 0x08,

        /// <summary>The colours without alpha.</summary>
        Rgb = Red | Green | Blue,

        /// <summary>The colours and alpha.</summary>
        All = Alpha | Red | Green | Blue,
    }

    /// <summary>The order of the colours; those that are not wanted are left out of it.</summary>
    public enum ColorsOrder : byte
    {
        /// <summary>Alpha, red, green, blue.</summary>
        ARGB = 1,

        /// <summary>Alpha, red, blue, green.</summary>
        ARBG = 2,

        /// <summary>Alpha, blue, red, green.</summary>
        ABRG = 3,

        /// <summary>Alpha, blue, green, red.</summary>
        ABGR = 4,

        /// <summary>Alpha, green, red, blue.</summary>
        AGRB = 5,

        /// <summary>Alpha, green, blue, red.</summary>
        AGBR = 6,
    }

    protected override ImagePixelExtractingTransformer Fit(BatchView input) => new([.. Columns.Select(pair => new ImagePixelExtraction(pair, _values))]);

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (!ImageColumns.Require(input, Name).IsKnownSize) throw WrongType(input, ImagePixelExtraction.Expected);
        return new(outputColumnName, SchemaShape.Column.VectorKind.Vector, _values.ItemType, isKey: false);
    }
}
