using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using MLPipelines.Data;
using MLPipelines.Vision;

namespace MLPipelines.Programs.Tensors;

/// <summary>Image classification of the digits of MNIST from first to last: training, accuracy on the official test set, the model file and how fast it loads.</summary>
internal static class DigitsRun
{
    private const int Side = 28;

    private sealed class Digit
    {
        [KeyType(10)]
        public uint Label { get; init; }

        [VectorType(Side, Side)]
        public float[] Features { get; init; } = [];
    }

    /// <param name="folder">The four files of MNIST.</param>
    /// <param name="epochs">Passes over the training set; 0 for the default.</param>
    internal static void Run(string folder, int epochs)
    {
        var context = new MLContext(1);
        long start = Stopwatch.GetTimestamp();
        IDataView train = context.Data.LoadFromEnumerable(Read(folder, "train")), test = context.Data.LoadFromEnumerable(Read(folder, "t10k"));
        Console.WriteLine(Line($"read: {Seconds(start):F1} s"));
        start = Stopwatch.GetTimestamp();
        var options = new ImageClassificationTrainer.Options
        {
            Epoch = epochs == 0 ? null : epochs,
            ValidationSetFraction = null,
            MetricsCallback = metrics => Console.WriteLine(Line($"{Seconds(start):F1} s: {metrics}")),
        };
        var model = context.MulticlassClassification.Trainers.ImageClassification(options).Fit(train);
        Console.WriteLine(Line($"fit: {Seconds(start):F1} s"));
        start = Stopwatch.GetTimestamp();
        double accuracy = context.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;
        Console.WriteLine(Line($"accuracy on {10_000} test digits: {accuracy:F4}, {Seconds(start):F1} s"));
        string file = Path.GetTempFileName();
        context.Model.Save(model, train.Schema, file);
        Console.WriteLine(Line($"model: {new FileInfo(file).Length} bytes"));
        for (int i = 0; i < 3; i++)
        {
            start = Stopwatch.GetTimestamp();
            new MLContext().Model.Load(file, out _);
            Console.WriteLine(Line($"load: {Seconds(start) * 1e3:F1} ms"));
        }
        File.Delete(file);
    }

    private static double Seconds(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Digit[] Read(string folder, string name)
    {
        byte[] pixels = Unpack(Path.Combine(folder, $"{name}-images-idx3-ubyte.gz")), labels = Unpack(Path.Combine(folder, $"{name}-labels-idx1-ubyte.gz"));
        var digits = new Digit[BinaryPrimitives.ReadInt32BigEndian(labels.AsSpan(4))];
        for (int i = 0; i < digits.Length; i++)
            digits[i] = new Digit { Label = labels[8 + i], Features = Array.ConvertAll(pixels[(16 + i * Side * Side)..(16 + (i + 1) * Side * Side)], pixel => (float)pixel) };
        return digits;
    }

    private static byte[] Unpack(string file)
    {
        using var unpacked = new MemoryStream();
        using var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        packed.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
