using MLPipelines.Data;
using MLPipelines.Transforms.Image;
using MLPipelines.Vision;

namespace MLPipelines.Neural.Images;

/// <summary>
/// A column of pictures: the bytes of image files, images, or vectors of numbers of a known size. It serves one reader.
/// </summary>
internal abstract class PictureColumn
{
    internal const string Expected =
        "the bytes of image files (LoadRawImageBytes), images (LoadImages), or vectors of Single or Byte with the dimensions (height, width, channels)";

    private protected PictureColumn(DataViewSchema.Column source) => Source = source;

    internal DataViewSchema.Column Source { get; }

    /// <summary>The size that every picture has; <see langword="null"/> when they may differ.</summary>
    internal virtual ImageShape? KnownShape => null;

    /// <summary>Writes the samples of a row's picture.</summary>
    internal abstract void Read(Batch batch, int row, PictureInput input, Span<byte> samples);

    /// <exception cref="ArgumentOutOfRangeException">The column holds something else.</exception>
    internal static PictureColumn Of(DataViewSchema.Column column, string step) => column.Type switch
    {
        ImageDataViewType => new ImageColumn(column),
        VectorDataViewType { IsKnownSize: false } vector when vector.ItemType == NumberDataViewType.Byte => new EncodedColumn(column),
        VectorDataViewType { IsKnownSize: true } vector when VectorPictures.ShapeOf(vector.Dimensions) is { } shape && vector.ItemType == NumberDataViewType.Single =>
            new VectorPictures<float>(column, shape, value => value),
        VectorDataViewType { IsKnownSize: true } vector when VectorPictures.ShapeOf(vector.Dimensions) is { } shape && vector.ItemType == NumberDataViewType.Byte =>
            new VectorPictures<byte>(column, shape, value => value),
        _ => throw new ArgumentOutOfRangeException(nameof(column), $"{step}: column '{column.Name}' is {column.Type}, expected {Expected}."),
    };

    /// <summary>The same before data is seen: whether the column may hold pictures.</summary>
    internal static void Check(SchemaShape.Column column, string step)
    {
        bool isImage = column.ItemType is ImageDataViewType && column.Kind == SchemaShape.Column.VectorKind.Scalar;
        bool isBytes = column.Kind != SchemaShape.Column.VectorKind.Scalar && !column.IsKey && column.ItemType.Equals(NumberDataViewType.Byte);
        bool isNumbers = column.Kind == SchemaShape.Column.VectorKind.Vector && !column.IsKey && column.ItemType.Equals(NumberDataViewType.Single);
        if (!isImage && !isBytes && !isNumbers)
            throw new ArgumentOutOfRangeException(nameof(column), $"{step}: column '{column.Name}' is {column.GetTypeString()}, expected {Expected}.");
    }

    private protected MLPipelinesException Wrong(Batch batch, int row, string problem, Exception? inner = null) =>
        new($"Row {batch.FirstRow + row}, column '{Source.Name}': {problem}", inner!);
}

/// <summary>A column whose pictures are of any size.</summary>
internal abstract class SizedColumn(DataViewSchema.Column source) : PictureColumn(source)
{
    /// <summary>The picture of a row.</summary>
    /// <exception cref="MLPipelinesException">There is none, or it is damaged; the message says which row.</exception>
    internal abstract MLImage ImageOf(Batch batch, int row);

    internal override void Read(Batch batch, int row, PictureInput input, Span<byte> samples) => input.Copy(ImageOf(batch, row), samples);
}

/// <summary>The bytes of image files.</summary>
internal sealed class EncodedColumn(DataViewSchema.Column source) : SizedColumn(source)
{
    internal ReadOnlySpan<byte> BytesOf(Batch batch, int row) => ((VectorColumn<byte>)batch[Source.Index])[row].Values;

    internal override MLImage ImageOf(Batch batch, int row)
    {
        ReadOnlySpan<byte> bytes = BytesOf(batch, row);
        if (bytes.IsEmpty) throw Wrong(batch, row, "there is no picture; remove the row.");
        try
        {
            return MLImage.CreateFromBytes(bytes);
        }
        catch (MLPipelinesException e)
        {
            throw Wrong(batch, row, e.Message, e);
        }
    }
}

/// <summary>Images in memory.</summary>
internal sealed class ImageColumn(DataViewSchema.Column source) : SizedColumn(source)
{
    internal override MLImage ImageOf(Batch batch, int row) =>
        ((ValueColumn<MLImage?>)batch[Source.Index]).Values[row] ?? throw Wrong(batch, row, "there is no picture; remove the row.");
}
