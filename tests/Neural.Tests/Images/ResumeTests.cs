using MLPipelines.Tensors;
using MLPipelines.Testing;
using MLPipelines.Vision;

namespace MLPipelines.Neural.Tests.Images;

public sealed class ResumeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoints").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(4, 0, 60.0)]
    [InlineData(4, 3, 0.0)]
    [InlineData(0, 2, 0.0)]
    public void Training_that_was_broken_off_gives_the_same_bits(int pass, int batch, double checkpointSeconds)
    {
        byte[] expected = Weights(new ImageClassificationTrainer.Options { MetricsCallback = _ => { }, ValidationSetFraction = null, LearningRateScheduler = new BreakingSchedule() }, null);
        // Broken off after a pass, or in the middle of one, when some batches of it were learned.
        Assert.ThrowsAny<OperationCanceledException>(() => Weights(Options(checkpointSeconds, stop: (pass, batch)), _stopping.Token));
        Assert.Single(Directory.GetFiles(_folder), file => file.EndsWith(".checkpoint.safetensors", StringComparison.Ordinal));
        int passes = 0;
        Assert.Equal(expected, Weights(Options(checkpointSeconds, onPass: _ => passes++), null));
        Assert.Equal(6 - pass, passes);
        Assert.EndsWith("mine_SmallConvolutional.safetensors", Assert.Single(Directory.GetFiles(_folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_options_begin_anew()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => Weights(Options(60, stop: (2, 1)), _stopping.Token));
        int passes = 0;
        ImageClassificationTrainer.Options other = Options(60, onPass: _ => passes++);
        other.LabelSmoothing = 0.1f;
        Weights(other, null);
        Assert.Equal(6, passes);
    }

    [Fact]
    public void A_damaged_checkpoint_is_named()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => Weights(Options(60, stop: (2, 1)), _stopping.Token));
        string file = Assert.Single(Directory.GetFiles(_folder));
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^10]);
        Assert.Contains(file, Assert.Throws<MLPipelinesException>(() => Weights(Options(60), null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_written_at_the_end_are_good_to_start_with()
    {
        Weights(Options(60), null);
        var context = new MLContext(1);
        MemoryView data = PatternPictures.Pictures(30, colored: true);
        string file = Path.Combine(_folder, "mine_SmallConvolutional.safetensors");
        var model = context.MulticlassClassification.Trainers.ImageClassification(new ImageClassificationTrainer.Options
        {
            Arch = ImageClassificationTrainer.Architecture.SmallConvolutional,
            InitialWeights = file,
            FrozenPrefixes = ["conv"],
            Epoch = 1,
        }).Fit(data);
        StateDictionary before = StateDictionary.Load(file), after = ModelWeights(model, data);
        Assert.Equal(before["conv2.weight"].ToArray(), after["conv2.weight"].ToArray());
        Assert.NotEqual(before["fc.weight"].ToArray(), after["fc.weight"].ToArray());
    }

    private readonly CancellationTokenSource _stopping = new();

    private ImageClassificationTrainer.Options Options(double checkpointSeconds, (int Pass, int Batch)? stop = null, Action<int>? onPass = null) => new()
    {
        WorkspacePath = _folder,
        FinalModelPrefix = "mine_",
        CheckpointSeconds = checkpointSeconds,
        ValidationSetFraction = null,
        MetricsCallback = metrics => onPass?.Invoke(metrics.Train!.Epoch),
        LearningRateScheduler = new BreakingSchedule { At = stop, Break = _stopping.Cancel },
    };

    private static byte[] Weights(ImageClassificationTrainer.Options options, CancellationToken? cancellation)
    {
        (options.Epoch, options.BatchSize, options.Arch) = (6, 8, ImageClassificationTrainer.Architecture.SmallConvolutional);
        var context = new MLContext(3) { CancellationToken = cancellation ?? default };
        MemoryView data = PatternPictures.Pictures(45, colored: true);
        using var stream = new MemoryStream();
        context.Model.Save(context.MulticlassClassification.Trainers.ImageClassification(options).Fit(data), data.Schema, stream);
        return stream.ToArray();
    }

    /// <summary>A constant rate; it breaks training off before a batch, when asked to.</summary>
    private sealed class BreakingSchedule : Trainers.LearningRateScheduler
    {
        internal (int Pass, int Batch)? At { get; init; }

        internal Action Break { get; init; } = () => { };

        internal override float GetLearningRate(Trainers.TrainState state, float learningRate)
        {
            if (At == (state.Epoch, state.Batch)) Break();
            return 0.003f;
        }
    }

    private static StateDictionary ModelWeights(MulticlassPredictionTransformer<ImageClassificationModelParameters> model, MemoryView data)
    {
        _ = data;
        var state = new StateDictionary();
        foreach (NamedTensor weight in model.Model.Weights) state.Add(weight);
        return state;
    }
}
