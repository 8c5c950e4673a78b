using BenchmarkDotNet.Attributes;
using MLPipelines.Data;
using MLPipelines.Transforms.Image;
using MLPipelines.Vision;

namespace MLPipelines.Benchmarks;

/// <summary>Reading, writing and resizing a picture of 800 by 534 pixels, and a pass over 10,000 small ones for training.</summary>
[MemoryDiagnoser]
public class Images
{
    private readonly MLContext _context = new(1);
    private readonly TemporaryFolder _folder = new();
    private readonly MLImage _photo = Photo(800, 534);
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly MemoryImageSet _small = new(new ImageShape(32, 32, 3), new byte[10_000 * 32 * 32 * 3]);

    [GlobalSetup]
    public void Write()
    {
        foreach (string extension in new[] { ".png", ".jpg" })
        {
            _photo.Save(_folder["photo" + extension]);
            _files[extension] = File.ReadAllBytes(_folder["photo" + extension]);
        }
    }

    [GlobalCleanup]
    public void Delete() => _folder.Dispose();

    [Benchmark(Description = "decode PNG")]
    public MLImage DecodePng() => MLImage.CreateFromBytes(_files[".png"]);

    [Benchmark(Description = "decode JPEG")]
    public MLImage DecodeJpeg() => MLImage.CreateFromBytes(_files[".jpg"]);

    [Benchmark(Description = "save PNG")]
    public void SavePng() => _photo.Save(_folder["saved.png"]);

    [Benchmark(Description = "resize to 224 by 224")]
    public MLImage Shrink() => Resize(224, 224);

    [Benchmark(Description = "resize to 1600 by 1066")]
    public MLImage Grow() => Resize(1600, 1066);

    [Benchmark(Description = "10,000 pictures in batches, flipped and cropped")]
    public int Batches() => Read(new ImageAugmentation { HorizontalFlip = true, CropPadding = 4 });

    [Benchmark(Description = "10,000 pictures in batches, every change and mixup")]
    public int ChangedBatches() => Read(new ImageAugmentation
    {
        HorizontalFlip = true, CropPadding = 4, Rotation = 10, Brightness = 0.2, Contrast = 0.2, Saturation = 0.2, CutoutSize = 8, MixupAlpha = 0.2,
    });

    private MLImage Resize(int width, int height)
    {
        IDataView data = _context.Data.LoadFromEnumerable(new[] { new Row { Image = _photo } });
        IDataView resized = _context.Transforms.ResizeImages("Image", width, height, resizing: ImageResizingEstimator.ResizingKind.Fill).Fit(data).Transform(data);
        return resized.GetColumn<MLImage>("Image").First();
    }

    private int Read(ImageAugmentation augmentation)
    {
        var options = new ImageBatchOptions { BatchSize = 64, Augmentation = augmentation, Mean = [0.5f, 0.5f, 0.5f], Deviation = [0.25f, 0.25f, 0.25f], NumberOfThreads = 1 };
        using ImageBatchReader reader = new ImageBatchSource(_small, new int[_small.Count], classCount: 10, options).Open(0);
        int count = 0;
        while (reader.TryNext(out ImageBatch? batch)) count += batch.Count;
        return count;
    }

    /// <summary>Smooth colours with some noise, as a photo has.</summary>
    private static MLImage Photo(int width, int height)
    {
        var random = new Random(1);
        byte[] pixels = new byte[4 * width * height];
        for (int i = 0; i < pixels.Length; i++)
        {
            double x = i / 4 % width / (double)width, y = i / 4 / width / (double)height;
            pixels[i] = i % 4 == 3 ? byte.MaxValue : (byte)(120 + 80 * Math.Sin(7 * x + i % 4) * Math.Cos(5 * y) + random.Next(8));
        }
        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, pixels);
    }

    private sealed class Row
    {
        public MLImage? Image { get; set; }
    }
}
