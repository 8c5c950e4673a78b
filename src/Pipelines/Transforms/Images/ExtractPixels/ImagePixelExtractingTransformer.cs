using MLPipelines.Data;

namespace MLPipelines.Transforms.Image;

/// <summary>Makes vectors of pictures; see <see cref="ImagePixelExtractingEstimator"/>.</summary>
public sealed class ImagePixelExtractingTransformer : OneToOneTransformer<ImagePixelExtraction>
{
    internal const string StepName = "extract-pixels";

    internal ImagePixelExtractingTransformer(IReadOnlyList<ImagePixelExtraction> columns) : base(columns) { }

    public override string TypeId => StepName;

    internal static ImagePixelExtractingTransformer Load(ModelStepReader reader) =>
        new(LoadMappings(reader, (columns, section) => new ImagePixelExtraction(columns, PixelValues.Load(section))));
}

/// <summary>Makes vectors of the pictures of one column.</summary>
public sealed class ImagePixelExtraction : ColumnMapping
{
    internal const string Expected = "images of a known size (ResizeImages gives them one)";

    private readonly PixelValues _values;

    internal ImagePixelExtraction(InputOutputColumnPair columns, PixelValues values) : base(columns) => _values = values;

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        ImageDataViewType image = ImageColumns.Require(input, ImagePixelExtractingTransformer.StepName);
        if (!image.IsKnownSize) throw ColumnTypeException.Create(ImagePixelExtractingTransformer.StepName, input, Expected);
        VectorDataViewType type = _values.Layout.TypeOf(_values.ItemType, image);
        return new OutputColumn(Columns.OutputColumnName, type, null, [input.Index], () => _values.AsFloats ? Kernel<float>(input, image, type.Size, Numbers()) : Kernel<byte>(input, image, type.Size, Copy))
        {
            RowsAtOnce = ImageColumns.RowsAtOnce((long)type.Size * (_values.AsFloats ? sizeof(float) : 1)),
        };
    }

    protected internal override void Save(ModelStepWriter writer) => _values.Save(writer);

    /// <summary>Writes one colour of all pixels, each a step from the one before.</summary>
    private delegate void PlaneWriter<T>(ReadOnlySpan<byte> pixels, int color, Span<T> items, int step);

    private ColumnKernel Kernel<T>(DataViewSchema.Column input, ImageDataViewType expected, int size, PlaneWriter<T> write)
    {
        var result = new VectorColumn<T>(size);
        PixelLayout layout = _values.Layout;
        return batch =>
        {
            ReadOnlySpan<MLImage?> images = ((ValueColumn<MLImage?>)batch[input.Index]).Values;
            Span<T> all = result.Resize(images.Length);
            for (int row = 0; row < images.Length; row++)
            {
                Span<T> items = all.Slice(row * size, size);
                if (images[row] is not { } image)
                {
                    items.Clear();
                    continue;
                }
                if ((image.Height, image.Width) != (expected.Height, expected.Width))
                    throw new MLPipelinesException($"Row {batch.FirstRow + row}, column '{input.Name}': found an image of {image.Width} by {image.Height} pixels, expected {expected.Width} by {expected.Height}. ResizeImages gives all images one size.");
                for (int plane = 0; plane < layout.Planes.Count; plane++)
                {
                    var (first, step) = layout.ItemsOf(plane, expected.Height * expected.Width);
                    write(image.Pixels, PixelLayout.ByteOf(layout.Planes[plane], image.PixelFormat), items[first..], step);
                }
            }
            return result;
        };
    }

    private PlaneWriter<float> Numbers()
    {
        float[] numbers = _values.NumberOfByte();
        return (pixels, color, items, step) =>
        {
            for (int from = color, to = 0; from < pixels.Length; from += 4, to += step) items[to] = numbers[pixels[from]];
        };
    }

    private static void Copy(ReadOnlySpan<byte> pixels, int color, Span<byte> items, int step)
    {
        for (int from = color, to = 0; from < pixels.Length; from += 4, to += step) items[to] = pixels[from];
    }
}
