using MLPipelines.Transforms;
using MLPipelines.Transforms.Image;

namespace MLPipelines.Data;

/// <summary>
/// Reads the image files that a column of paths names, as pictures or as their bytes. Nothing is learned, and nothing is read before
/// the rows are.
/// <list type="table">
/// <listheader><term>row</term><description>what it becomes</description></listheader>
/// <item><term>a path</term><description>the file, looked for in the folder unless the path is absolute. A picture is turned upright
/// where the file says how, and has its path as <see cref="MLImage.Tag"/></description></item>
/// <item><term>empty text</term><description>no image, or no bytes</description></item>
/// </list>
/// </summary>
/// <exception cref="MLPipelinesException">While reading: a file is absent or no picture. The message names row, column and file.</exception>
public sealed class ImageLoadingEstimator : OneToOneEstimator<ImageLoadingTransformer>
{
    private readonly string? _imageFolder;
    private readonly bool _asImages;

    internal ImageLoadingEstimator(TrainingEnvironment environment, InputOutputColumnPair columns, string? imageFolder, bool asImages)
        : base(environment, asImages ? "LoadImages" : "LoadRawImageBytes", columns)
    {
        if (!string.IsNullOrEmpty(imageFolder) && !Directory.Exists(imageFolder))
            throw new ArgumentException($"{Name}: the folder '{imageFolder}' does not exist.", nameof(imageFolder));
        (_imageFolder, _asImages) = (string.IsNullOrEmpty(imageFolder) ? null : Path.GetFullPath(imageFolder), asImages);
    }

    protected override ImageLoadingTransformer Fit(BatchView input) => new(_imageFolder, _asImages, [.. Columns.Select(pair => new ImageLoading(pair, _imageFolder, _asImages))]);

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (input.ItemType is not TextDataViewType || input.Kind != SchemaShape.Column.VectorKind.Scalar) throw WrongType(input, ImageLoading.Expected);
        return _asImages ? new(outputColumnName, SchemaShape.Column.VectorKind.Scalar, new ImageDataViewType(), isKey: false)
            : new(outputColumnName, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.Byte, isKey: false);
    }
}
