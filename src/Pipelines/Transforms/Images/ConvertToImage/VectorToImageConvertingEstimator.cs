using MLPipelines.Data;

namespace MLPipelines.Transforms.Image;

/// <summary>
/// Makes pictures of vectors: value · scale − offset of each colour, rounded, and what is beyond 0 to 255 taken to the nearer end. A
/// colour that the vectors do not have is the same in every pixel. Nothing is learned.
/// </summary>
public sealed class VectorToImageConvertingEstimator : OneToOneEstimator<VectorToImageConvertingTransformer>
{
    internal static class Defaults
    {
        internal const float Scale = 1f;
        internal const float Offset = 0f;
        internal const int DefaultAlpha = 255;
        internal const int DefaultRed = 0;
        internal const int DefaultGreen = 0;
        internal const int DefaultBlue = 0;
    }

    private readonly VectorPixels _pixels;

    internal VectorToImageConvertingEstimator(TrainingEnvironment environment, InputOutputColumnPair columns, VectorPixels pixels)
        : base(environment, "ConvertToImage", columns) => _pixels = pixels;

    protected override VectorToImageConvertingTransformer Fit(BatchView input) => new([.. Columns.Select(pair => new VectorToImageConversion(pair, _pixels))]);

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (input.Kind != SchemaShape.Column.VectorKind.Vector || input.IsKey || !VectorPixels.CanBe(input.ItemType)) throw WrongType(input, _pixels.Expected);
        return new(outputColumnName, SchemaShape.Column.VectorKind.Scalar, _pixels.Type, isKey: false);
    }
}
