using MLPipelines.Data;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Transforms.Image;

/// <summary>Makes all pictures one size; see <see cref="ImageResizingEstimator"/>.</summary>
public sealed class ImageResizingTransformer : OneToOneTransformer<ImageResizing>
{
    internal const string StepName = "resize-images";

    internal ImageResizingTransformer(IReadOnlyList<ImageResizing> columns) : base(columns) { }

    public override string TypeId => StepName;

    internal static ImageResizingTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, (columns, section) =>
    {
        int width = section.GetInt32("width"), height = section.GetInt32("height");
        if (width <= 0 || height <= 0 || (long)width * height > int.MaxValue / 4) throw reader.Invalid($"images of {width} by {height} pixels");
        return new ImageResizing(columns, new ImageSizing(
            width, height, section.GetEnum<ImageResizingEstimator.ResizingKind>("resizing"), section.GetEnum<ImageResizingEstimator.Anchor>("anchor")));
    }));
}

/// <summary>Makes the pictures of one column one size.</summary>
public sealed class ImageResizing : ColumnMapping
{
    private readonly ImageSizing _sizing;

    internal ImageResizing(InputOutputColumnPair columns, ImageSizing sizing) : base(columns) => _sizing = sizing;

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        ImageColumns.Require(input, ImageResizingTransformer.StepName);
        return ImageColumns.Map(Columns, input, _sizing.Type, _sizing.Apply);
    }

    protected internal override void Save(ModelStepWriter writer)
    {
        writer.Set("width", _sizing.Type.Width);
        writer.Set("height", _sizing.Type.Height);
        writer.Set("resizing", _sizing.Resizing);
        writer.Set("anchor", _sizing.Anchor);
    }
}
