using MLPipelines.Tensors;
using MLPipelines.Testing;
using MLPipelines.TorchSharp;
using MLPipelines.TorchSharp.NasBert;
using Xunit;
using static MLPipelines.TorchSharp.NasBert.TextClassificationTrainer;

namespace MLPipelines.Neural.Tests.Text;

public sealed class TextResumeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoints").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(TextNetwork.NasBert, false)]
    [InlineData(TextNetwork.BiLstm, true)]
    public void Training_that_was_broken_off_gives_the_same_bits(TextNetwork network, bool isValidated)
    {
        byte[] expected = Fit(Options(network, isValidated, null), default);
        using var stopping = new CancellationTokenSource();
        int seen = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => Fit(Options(network, isValidated, _folder), stopping.Token, progress =>
        {
            if (++seen == 3) stopping.Cancel();
        }));
        Assert.EndsWith(".checkpoint.safetensors", Assert.Single(Directory.GetFiles(_folder)), StringComparison.Ordinal);
        List<int> passes = [];
        Assert.Equal(expected, Fit(Options(network, isValidated, _folder), default, progress => passes.Add(progress.Iteration)));
        Assert.Equal([2, 3, 4], passes);
        Assert.EndsWith("TextClassification.safetensors", Assert.Single(Directory.GetFiles(_folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_learning_rate_begins_anew()
    {
        using var stopping = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Fit(Options(TextNetwork.TextCnn, false, _folder), stopping.Token, progress =>
        {
            if (progress.Iteration == 2) stopping.Cancel();
        }));
        List<int> passes = [];
        TextClassificationOptions other = Options(TextNetwork.TextCnn, false, _folder);
        other.FromScratchLearningRate = 2e-3;
        Fit(other, default, progress => passes.Add(progress.Iteration));
        Assert.Equal([0, 1, 2, 3, 4], passes);
    }

    [Fact]
    public void What_is_frozen_keeps_its_bits()
    {
        Fit(Options(TextNetwork.NasBert, false, _folder), default);
        string weights = Path.Combine(_folder, "TextClassification.safetensors");
        StateDictionary free = StateDictionary.Load(weights);
        TextClassificationOptions options = Options(TextNetwork.NasBert, false, _folder);
        options.FrozenPrefixes = ["encoder.TokenEmbedding", "encoder.Layers.0"];
        options.MaxEpoch = 1;
        Fit(options, default);
        StateDictionary first = StateDictionary.Load(weights);
        options.MaxEpoch = 3;
        Fit(options, default);
        StateDictionary second = StateDictionary.Load(weights);
        foreach (var (name, tensor) in second)
        {
            bool isFrozen = options.FrozenPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
            Assert.True(isFrozen == tensor.ToArray().AsSpan().SequenceEqual(first[name].ToArray()), name);
        }
        Assert.NotEqual(free["encoder.TokenEmbedding.weight"].ToArray(), second["encoder.TokenEmbedding.weight"].ToArray());
    }

    [Fact]
    public void A_frozen_encoder_leaves_only_the_head_to_learn()
    {
        TextClassificationOptions options = Options(TextNetwork.Bert, false, _folder);
        options.FreezeEncoder = true;
        options.MaxEpoch = 1;
        Fit(options, default);
        string weights = Path.Combine(_folder, "TextClassification.safetensors");
        StateDictionary first = StateDictionary.Load(weights);
        options.MaxEpoch = 2;
        Fit(options, default);
        foreach (var (name, tensor) in StateDictionary.Load(weights))
            Assert.True(name.StartsWith("encoder.", StringComparison.Ordinal) == tensor.ToArray().AsSpan().SequenceEqual(first[name].ToArray()), name);
        options.FrozenPrefixes = ["head."];
        Assert.Contains("every parameter is frozen", Assert.Throws<ArgumentException>(() => Fit(options, default)).Message, StringComparison.Ordinal);
    }

    private static TextClassificationOptions Options(TextNetwork network, bool isValidated, string? folder)
    {
        var options = LabelledSentences.Scratch<TextClassificationOptions>(network, 4);
        (options.WorkspacePath, options.ValidationSet) = (folder, isValidated ? LabelledSentences.Classified(20) : null);
        return options;
    }

    private static byte[] Fit(TextClassificationOptions options, CancellationToken cancellation, Action<TrainingProgress>? report = null)
    {
        var context = new MLContext(3) { CancellationToken = cancellation, Progress = report is null ? null : new Synchronous(report) };
        MemoryView data = LabelledSentences.Classified(30);
        using var stream = new MemoryStream();
        context.Model.Save(context.MulticlassClassification.Trainers.TextClassification(options).Fit(data), data.Schema, stream);
        return stream.ToArray();
    }

    private sealed class Synchronous(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
