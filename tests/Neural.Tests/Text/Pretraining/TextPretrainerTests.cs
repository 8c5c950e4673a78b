using MLPipelines.Neural.Transformers;
using MLPipelines.Pretraining;
using MLPipelines.Tensors;

namespace MLPipelines.Neural.Tests.Text;

public sealed class TextPretrainerTests : IDisposable
{
    private const string SmallBert = """{ "model_type": "bert", "vocab_size": 1, "hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64, "max_position_embeddings": 32 }""";

    private readonly string _folder = Directory.CreateTempSubdirectory("pretraining").FullName;
    private readonly string _corpus, _config;

    public TextPretrainerTests()
    {
        _corpus = Path.Combine(_folder, "corpus.txt");
        File.WriteAllLines(_corpus, SmallTexts.Sentences);
        _config = Path.Combine(_folder, "config.json");
        File.WriteAllText(_config, SmallBert);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_hidden_is_learned_to_be_guessed()
    {
        TextPretrainingResult result = Pretrain("a", Options() with { Epochs = 60 });
        // A word that is not the first of equally likely ones can be guessed from the others: 4 of 8 words follow from the rest.
        Assert.InRange(result.MaskedAccuracy, 0.5, 1);
        Assert.Equal((72, 0, 7), (result.Texts, result.Repeated, result.HeldOut));
        Assert.Equal(["config.json", "merges.txt", "model.safetensors", "vocab.json"], Directory.GetFiles(Path.Combine(_folder, "a")).Select(Path.GetFileName).Intersect(["config.json", "merges.txt", "model.safetensors", "vocab.json"]).Order());
        var encoder = PretrainedEncoder.Open(Path.Combine(_folder, "a"));
        Assert.Equal(result.VocabularySize, encoder.Tokenizer.VocabularySize);
        Assert.Equal(result.Parameters, encoder.Create(new RandomSource(1)).ParameterCount);
        Assert.False(Directory.Exists(Path.Combine(_folder, "a.checkpoint")));
    }

    [Fact]
    public void Pretraining_that_was_broken_off_gives_the_same_bytes()
    {
        byte[] expected = Weights("whole", Options());
        using var stop = new CancellationTokenSource();
        var context = new MLContext(7);
        context.Environment.CancellationToken = stop.Token;
        context.Environment.Progress = new Stopping(3, stop);
        Assert.ThrowsAny<OperationCanceledException>(() => new TextPretrainer(context, Options()).Pretrain([_corpus], Path.Combine(_folder, "broken")));
        Assert.Single(Directory.GetFiles(Path.Combine(_folder, "broken.checkpoint")));
        Assert.False(Directory.Exists(Path.Combine(_folder, "broken")));
        int passes = 0;
        Assert.Equal(expected, Weights("broken", Options(), () => passes++));
        Assert.Equal(6 - 3, passes - 1);
    }

    [Fact]
    public void Pretraining_goes_on_from_an_encoder()
    {
        TextPretrainingResult first = Pretrain("first", Options() with { Epochs = 30 });
        TextPretrainingResult second = Pretrain("second", Options() with { ConfigFile = null, InitialWeights = Path.Combine(_folder, "first"), Epochs = 1, LearningRate = 1e-4 });
        Assert.Equal(first.VocabularySize, second.VocabularySize);
        Assert.InRange(second.ValidationLoss, 0, first.ValidationLoss + 0.5);
    }

    [Theory]
    [InlineData(TextArchitecture.NasBert)]
    [InlineData(TextArchitecture.Bert)]
    public void Both_architectures_are_there(TextArchitecture architecture)
    {
        TextPretrainingResult result = Pretrain("a", new TextPretrainingOptions { Architecture = architecture, Epochs = 1, VocabularySize = 330, MaxTokens = 16 });
        Assert.True(double.IsFinite(result.ValidationLoss));
        Assert.Equal(architecture == TextArchitecture.Bert ? typeof(BertDescription) : typeof(NasBertDescription), PretrainedEncoder.Open(Path.Combine(_folder, "a")).Description.GetType());
    }

    [Fact]
    public void A_student_comes_nearer_to_its_teacher()
    {
        Pretrain("teacher", Options() with { Epochs = 40 });
        TextPretrainingOptions student = Options() with { Teacher = Path.Combine(_folder, "teacher"), Epochs = 20 };
        double taught = Distance("taught", student), alone = Distance("alone", student with { Teacher = null, InitialWeights = null });
        Assert.InRange(taught, 0, 0.9 * alone);

        // The distance between the probabilities that both give to all tokens at hidden places.
        double Distance(string name, TextPretrainingOptions options)
        {
            Pretrain(name, options);
            return TeacherDistance.Between(Path.Combine(_folder, "teacher"), Path.Combine(_folder, name), SmallTexts.Sentences);
        }
    }

    [Fact]
    public void What_cannot_be_is_refused_before_anything_is_learned()
    {
        File.WriteAllText(Path.Combine(_folder, "few.txt"), "one\ntwo\n");
        Assert.Contains("too few", Assert.Throws<MLPipelinesException>(() => new TextPretrainer(new MLContext(1), Options()).Pretrain([Path.Combine(_folder, "few.txt")], Path.Combine(_folder, "a"))).Message, StringComparison.Ordinal);
        Assert.Contains("is a file", Assert.Throws<MLPipelinesException>(() => new TextPretrainer(new MLContext(1), Options()).Pretrain([_corpus], _corpus)).Message, StringComparison.Ordinal);
        Assert.Contains("which is not of an encoder", Assert.Throws<MLPipelinesException>(() => Pretrain(".", Options())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Pretrain("a", Options() with { MaskedShare = 0 }));
    }

    private TextPretrainingOptions Options() => new() { ConfigFile = _config, VocabularySize = 330, Epochs = 6, MaxTokens = 32, BatchSize = 8, LearningRate = 5e-3, ValidationShare = 0.1, CheckpointSeconds = 1000 };

    private TextPretrainingResult Pretrain(string output, TextPretrainingOptions options) => new TextPretrainer(new MLContext(7), options).Pretrain([_corpus], Path.Combine(_folder, output));

    private byte[] Weights(string output, TextPretrainingOptions options, Action? onReport = null)
    {
        var context = new MLContext(7);
        if (onReport is not null) context.Environment.Progress = new Counting(onReport);
        new TextPretrainer(context, options).Pretrain([_corpus], Path.Combine(_folder, output));
        return File.ReadAllBytes(Path.Combine(_folder, output, "model.safetensors"));
    }

    private sealed class Stopping(int after, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        // Passes are written down before the next report.
        public void Report(TrainingProgress value)
        {
            if (value.Iteration == after) stop.Cancel();
        }
    }

    private sealed class Counting(Action act) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => act();
    }
}
