using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>Finds labelled pictures: in a folder or archive with a folder per class, in a table of paths and labels, or in IDX files.</summary>
public sealed class ImageInput
{
    private ImageInput(LabelledImages train, LabelledImages? test, IReadOnlyList<string> notes) => (Train, Test, Notes) = (train, test, notes);

    /// <summary>The pictures to learn from: all of them, unless the source tells parts.</summary>
    public LabelledImages Train { get; }

    /// <summary>The pictures to test with, where the source has folders called train and test (or val), or files train-… and t10k-… of IDX.</summary>
    public LabelledImages? Test { get; }

    /// <summary>What was left out, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Looks at a source. Of files on disk only names are read, archives and IDX files are read into memory.</summary>
    /// <param name="path">A folder, an archive (.zip, .tar, .tar.gz), an IDX file, or a delimited file.</param>
    /// <param name="options">How; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellation">Ends the reading of an archive.</param>
    /// <exception cref="FileNotFoundException">Nothing is there.</exception>
    /// <exception cref="MLPipelinesException">There are no labelled pictures, or the source is damaged.</exception>
    public static ImageInput Open(string path, ImageInputOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new ImageInputOptions();
        List<string> notes = [];
        ImageInput input;
        if (Directory.Exists(path)) input = OfFolder(path, options, notes);
        else if (!File.Exists(path)) throw new FileNotFoundException($"{path} is not there: expected a folder, an archive, an IDX file or a table of pictures.", path);
        else if (ImageArchive.IsNamedSo(path)) input = OfFiles(path, ImageArchive.Files(path, options.Limits, cancellation, out int others), others, options, notes);
        else if (IdxImages.IsNamedSo(path)) input = new ImageInput(IdxImages.Read(path, options.Limits), null, notes);
        else input = new ImageInput(ImageTable.Read(path, options, notes), null, notes);
        if (input.Train.Images.Count == 0) throw new MLPipelinesException($"{path} has no labelled pictures to learn from.");
        return input;
    }

    private static ImageInput OfFolder(string folder, ImageInputOptions options, List<string> notes)
    {
        string[] idx = [.. Directory.EnumerateFiles(folder).Where(IdxImages.IsNamedSo).Order(StringComparer.Ordinal)];
        if (idx.Length == 0) return OfFiles(folder, ImageFile.Below(folder, out int others), others, options, notes);
        string[] train = [.. idx.Where(path => Path.GetFileName(path).StartsWith("train", StringComparison.OrdinalIgnoreCase))], test = [.. idx.Except(train)];
        // One file alone is what there is to learn from, whatever it is called.
        if (train.Length == 0) (train, test) = (test, train);
        if (train.Length > 1 || test.Length > 1)
            throw new MLPipelinesException($"{folder} has the IDX files {string.Join(", ", idx.Select(Path.GetFileName))}; expected one that starts with train and at most one other. Give the file.");
        LabelledImages images = IdxImages.Read(train[0], options.Limits);
        return new ImageInput(images, test.Length == 0 ? null : IdxImages.Read(test[0], options.Limits), notes);
    }

    private static ImageInput OfFiles(string source, List<ImageFile> files, int others, ImageInputOptions options, List<string> notes)
    {
        if (files.Count == 0)
            throw new MLPipelinesException($"{source} has no pictures ({others} other files): expected a folder per class with .jpg, .png, .bmp or .ppm files, such as cat/0001.jpg, or IDX files such as train-images-idx3-ubyte.gz.");
        var layout = FolderLayout.Of([.. files.Select(file => file.Name)]);
        List<LabelledImage> train = [], test = [];
        int unlabelled = 0;
        for (int i = 0; i < files.Count; i++)
        {
            if (layout[i] is var (isTest, name)) (isTest ? test : train).Add(new EncodedImage(files[i], name, options.Limits));
            else unlabelled++;
        }
        if (train.Count + test.Count == 0)
            throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"{source} has {files.Count} pictures and no folders: expected a folder per class, such as cat/{files[0].Name}, or a table of paths and labels."));
        if (unlabelled > 0) notes.Add(string.Create(CultureInfo.InvariantCulture, $"{unlabelled} pictures that are in no folder of a class are left out."));
        if (others > 0) notes.Add(string.Create(CultureInfo.InvariantCulture, $"{others} files that are not named like pictures are left out."));
        if (train.Count == 0) (train, test) = (test, train);
        return new ImageInput(new LabelledImages(source, train), test.Count == 0 ? null : new LabelledImages(source, test), notes);
    }
}
