using MLPipelines.Data;

namespace MLPipelines.Transforms.Image;

/// <summary>
/// Makes all pictures one size. Samples are weighted means: linear interpolation where a picture grows, and of every pixel that
/// falls into the new one where it shrinks. Nothing is learned.
/// <list type="table">
/// <listheader><term>resizing</term><description>what becomes of a picture of another shape</description></listheader>
/// <item><term><see cref="ResizingKind.IsoPad"/></term><description>all of it is kept, in the middle; the rest is black</description></item>
/// <item><term><see cref="ResizingKind.IsoCrop"/></term><description>it fills the new size; what stands over is cut off, on the side away from the anchor</description></item>
/// <item><term><see cref="ResizingKind.Fill"/></term><description>it is stretched or squeezed</description></item>
/// </list>
/// </summary>
public sealed class ImageResizingEstimator : OneToOneEstimator<ImageResizingTransformer>
{
    private readonly ImageSizing _sizing;

    internal ImageResizingEstimator(TrainingEnvironment environment, InputOutputColumnPair columns, ImageSizing sizing) : base(environment, "ResizeImages", columns) =>
        _sizing = sizing;

    /// <summary>What becomes of a picture whose shape is another than the wanted one.</summary>
    public enum ResizingKind : byte
    {
        /// <summary>It is scaled to fit in, and the rest is filled up.</summary>
        IsoPad = 0,

        /// <summary>It is scaled to fill all, and what stands over is cut off.</summary>
        IsoCrop = 1,

        /// <summary>It is stretched or squeezed.</summary>
        Fill = 2,
    }

    /// <summary>Which part of a picture is kept when some is cut off.</summary>
    public enum Anchor : byte
    {
        /// <summary>The right end of a picture that is too wide.</summary>
        Right = 0,

        /// <summary>The left end of a picture that is too wide.</summary>
        Left = 1,

        /// <summary>The upper end of a picture that is too high.</summary>
        Top = 2,

        /// <summary>The lower end of a picture that is too high.</summary>
        Bottom = 3,

        /// <summary>The middle.</summary>
        Center = 4,
    }

    protected override ImageResizingTransformer Fit(BatchView input) => new([.. Columns.Select(pair => new ImageResizing(pair, _sizing))]);

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        ImageColumns.Require(input, Name);
        return new(outputColumnName, SchemaShape.Column.VectorKind.Scalar, _sizing.Type, isKey: false);
    }
}
