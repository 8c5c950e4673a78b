using MLPipelines.Data;

namespace MLPipelines.Transforms.Image;

/// <summary>Makes pictures gray: each colour becomes 0.3 red + 0.59 green + 0.11 blue, rounded; alpha stays. Nothing is learned.</summary>
public sealed class ImageGrayscalingEstimator : OneToOneEstimator<ImageGrayscalingTransformer>
{
    internal ImageGrayscalingEstimator(TrainingEnvironment environment, params IReadOnlyList<InputOutputColumnPair> columns)
        : base(environment, "ConvertToGrayscale", columns) { }

    protected override ImageGrayscalingTransformer Fit(BatchView input) => new([.. Columns.Select(pair => new ImageGrayscaling(pair))]);

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName) =>
        new(outputColumnName, SchemaShape.Column.VectorKind.Scalar, ImageColumns.Require(input, Name), isKey: false);
}

/// <summary>Makes pictures gray; see <see cref="ImageGrayscalingEstimator"/>.</summary>
public sealed class ImageGrayscalingTransformer : OneToOneTransformer<ImageGrayscaling>
{
    internal const string StepName = "grayscale-images";

    internal ImageGrayscalingTransformer(IReadOnlyList<ImageGrayscaling> columns) : base(columns) { }

    public override string TypeId => StepName;

    internal static ImageGrayscalingTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, (columns, _) => new ImageGrayscaling(columns)));
}

/// <summary>Makes the pictures of one column gray.</summary>
public sealed class ImageGrayscaling : ColumnMapping
{
    internal ImageGrayscaling(InputOutputColumnPair columns) : base(columns) { }

    protected internal override OutputColumn Bind(DataViewSchema.Column input) =>
        ImageColumns.Map(Columns, input, ImageColumns.Require(input, ImageGrayscalingTransformer.StepName), ToGray);

    private static MLImage ToGray(MLImage image)
    {
        byte[] pixels = image.Pixels.ToArray();
        int blue = image.PixelFormat == MLPixelFormat.Bgra32 ? 0 : 2;
        for (int i = 0; i < pixels.Length; i += 4)
        {
            byte gray = (byte)((30 * pixels[i + 2 - blue] + 59 * pixels[i + 1] + 11 * pixels[i + blue] + 50) / 100);
            (pixels[i], pixels[i + 1], pixels[i + 2]) = (gray, gray, gray);
        }
        return new MLImage(image.Width, image.Height, image.PixelFormat, pixels) { Tag = image.Tag };
    }
}
