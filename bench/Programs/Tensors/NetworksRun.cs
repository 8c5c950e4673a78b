using System.Diagnostics;
using System.Globalization;
using MLPipelines.Neural.Images;
using MLPipelines.Tensors;

namespace MLPipelines.Programs.Tensors;

/// <summary>
/// Whole training steps of the networks of bench/networks.py on one batch of random pictures, and the time of one prediction: the same lines of JSON as
/// PyTorch's side prints.
/// </summary>
internal static class NetworksRun
{
    private const int Batch = 64, Classes = 10;

    private static readonly (string Name, NetworkDescription Network, bool IsAdam)[] Networks =
    [
        ("small-28", new(NetworkKind.SmallConvolutional, 28, 28, 1, Classes, 32, []), true),
        ("small-32", new(NetworkKind.SmallConvolutional, 32, 32, 3, Classes, 32, []), true),
        ("separable-32", new(NetworkKind.DepthwiseSeparable, 32, 32, 3, Classes, 32, []), false),
        ("resnet18-32", new(NetworkKind.Residual, 32, 32, 3, Classes, 64, [2, 2, 2, 2]), false),
        ("resnet20-32", new(NetworkKind.Residual, 32, 32, 3, Classes, 16, [3, 3, 3]), false),
    ];

    /// <summary>Only the networks whose names contain the text.</summary>
    internal static void Run(string which)
    {
        foreach ((string name, NetworkDescription network, bool isAdam) in Networks)
            if (name.Contains(which, StringComparison.Ordinal)) Measure(name, network, isAdam, seconds: 6);
    }

    private static void Measure(string name, NetworkDescription description, bool isAdam, double seconds)
    {
        var random = new RandomSource(1);
        ImageNetwork network = description.Create(random);
        float[] pixels = [.. Enumerable.Range(0, Batch * description.PixelCount).Select(_ => random.NextSingle())];
        long[] labels = [.. Enumerable.Range(0, Batch).Select(_ => (long)random.Next(Classes))];
        Optimizer optimizer = isAdam ? new Adam(network.Parameters, 0.001f) : new Sgd(network.Parameters, 0.05f, 0.9f, weightDecay: 0.0005f);
        (double median, double least) = Seconds(seconds, 5, () =>
        {
            using var step = new Step();
            Tensor scores = network.Forward(Tensor.From(pixels, [Batch, description.Height, description.Width, description.Channels]));
            scores.CrossEntropy(Tensor.FromIndices(labels, [Batch])).Backward();
            optimizer.Step();
            optimizer.ClearGradients();
        });
        network.Train(isTraining: false);
        var input = new MLPipelines.Neural.Images.PictureInput(new Vision.ImageShape(description.Height, description.Width, description.Channels), NumberRange.OfBytes, new float[description.Channels], [.. Enumerable.Repeat(1f, description.Channels)]);
        var model = new Vision.ImageClassificationModelParameters(description, input, flips: false, network);
        float[] scores = new float[Classes], one = [.. pixels.Take(description.PixelCount).Select(value => value * 255)];
        (double latency, double leastLatency) = Seconds(seconds / 3, 50, () => model.Score(MLPipelines.Data.RowVector<float>.Dense(one), scores));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $$"""{"network": "{{name}}", "layout": "NHWC", "parameters": {{network.ParameterCount}}, "imagesPerSecond": {{Batch / median:F1}}, "best": {{Batch / least:F1}}, "predictionMs": {{latency * 1e3:F3}}, "bestPredictionMs": {{leastLatency * 1e3:F3}}}"""));
    }

    private static (double Median, double Least) Seconds(double seconds, int count, Action work)
    {
        for (int i = 0; i < 3; i++) work();
        List<double> times = [];
        long start = Stopwatch.GetTimestamp();
        while (times.Count < count || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            long one = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(one).TotalSeconds);
        }
        times.Sort();
        return (times[times.Count / 2], times[0]);
    }
}
