using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms.Image;

namespace MLPipelines.Tests.Transforms.Images;

public sealed class ConvertToGrayscaleContract : EstimatorContract
{
    protected override string[] RequiredColumns => ["Image"];

    // Images are new for every row.
    protected override bool IsAllocationFree => false;

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.ConvertToGrayscale("Gray", "Image");

    protected override IDataView CreateData(MLContext context) => TestImages.Mixed();

    protected override IDataView CreateDataOfWrongType(MLContext context) => new MemoryView().AddText("Image", "a.png", "b.png", "c.png");
}

public sealed class ResizeImagesContract : EstimatorContract
{
    protected override string[] RequiredColumns => ["Image"];

    protected override bool IsAllocationFree => false;

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
        context.Transforms.ResizeImages("Image", 6, 3, resizing: ImageResizingEstimator.ResizingKind.IsoPad, cropAnchor: ImageResizingEstimator.Anchor.Left);

    protected override IDataView CreateData(MLContext context) => TestImages.Mixed();

    protected override IDataView CreateDataOfWrongType(MLContext context) => new MemoryView().Add("Image", 1f, 2f, 3f);
}

public sealed class ExtractPixelsContract : EstimatorContract
{
    protected override string[] RequiredColumns => ["Image"];

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.ExtractPixels(
        "Pixels", "Image", ImagePixelExtractingEstimator.ColorBits.All, ImagePixelExtractingEstimator.ColorsOrder.AGBR, interleavePixelColors: true, offsetImage: 117.5f, scaleImage: 0.125f);

    protected override IDataView CreateData(MLContext context) => TestImages.Sized();

    // The size of its images is not known.
    protected override IDataView CreateDataOfWrongType(MLContext context) => TestImages.Mixed();
}

public sealed class ExtractBytesContract : EstimatorContract
{
    protected override string[] RequiredColumns => ["Image"];

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.ExtractPixels("Pixels", "Image", outputAsFloatArray: false);

    protected override IDataView CreateData(MLContext context) => TestImages.Sized();
}

public sealed class ConvertToImageContract : EstimatorContract
{
    protected override string[] RequiredColumns => ["Pixels"];

    protected override bool IsAllocationFree => false;

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.ConvertToImage(
        1, 2, "Image", "Pixels", ImagePixelExtractingEstimator.ColorBits.Red | ImagePixelExtractingEstimator.ColorBits.Blue, ImagePixelExtractingEstimator.ColorsOrder.ABRG,
        interleavedColors: true, scaleImage: 2, offsetImage: -3, defaultAlpha: 7, defaultGreen: 9);

    protected override IDataView CreateData(MLContext context) => new MemoryView().AddVectors("Pixels", [[1f, 2, 3, 4], [100, 127, 128, -9], [0, 0, 0, 0]]);

    protected override IDataView CreateDataOfWrongType(MLContext context) => new MemoryView().AddTexts("Pixels", [["1", "2", "3", "4"], ["1", "2", "3", "4"], ["1", "2", "3", "4"]]);
}

/// <summary>Paths of files that are made for the test.</summary>
public abstract class LoadingContract : EstimatorContract, IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("images-").FullName;

    protected override string[] RequiredColumns => ["Path"];

    protected override IDataView CreateData(MLContext context)
    {
        for (int i = 1; i <= 3; i++) TestImages.Random(i, i + 2, 7 - i).Save(Path.Combine(Folder, $"{i}.png"));
        return new MemoryView().AddText("Path", "1.png", "2.png", "", Path.Combine(Folder, "3.png"));
    }

    protected override IDataView CreateDataOfWrongType(MLContext context) => new MemoryView().Add("Path", 1f, 2f, 3f);

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}

public sealed class LoadImagesContract : LoadingContract
{
    protected override bool IsAllocationFree => false;

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.LoadImages("Image", Folder, "Path");
}

public sealed class LoadRawImageBytesContract : LoadingContract
{
    protected override bool IsAllocationFree => false;

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.LoadRawImageBytes("Bytes", Folder, "Path");
}
