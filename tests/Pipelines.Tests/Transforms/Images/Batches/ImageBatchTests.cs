using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms.Image;
using MLPipelines.Vision;

namespace MLPipelines.Tests.Transforms.Images;

public class ImageBatchTests
{
    private static readonly ImageShape Shape = new(4, 5, 3);

    private static readonly ImageAugmentation Everything = new()
    {
        HorizontalFlip = true, VerticalFlip = true, CropPadding = 2, Rotation = 20, MirrorsBorder = true, Brightness = 0.3, Contrast = 0.3, Saturation = 0.3, CutoutSize = 2,
        MixupAlpha = 0.4, CutmixAlpha = 1,
    };

    private static MemoryImageSet Pictures(int count)
    {
        byte[] pixels = new byte[count * Shape.Size];
        new Random(1).NextBytes(pixels);
        return new MemoryImageSet(Shape, pixels);
    }

    private static int[] Labels(int count) => [.. Enumerable.Range(0, count).Select(i => i % 3)];

    private static List<(int[] Rows, float[] Pixels, float[] Labels)> Read(IImageSet images, ImageBatchOptions options, int pass = 0)
    {
        var batches = new List<(int[], float[], float[])>();
        using ImageBatchReader reader = new ImageBatchSource(images, Labels(images.Count), 3, options).Open(pass);
        while (reader.TryNext(out ImageBatch? batch)) batches.Add((batch.Rows.ToArray(), batch.Pixels.ToArray(), batch.Labels.ToArray()));
        return batches;
    }

    [Fact]
    public void Batches_are_the_same_with_any_number_of_threads()
    {
        MemoryImageSet pictures = Pictures(50);
        var options = new ImageBatchOptions { BatchSize = 7, Augmentation = Everything, Seed = 3, NumberOfThreads = 1, BatchesAhead = 1 };
        var expected = Read(pictures, options);
        Assert.Equal(8, expected.Count);
        foreach (var (threads, ahead) in new[] { (1, 4), (2, 3), (5, 9) })
        {
            var actual = Read(pictures, options with { NumberOfThreads = threads, BatchesAhead = ahead });
            Assert.Equal(expected.Count, actual.Count);
            for (int i = 0; i < actual.Count; i++)
            {
                Assert.Equal(expected[i].Rows, actual[i].Rows);
                Assert.True(expected[i].Pixels.AsSpan().SequenceEqual(actual[i].Pixels));
                Assert.Equal(expected[i].Labels, actual[i].Labels);
            }
        }
        Assert.NotEqual(expected[0].Rows, Read(pictures, options, pass: 1)[0].Rows);
        Assert.NotEqual(expected[0].Rows, Read(pictures, options with { Seed = 4 })[0].Rows);
    }

    [Fact]
    public void Every_picture_comes_once_in_a_pass()
    {
        MemoryImageSet pictures = Pictures(50);
        var options = new ImageBatchOptions { BatchSize = 8 };
        var batches = Read(pictures, options);
        Assert.Equal(Enumerable.Range(0, 50), batches.SelectMany(batch => batch.Rows).Order());
        Assert.Equal([8, 8, 8, 8, 8, 8, 2], batches.Select(batch => batch.Rows.Length));
        Assert.Equal(6, Read(pictures, options with { DropIncomplete = true }).Count);
        Assert.Equal(Enumerable.Range(0, 50), Read(pictures, options with { Shuffle = false }).SelectMany(batch => batch.Rows));
        Assert.Empty(Read(new MemoryImageSet(Shape, []), options));
    }

    [Fact]
    public void Pictures_that_nothing_is_done_to_are_as_they_are()
    {
        MemoryImageSet pictures = Pictures(5);
        var options = new ImageBatchOptions { BatchSize = 2, Mean = [0.5f, 0.25f, 0], Deviation = [0.5f, 1, 2] };
        byte[] bytes = new byte[Shape.Size];
        foreach (var (rows, pixels, labels) in Read(pictures, options))
        {
            for (int i = 0; i < rows.Length; i++)
            {
                pictures.Read(rows[i], bytes);
                for (int j = 0; j < bytes.Length; j++)
                    Assert.Equal((bytes[j] / 255f - options.Mean[j % 3]) / options.Deviation[j % 3], pixels[i * bytes.Length + j], 1e-6f);
                Assert.Equal([rows[i] % 3 == 0 ? 1 : 0, rows[i] % 3 == 1 ? 1 : 0, rows[i] % 3 == 2 ? 1 : 0], labels[(3 * i)..(3 * i + 3)]);
            }
        }
    }

    [Fact]
    public void Mixed_labels_have_a_sum_of_one()
    {
        foreach (ImageAugmentation mixing in new[] { new ImageAugmentation { MixupAlpha = 0.5 }, new() { CutmixAlpha = 1 }, Everything })
        {
            var batches = Read(Pictures(24), new ImageBatchOptions { BatchSize = 6, Augmentation = mixing });
            Assert.All(batches.SelectMany(batch => batch.Labels.Chunk(3)), row => Assert.Equal(1, row.Sum(), 1e-5f));
            Assert.Contains(batches.SelectMany(batch => batch.Labels), share => share is > 0 and < 1);
        }
    }

