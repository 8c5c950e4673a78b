using System.Diagnostics;
using MLPipelines.Vision;
using static MLPipelines.Vision.ImageClassificationTrainer.ImageClassificationMetrics;

namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>Collects what the trainer says of each pass, and passes its progress on.</summary>
/// <param name="imageCount">How many pictures a pass has.</param>
/// <param name="isValidated">Whether each pass is measured by validation pictures.</param>
/// <param name="ended">Is told of each pass.</param>
internal sealed class PassObserver(int imageCount, bool isValidated, Action<TrainingPass>? ended) : IProgress<TrainingProgress>
{
    private readonly List<TrainingPass> _passes = [];
    private long _start = Stopwatch.GetTimestamp();
    private int _count;
    private ImageClassificationTrainer.TrainMetrics? _train;

    internal IReadOnlyList<TrainingPass> Passes => _passes;

    /// <summary>The trainer says how many passes there will be when it begins the first one.</summary>
    public void Report(TrainingProgress value)
    {
        if (_count == 0) _start = Stopwatch.GetTimestamp();
        _count = value.IterationCount;
    }

    internal void Add(ImageClassificationTrainer.ImageClassificationMetrics metrics)
    {
        if (metrics.Train is not { } told) return;
        bool isTrain = told.DatasetUsed == Dataset.Train;
        if (isTrain) _train = told;
        // Validation pictures are measured after those that were learned from.
        if (isTrain == isValidated) return;
        double seconds = Math.Max(1e-9, Stopwatch.GetElapsedTime(_start).TotalSeconds);
        _start = Stopwatch.GetTimestamp();
        var pass = new TrainingPass(told.Epoch + 1, _count, _train?.CrossEntropy ?? double.NaN, _train?.Accuracy ?? double.NaN,
            isValidated ? told.CrossEntropy : double.NaN, isValidated ? told.Accuracy : double.NaN, imageCount / seconds, seconds);
        _passes.Add(pass);
        ended?.Invoke(pass);
    }
}
