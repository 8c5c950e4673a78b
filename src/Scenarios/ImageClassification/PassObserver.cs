using System.Diagnostics;
using MLPipelines.Vision;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>Collects what the trainer says of each pass.</summary>
/// <param name="imageCount">How many pictures a pass has.</param>
/// <param name="isValidated">Whether each pass is measured by validation pictures.</param>
/// <param name="ended">Is told of each pass.</param>
internal sealed class PassObserver(int imageCount, bool isValidated, Action<TrainingPass>? ended)
{
    private readonly List<TrainingPass> _passes = [];
    private long _start = Stopwatch.GetTimestamp();
    private ImageClassificationTrainer.TrainMetrics? _train;

    internal IReadOnlyList<TrainingPass> Passes => _passes;

    /// <summary>How many passes there will be, once it is known.</summary>
    internal int Count { get; set; }

    internal void Add(ImageClassificationTrainer.ImageClassificationMetrics metrics)
    {
        if (metrics.Train is not { } told) return;
        bool isTrain = told.DatasetUsed == ImageClassificationTrainer.ImageClassificationMetrics.Dataset.Train;
        if (isTrain) _train = told;
        if (isTrain == isValidated) return;
        ImageClassificationTrainer.TrainMetrics? validation = isValidated ? told : null;
        double seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        _start = Stopwatch.GetTimestamp();
        var pass = new TrainingPass(told.Epoch + 1, Count, _train?.CrossEntropy ?? double.NaN, _train?.Accuracy ?? double.NaN,
            validation?.CrossEntropy ?? double.NaN, validation?.Accuracy ?? double.NaN, imageCount / Math.Max(1e-9, seconds));
        _passes.Add(pass);
        ended?.Invoke(pass);
    }
}