    [Fact]
    public void A_reader_that_stops_early_ends_its_threads()
    {
        var source = new ImageBatchSource(Pictures(100), Labels(100), 3, new ImageBatchOptions { BatchSize = 2, NumberOfThreads = 4, BatchesAhead = 6 });
        for (int i = 0; i < 20; i++)
        {
            using ImageBatchReader reader = source.Open(i);
            for (int batch = 0; batch < i; batch++) Assert.True(reader.TryNext(out _));
        }
        using var cancellation = new CancellationTokenSource();
        using ImageBatchReader cancelled = source.Open(0, cancellation.Token);
        Assert.True(cancelled.TryNext(out _));
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => cancelled.TryNext(out _));
    }

    [Fact]
    public void Files_are_decoded_ahead_and_a_damaged_one_is_named()
    {
        string folder = Directory.CreateTempSubdirectory("images-").FullName;
        try
        {
            string[] files = [.. Enumerable.Range(0, 9).Select(i => Path.Combine(folder, $"{i}.png"))];
            for (int i = 0; i < files.Length; i++) TestImages.Random(i, 5 + i, 4).Save(files[i]);
            foreach (ImageShape shape in new[] { Shape, new(3, 4, 1) })
            {
                var set = new FileImageSet(files, shape, ImageResizingEstimator.ResizingKind.Fill);
                var options = new ImageBatchOptions { BatchSize = 4, Seed = 5 };
                var fromMemory = Read(MemoryImageSet.Copy(set), options);
                var fromFiles = Read(set, options);
                for (int i = 0; i < 3; i++) Assert.True(fromFiles[i].Pixels.AsSpan().SequenceEqual(fromMemory[i].Pixels));
            }
            File.WriteAllBytes(files[6], [1, 2, 3]);
            var damaged = new FileImageSet(files, Shape);
            using ImageBatchReader reader = new ImageBatchSource(damaged, Labels(9), 3, new ImageBatchOptions { BatchSize = 4, Shuffle = false }).Open(0);
            Assert.True(reader.TryNext(out _));
            Assert.Contains("6.png", Assert.Throws<MLPipelinesException>(() => reader.TryNext(out _)).Message, StringComparison.Ordinal);
            Assert.Contains("6.png", Assert.Throws<MLPipelinesException>(() => MemoryImageSet.Copy(damaged)).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Gray_is_the_brightness_of_the_colour()
    {
        byte[] gray = new byte[1], color = new byte[3];
        MLImage image = MLImage.CreateFromPixels(1, 1, MLPixelFormat.Bgra32, [30, 20, 10, 255]);
        ImageSamples.Copy(image, new ImageShape(1, 1, 1), gray);
        ImageSamples.Copy(image, new ImageShape(1, 1, 3), color);
        // 0.299 * 10 + 0.587 * 20 + 0.114 * 30 = 18.15
        Assert.Equal([18], gray);
        Assert.Equal([10, 20, 30], color);
    }

    [Fact]
    public void Labels_and_options_are_checked()
    {
        MemoryImageSet pictures = Pictures(4);
        Assert.Throws<ArgumentException>(() => new ImageBatchSource(pictures, [0, 1, 2], 3, new ImageBatchOptions()));
        Assert.Throws<ArgumentException>(() => new ImageBatchSource(pictures, [0, 1, 2, 3], 3, new ImageBatchOptions()));
        foreach (ImageBatchOptions wrong in new ImageBatchOptions[]
        {
            new() { BatchSize = 0 }, new() { Mean = [1, 2] }, new() { Deviation = [1, 0, 1] }, new() { BatchesAhead = 0 },
            new() { Augmentation = new() { CropPadding = -1 } }, new() { Augmentation = new() { Rotation = double.NaN } }, new() { Augmentation = new() { Brightness = 2 } },
        })
            Assert.ThrowsAny<ArgumentException>(() => new ImageBatchSource(pictures, [0, 1, 2, 0], 3, wrong));
        Assert.Throws<ArgumentException>(() => new MemoryImageSet(Shape, new byte[61]));
    }

    [Fact]
    public void A_batch_in_steady_state_takes_nothing_from_the_heap()
    {
        using ImageBatchReader reader = new ImageBatchSource(Pictures(1200), Labels(1200), 3, new ImageBatchOptions { BatchSize = 4, Augmentation = Everything with { MixupAlpha = 0, CutmixAlpha = 0 } }).Open(0);
        for (int i = 0; i < 20; i++) reader.TryNext(out _);
        Assert.Equal(0, Allocation.Of(() => reader.TryNext(out _), calls: 50));
    }
}
