using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using MLPipelines.Data;
using MLPipelines.Scenarios.ImageClassification;
using MLPipelines.Testing;
using MLPipelines.Vision;

namespace MLPipelines.Scenarios.Tests.ImageClassification;

public sealed class ImageInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("images-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_per_class_is_read()
    {
        ImageInput input = ImageInput.Open(Shapes());
        Assert.Equal(["circle", "star", "triangle"], input.Train.Classes);
        Assert.Equal([60, 60, 60], input.Train.Counts);
        Assert.Null(input.Test);
        Assert.Empty(input.Notes);
        Assert.Equal(("star/07.png", "star"), (input.Train.Images[66].Name, input.Train.Images[66].Label));
        using MLImage image = input.Train.Images[66].Read();
        Assert.Equal((32, 32, "star/07.png"), (image.Width, image.Height, image.Tag));
    }

    [Theory]
    [InlineData("train", "test")]
    [InlineData("Training", "val")]
    public void Folders_called_train_and_test_are_parts(string train, string test)
    {
        Picture($"{train}/cat/1.png", 1);
        Picture($"{train}/dog/1.png", 2);
        Picture($"{train}/dog/more/2.png", 3);
        Picture($"{test}/dog/1.png", 4);
        ImageInput input = ImageInput.Open(_folder);
        Assert.Equal([("cat", 1), ("dog", 2)], input.Train.Classes.Zip(input.Train.Counts));
        Assert.Equal([("dog", 1)], input.Test!.Classes.Zip(input.Test.Counts));
    }

    [Fact]
    public void What_is_no_picture_or_has_no_class_is_left_out_and_noted()
    {
        Picture("cat/1.png", 1);
        Picture("dog/1.png", 2);
        Picture("alone.png", 3);
        Write("readme.txt", []);
        Write(".hidden/1.png", []);
        Write("dog/.DS_Store", []);
        ImageInput input = ImageInput.Open(_folder);
        Assert.Equal([1, 1], input.Train.Counts);
        Assert.Equal(["1 pictures that are in no folder of a class are left out.", "1 files that are not named like pictures are left out."], input.Notes);
    }

    [Theory]
    [InlineData(".zip")]
    [InlineData(".tar")]
    [InlineData(".tar.gz")]
    [InlineData(".tgz")]
    public void An_archive_is_read_without_unpacking(string extension)
    {
        Picture("photos/cat/1.png", 1);
        Picture("photos/dog/1.png", 2);
        Picture("photos/dog/2.png", 3);
        string archive = Path.Combine(_folder, "photos" + extension);
        Pack(Path.Combine(_folder, "photos"), archive);
        ImageInput input = ImageInput.Open(archive);
        Assert.Equal([("cat", 1), ("dog", 2)], input.Train.Classes.Zip(input.Train.Counts));
        using MLImage image = input.Train.Images[2].Read();
        Assert.Equal(3, image.Pixels[0]);
    }

    [Fact]
    public void A_damaged_archive_is_an_error()
    {
        Picture("photos/cat/1.png", 1);
        Picture("photos/dog/1.png", 2);
        foreach (string extension in new[] { ".zip", ".tar.gz" })
        {
            string archive = Path.Combine(_folder, "photos" + extension);
            Pack(Path.Combine(_folder, "photos"), archive);
            File.WriteAllBytes(archive, File.ReadAllBytes(archive)[..^30]);
            var error = Assert.Throws<MLPipelinesException>(() => ImageInput.Open(archive));
            Assert.StartsWith($"{archive} is a damaged archive", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("image_path,label\npics/a.png,cat\npics/b.png,dog\npics/c.png,\n", null, null)]
    [InlineData("id,label,file\n1,cat,pics/a.png\n2,dog,pics/b.png\n3,,pics/c.png\n", null, null)]
    [InlineData("filename,category\npics/a.png,cat\npics/b.png,dog\npics/c.png,\n", null, null)]
    [InlineData("what;where\ncat;pics/a.png\ndog;pics/b.png\n;pics/c.png\n", "where", "what")]
    [InlineData("pics/a.png\tcat\npics/b.png\tdog\npics/c.png\t\n", "0", "1")]
    public void A_table_has_paths_from_where_it_is(string table, string? path, string? label)
    {
        Picture("pics/a.png", 1);
        Picture("pics/b.png", 2);
        Write("table.csv", System.Text.Encoding.UTF8.GetBytes(table));
        ImageInput input = ImageInput.Open(Path.Combine(_folder, "table.csv"), new ImageInputOptions { PathColumn = path, LabelColumn = label });
        Assert.Equal([("pics/a.png", "cat"), ("pics/b.png", "dog")], input.Train.Images.Select(image => (image.Name, image.Label)));
        Assert.Equal(["1 rows without a label are left out."], input.Notes);
        using MLImage image = input.Train.Images[1].Read();
        Assert.Equal(2, image.Pixels[0]);
    }

    [Theory]
    [InlineData("a,b,c\nx.png,1,2\n", null, "name the column of paths. The columns are: a, b, c.")]
    [InlineData("path,label\nx.png,1\n", "pth", "there is no column 'pth' of paths")]
    [InlineData("path,label\n,1\n", null, "row 2: found 2 fields, expected a path")]
    public void A_table_that_cannot_be_read_says_why(string table, string? path, string problem)
    {
        Write("table.csv", System.Text.Encoding.UTF8.GetBytes(table));
        var error = Assert.Throws<MLPipelinesException>(() => ImageInput.Open(Path.Combine(_folder, "table.csv"), new ImageInputOptions { PathColumn = path }));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "train-images-idx3-ubyte", "train-labels-idx1-ubyte")]
    [InlineData(true, "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte")]
    [InlineData(true, "train-images.idx3-ubyte.gz", "train-labels.idx1-ubyte.gz")]
    public void Idx_files_are_found_by_their_names(bool packed, string images, string labels)
    {
        WriteIdx(images, packed, [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]);
        WriteIdx(labels, labels.EndsWith(".gz", StringComparison.Ordinal), [0, 0, 8, 1, 0, 0, 0, 2, 10, 9]);
        foreach (string path in new[] { _folder, Path.Combine(_folder, images) })
        {
            ImageInput input = ImageInput.Open(path);
            Assert.Equal(["9", "10"], input.Train.Classes);
            Assert.Equal("10", input.Train.Images[0].Label);
            using MLImage image = input.Train.Images[1].Read();
            Assert.Equal((3, 1), (image.Width, image.Height));
            Assert.Equal([4, 4, 4, 5, 5, 5, 6, 6, 6], image.GetBGRPixels);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5 }, "ends after 5 of 6 bytes")]
    [InlineData(new byte[] { 0, 0, 9, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6 }, "starts with 00000903, expected 00000803")]
    [InlineData(new byte[] { 0, 0, 8 }, "starts with 000008")]
    [InlineData(new byte[] { 0, 0, 8, 3, 127, 0, 0, 2, 0, 0, 1, 1, 0, 0, 1, 3, 1 }, "claims the sizes")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 64, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1 }, "ends after 1 of")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3 }, "has 1 pictures")]
    public void A_damaged_idx_file_says_what_is_wrong(byte[] images, string problem)
    {
        WriteIdx("train-images-idx3-ubyte", false, images);
        WriteIdx("train-labels-idx1-ubyte", false, [0, 0, 8, 1, 0, 0, 0, 2, 10, 9]);
        Assert.Contains(problem, Assert.Throws<MLPipelinesException>(() => ImageInput.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_without_labelled_pictures_are_errors()
    {
        Assert.Throws<FileNotFoundException>(() => ImageInput.Open(Path.Combine(_folder, "absent")));
        Assert.Contains("has no pictures (0 other files)", Assert.Throws<MLPipelinesException>(() => ImageInput.Open(_folder)).Message, StringComparison.Ordinal);
        Picture("1.png", 1);
        Assert.Contains("no folders", Assert.Throws<MLPipelinesException>(() => ImageInput.Open(_folder)).Message, StringComparison.Ordinal);
        WriteIdx("train-images-idx3-ubyte", false, [0]);
        Assert.Contains("no labels beside it", Assert.Throws<MLPipelinesException>(() => ImageInput.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [DatasetFact("images/mnist")]
    public void Mnist_has_its_two_parts()
    {
        ImageInput input = ImageInput.Open(Datasets.PathOf("images/mnist"));
        // The counts of the labels that the data set is published with.
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], input.Train.Counts);
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], input.Test!.Counts);
        using MLImage image = input.Train.Images[0].Read();
        Assert.Equal((28, 28, "5"), (image.Width, image.Height, input.Train.Images[0].Label));
    }

    [DatasetFact("images/flowers")]
    public void Flowers_have_their_two_parts()
    {
        ImageInput input = ImageInput.Open(Datasets.PathOf("images/flowers"));
        Assert.Equal([("daisy", 48), ("dandelion", 48), ("roses", 48), ("sunflowers", 48), ("tulips", 48)], input.Train.Classes.Zip(input.Train.Counts));
        Assert.Equal([12, 12, 12, 12, 12], input.Test!.Counts);
    }

    [DatasetFact("images/concrete-cracks-assets.zip")]
    public void A_zip_of_photos_is_read()
    {
        ImageInput input = ImageInput.Open(Datasets.PathOf("images/concrete-cracks-assets.zip"));
        Assert.Equal([("CD", 200), ("UD", 200)], input.Train.Classes.Zip(input.Train.Counts));
        ImageReading<int> read = input.Train.ReadAll(image => image.Width * image.Height);
        Assert.Empty(read.Unreadable);
        Assert.Equal(400, read.Values.Count(size => size == 256 * 256));
    }

    [DatasetFact("images/cifar10/cifar10-test-jpg.tar.gz")]
    public void A_large_archive_is_read_at_once()
    {
        ImageInput input = ImageInput.Open(Datasets.PathOf("images/cifar10/cifar10-test-jpg.tar.gz"));
        Assert.Equal(10, input.Train.Classes.Count);
        Assert.All(input.Train.Counts, count => Assert.Equal(1000, count));
        ImageReading<(int, int)> read = input.Train.ReadAll(image => (image.Width, image.Height));
        Assert.Empty(read.Unreadable);
        Assert.Equal(10_000, read.Values.Count(size => size == (32, 32)));
    }

    internal static string Shapes([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../data/shapes");

    private void Picture(string name, byte color)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using MLImage image = MLImage.CreateFromPixels(1, 1, MLPixelFormat.Bgra32, [color, color, color, 255]);
        image.Save(path);
    }

    private void Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    private void WriteIdx(string name, bool packed, byte[] content)
    {
        using Stream file = File.Create(Path.Combine(_folder, name));
        using Stream stream = packed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(content);
    }

    private static void Pack(string folder, string archive)
    {
        if (archive.EndsWith(".zip", StringComparison.Ordinal))
        {
            ZipFile.CreateFromDirectory(folder, archive, CompressionLevel.Fastest, includeBaseDirectory: true);
            return;
        }
        using Stream file = File.Create(archive);
        using Stream stream = archive.EndsWith(".tar", StringComparison.Ordinal) ? file : new GZipStream(file, CompressionLevel.Fastest);
        TarFile.CreateFromDirectory(folder, stream, includeBaseDirectory: true);
    }
}
