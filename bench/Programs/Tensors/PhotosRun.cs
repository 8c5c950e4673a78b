using System.Diagnostics;
using System.Globalization;
using MLPipelines.Vision;

namespace MLPipelines.Programs.Tensors;

/// <summary>Image classification of photos in a folder for each class, the way that ML.NET's tutorial goes: four fifths to learn from, the rest to measure by.</summary>
internal static class PhotosRun
{
    private sealed class Photo
    {
        public string Path { get; init; } = "";

        public string Class { get; init; } = "";
    }

    /// <param name="folder">It holds a folder for each class.</param>
    /// <param name="epochs">Passes over the training set; 0 for the default.</param>
    /// <param name="side">What photos are brought to; the default where there is none.</param>
    internal static void Run(string folder, int epochs, int? side)
    {
        var context = new MLContext(1);
        Photo[] photos = [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)
            .SelectMany(of => Directory.GetFiles(of).Order(StringComparer.Ordinal).Select(file => new Photo { Path = file, Class = Path.GetFileName(of) }))];
        IDataView all = context.Data.ShuffleRows(context.Data.LoadFromEnumerable(photos));
        var parts = context.Data.TrainTestSplit(all, 0.2);
        var prepared = context.Transforms.Conversion.MapValueToKey("Label", nameof(Photo.Class)).Append(context.Transforms.LoadRawImageBytes("Features", null, nameof(Photo.Path))).Fit(all);
        long start = Stopwatch.GetTimestamp();
        var model = context.MulticlassClassification.Trainers.ImageClassification(new ImageClassificationTrainer.Options
        {
            Epoch = epochs == 0 ? null : epochs,
            ImageSize = side is { } length ? (length, length) : null,
            ValidationSet = prepared.Transform(parts.TestSet),
            MetricsCallback = metrics => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s: {metrics}")),
        }).Fit(prepared.Transform(parts.TrainSet));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{photos.Length} photos, {model.Model.Shape}, {model.Model.ParameterCount} parameters: {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"accuracy: {context.MulticlassClassification.Evaluate(model.Transform(prepared.Transform(parts.TestSet))).MicroAccuracy:F4}"));
    }
}
