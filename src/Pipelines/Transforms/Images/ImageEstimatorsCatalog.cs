using MLPipelines.Data;
using MLPipelines.Transforms.Image;
using static MLPipelines.Transforms.Image.ImagePixelExtractingEstimator;
using static MLPipelines.Transforms.Image.ImageResizingEstimator;

namespace MLPipelines;

/// <summary>Steps that read pictures and work with them.</summary>
public static class ImageEstimatorsCatalog
{
    /// <summary>Reads the image files that a column of paths names.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The pictures.</param>
    /// <param name="imageFolder">Where files are looked for whose path is not absolute; the working folder where it is empty.</param>
    /// <param name="inputColumnName">The paths; the same name when it is left out.</param>
    /// <exception cref="ArgumentException">The folder does not exist.</exception>
    public static ImageLoadingEstimator LoadImages(this TransformsCatalog catalog, string outputColumnName, string? imageFolder, string? inputColumnName = null) =>
        new(catalog.Environment, new InputOutputColumnPair(outputColumnName, inputColumnName), imageFolder, asImages: true);

    /// <summary>Reads the files that a column of paths names, as they are: vectors of bytes.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The bytes.</param>
    /// <param name="imageFolder">Where files are looked for whose path is not absolute; the working folder where it is empty.</param>
    /// <param name="inputColumnName">The paths; the same name when it is left out.</param>
    /// <exception cref="ArgumentException">The folder does not exist.</exception>
    public static ImageLoadingEstimator LoadRawImageBytes(this TransformsCatalog catalog, string outputColumnName, string? imageFolder, string? inputColumnName = null) =>
        new(catalog.Environment, new InputOutputColumnPair(outputColumnName, inputColumnName), imageFolder, asImages: false);

    /// <summary>Makes pictures gray.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The gray pictures.</param>
    /// <param name="inputColumnName">The pictures; the same name when it is left out.</param>
    public static ImageGrayscalingEstimator ConvertToGrayscale(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null) =>
        new(catalog.Environment, new InputOutputColumnPair(outputColumnName, inputColumnName));

    /// <summary>Makes all pictures one size.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The pictures of one size.</param>
    /// <param name="imageWidth">Columns of pixels.</param>
    /// <param name="imageHeight">Rows of pixels.</param>
    /// <param name="inputColumnName">The pictures; the same name when it is left out.</param>
    /// <param name="resizing">What becomes of a picture of another shape.</param>
    /// <param name="cropAnchor">Which part is kept where some is cut off.</param>
    public static ImageResizingEstimator ResizeImages(
        this TransformsCatalog catalog, string outputColumnName, int imageWidth, int imageHeight, string? inputColumnName = null,
        ResizingKind resizing = ResizingKind.IsoCrop, Anchor cropAnchor = Anchor.Center) =>
        new(catalog.Environment, new InputOutputColumnPair(outputColumnName, inputColumnName), new ImageSizing(imageWidth, imageHeight, resizing, cropAnchor));

    /// <summary>Makes vectors of pictures of one size.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The vectors: (colours, height, width), or (height, width, colours) where they are interleaved.</param>
    /// <param name="inputColumnName">The pictures; the same name when it is left out.</param>
    /// <param name="colorsToExtract">The colours.</param>
    /// <param name="orderOfExtraction">Their order.</param>
    /// <param name="interleavePixelColors">Whether the colours of a pixel stand together.</param>
    /// <param name="offsetImage">What is subtracted from each value.</param>
    /// <param name="scaleImage">What is multiplied with then.</param>
    /// <param name="outputAsFloatArray">Whether values are numbers; otherwise they are bytes as they are in the picture.</param>
    public static ImagePixelExtractingEstimator ExtractPixels(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null, ColorBits colorsToExtract = ImagePixelExtractingEstimator.Defaults.Colors,
        ColorsOrder orderOfExtraction = ImagePixelExtractingEstimator.Defaults.Order, bool interleavePixelColors = ImagePixelExtractingEstimator.Defaults.Interleave,
        float offsetImage = ImagePixelExtractingEstimator.Defaults.Offset, float scaleImage = ImagePixelExtractingEstimator.Defaults.Scale,
        bool outputAsFloatArray = ImagePixelExtractingEstimator.Defaults.Convert) =>
        new(catalog.Environment, new InputOutputColumnPair(outputColumnName, inputColumnName),
            new PixelValues(new PixelLayout(colorsToExtract, orderOfExtraction, interleavePixelColors), offsetImage, scaleImage, outputAsFloatArray));

    /// <summary>Makes pictures of vectors.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="imageHeight">Rows of pixels.</param>
    /// <param name="imageWidth">Columns of pixels.</param>
    /// <param name="outputColumnName">The pictures.</param>
    /// <param name="inputColumnName">The vectors, of float, double or byte; the same name when it is left out.</param>
    /// <param name="colorsPresent">The colours that they have.</param>
    /// <param name="orderOfColors">Their order.</param>
    /// <param name="interleavedColors">Whether the colours of a pixel stand together.</param>
    /// <param name="scaleImage">What values are multiplied by; not those that are bytes.</param>
    /// <param name="offsetImage">What is subtracted then; not from bytes.</param>
    /// <param name="defaultAlpha">Alpha where the vectors have none, 0 to 255.</param>
    /// <param name="defaultRed">Red where the vectors have none, 0 to 255.</param>
    /// <param name="defaultGreen">Green where the vectors have none, 0 to 255.</param>
    /// <param name="defaultBlue">Blue where the vectors have none, 0 to 255.</param>
    public static VectorToImageConvertingEstimator ConvertToImage(
        this TransformsCatalog catalog, int imageHeight, int imageWidth, string outputColumnName, string? inputColumnName = null,
        ColorBits colorsPresent = ImagePixelExtractingEstimator.Defaults.Colors, ColorsOrder orderOfColors = ImagePixelExtractingEstimator.Defaults.Order,
        bool interleavedColors = ImagePixelExtractingEstimator.Defaults.Interleave, float scaleImage = VectorToImageConvertingEstimator.Defaults.Scale,
        float offsetImage = VectorToImageConvertingEstimator.Defaults.Offset, int defaultAlpha = VectorToImageConvertingEstimator.Defaults.DefaultAlpha,
        int defaultRed = VectorToImageConvertingEstimator.Defaults.DefaultRed, int defaultGreen = VectorToImageConvertingEstimator.Defaults.DefaultGreen,
        int defaultBlue = VectorToImageConvertingEstimator.Defaults.DefaultBlue) =>
        new(catalog.Environment, new InputOutputColumnPair(outputColumnName, inputColumnName),
            new VectorPixels(new ImageDataViewType(imageHeight, imageWidth), new PixelLayout(colorsPresent, orderOfColors, interleavedColors), scaleImage, offsetImage, defaultAlpha, defaultRed, defaultGreen, defaultBlue));
}
