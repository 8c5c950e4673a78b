using MLPipelines.Data;
using MLPipelines.Transforms.Image;

namespace MLPipelines.Transforms;

/// <summary>What steps over columns of images share.</summary>
internal static class ImageColumns
{
    internal const string Expected = "an image (LoadImages makes one of a path, ConvertToImage of pixels)";

    // A photo of 12 million pixels has 48 MB.
    private const int RowsOfUnknownSize = 8;
    private const long BytesAtOnce = 16 << 20;

    /// <summary>How many rows of values are computed at once.</summary>
    /// <param name="bytesOfRow">The bytes of a value; 0 when it is not known.</param>
    internal static int RowsAtOnce(long bytesOfRow) => bytesOfRow == 0 ? RowsOfUnknownSize : (int)Math.Clamp(BytesAtOnce / bytesOfRow, 1, Batch.DefaultRowCount);

    internal static ImageDataViewType Require(SchemaShape.Column column, string step) =>
        column.ItemType as ImageDataViewType ?? throw ColumnTypeException.Create(step, column, Expected);

    internal static ImageDataViewType Require(DataViewSchema.Column column, string step) =>
        column.Type as ImageDataViewType ?? throw ColumnTypeException.Create(step, column, Expected);

    /// <summary>A column of new images, one of each old one; of none there is none.</summary>
    internal static OutputColumn Map(InputOutputColumnPair columns, DataViewSchema.Column input, ImageDataViewType type, Func<MLImage, MLImage> map) =>
        Create(columns, input, type, (batch, row) => ((ValueColumn<MLImage?>)batch[input.Index]).Values[row] is { } image ? map(image) : null);

    /// <summary>A column of images that are computed row by row, on several threads where there are several rows.</summary>
    internal static OutputColumn Create(InputOutputColumnPair columns, DataViewSchema.Column input, ImageDataViewType type, Func<Batch, int, MLImage?> create) =>
        new(columns.OutputColumnName, type, null, [input.Index], () => Kernel(create)) { RowsAtOnce = RowsAtOnce(4L * type.Height * type.Width) };

    private static ColumnKernel Kernel(Func<Batch, int, MLImage?> create)
    {
        var result = new ValueColumn<MLImage?>();
        return batch =>
        {
            int rows = batch.RowCount;
            if (rows == 1)
            {
                result.Resize(1)[0] = create(batch, 0);
                return result;
            }
            var images = new MLImage?[rows];
            ParallelRows.Run(rows, row => images[row] = create(batch, row));
            images.CopyTo(result.Resize(rows));
            return result;
        };
    }
}
