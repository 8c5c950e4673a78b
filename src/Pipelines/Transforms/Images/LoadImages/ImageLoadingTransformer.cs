using MLPipelines.Transforms;
using MLPipelines.Transforms.Image;

namespace MLPipelines.Data;

/// <summary>Reads image files; see <see cref="ImageLoadingEstimator"/>.</summary>
public sealed class ImageLoadingTransformer : OneToOneTransformer<ImageLoading>
{
    internal const string StepName = "load-images";

    private readonly bool _asImages;

    internal ImageLoadingTransformer(string? imageFolder, bool asImages, IReadOnlyList<ImageLoading> columns) : base(columns) =>
        (ImageFolder, _asImages) = (imageFolder, asImages);

    /// <summary>Where files are looked for whose path is not absolute; <see langword="null"/> for the working folder.</summary>
    public string? ImageFolder { get; }

    public override string TypeId => StepName;

    public override void Save(ModelStepWriter writer)
    {
        base.Save(writer);
        writer.Set("folder", ImageFolder);
        writer.Set("images", _asImages);
    }

    internal static ImageLoadingTransformer Load(ModelStepReader reader)
    {
        string? folder = reader.GetStringOrNull("folder");
        bool asImages = reader.GetBoolean("images");
        return new(folder, asImages, LoadMappings(reader, (columns, _) => new ImageLoading(columns, folder, asImages)));
    }
}

/// <summary>Reads the files that one column names.</summary>
public sealed class ImageLoading : ColumnMapping
{
    internal const string Expected = "String: the path of a file";

    private readonly string? _imageFolder;
    private readonly bool _asImages;

    internal ImageLoading(InputOutputColumnPair columns, string? imageFolder, bool asImages) : base(columns) => (_imageFolder, _asImages) = (imageFolder, asImages);

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        if (input.Type is not TextDataViewType) throw ColumnTypeException.Create(ImageLoadingTransformer.StepName, input, Expected);
        if (_asImages) return ImageColumns.Create(Columns, input, new ImageDataViewType(), (batch, row) => Read(batch, input, row, Decode));
        return new OutputColumn(Columns.OutputColumnName, new VectorDataViewType(NumberDataViewType.Byte), null, [input.Index], () =>
        {
            var result = new VectorColumn<byte>(0);
            return batch =>
            {
                result.Clear();
                for (int row = 0; row < batch.RowCount; row++) result.Append(Read(batch, input, row, File.ReadAllBytes));
                return result;
            };
        })
        { RowsAtOnce = ImageColumns.RowsAtOnce(0) };
    }

    private static MLImage Decode(string path)
    {
        MLImage image = MLImage.CreateFromFile(path);
        image.Tag = path;
        return image;
    }

    private T? Read<T>(Batch batch, DataViewSchema.Column input, int row, Func<string, T> read) where T : class
    {
        string path = ((TextColumn)batch[input.Index])[row].ToString();
        if (path.Length == 0) return null;
        // A path that is absolute stays what it is.
        if (_imageFolder is not null) path = Path.Combine(_imageFolder, path);
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is MLPipelinesException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string problem = e is FileNotFoundException or DirectoryNotFoundException ? $"the file '{path}' does not exist." : e is MLPipelinesException ? e.Message : $"{path}: {e.Message}";
            throw new MLPipelinesException($"Row {batch.FirstRow + row}, column '{input.Name}': {problem}", e);
        }
    }
}
