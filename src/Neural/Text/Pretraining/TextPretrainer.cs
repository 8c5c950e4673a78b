using System.Globalization;
using MLPipelines.Neural.Text;
using MLPipelines.Neural.Training;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;
using MLPipelines.Tokenizers;

namespace MLPipelines.Pretraining;

/// <summary>
/// Teaches a text encoder a language from texts without labels: it guesses hidden tokens (masked language modelling; Devlin and others 2019). The result is a folder as Hugging Face
/// has it, from which classifiers and other models are fine-tuned.
/// </summary>
/// <param name="context">Its seed, progress and cancellation.</param>
/// <param name="options">How; <see langword="null"/> for the defaults.</param>
public sealed class TextPretrainer(MLContext context, TextPretrainingOptions? options = null)
{
    private const string Stage = "pretraining";

    /// <summary>What an encoder's folder consists of.</summary>
    private static readonly string[] EncoderFiles = [PretrainedEncoder.ConfigFile, "model.safetensors", "vocab.txt", "vocab.json", "merges.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"];

    private const int MostHeldOut = 2000, LeastTexts = 20;

    private readonly TextPretrainingOptions _options = options ?? new();
    private readonly TrainingEnvironment _environment = context.Environment;

    /// <summary>Learns from files and writes the encoder.</summary>
    /// <param name="corpus">Text files with a text per line, tables with a column of texts, folders and archives with a text per file.</param>
    /// <param name="output">The folder that is written when all is done; one that holds an encoder is replaced.</param>
    /// <exception cref="MLPipelinesException">A file cannot be read, or there is too little text.</exception>
    public TextPretrainingResult Pretrain(IReadOnlyCollection<string> corpus, string output)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentException.ThrowIfNullOrEmpty(output);
        _options.Check();
        CheckOutput(output);
        TextCorpus texts = TextCorpus.Read(corpus, _options.TextColumn, _environment.CancellationToken);
        if (texts.Texts.Count < LeastTexts) throw new MLPipelinesException($"{texts.Texts.Count} texts are too few to learn a language from; thousands are wanted.");
        (PretrainedEncoder encoder, TextPretrainingResult result) = Learn(texts, _options.Workspace ?? $"{Path.TrimEndingDirectorySeparator(output)}.checkpoint");
        Write(encoder, output);
        return result;
    }

    private (PretrainedEncoder, TextPretrainingResult) Learn(TextCorpus texts, string workspace)
    {
        int drawn = _environment.SeedFor(Stage);
        PretrainedEncoder? teacher = Open(_options.Teacher), start = Open(_options.InitialWeights);
        Tokenizer tokenizer = (start ?? teacher)?.Tokenizer ?? LearnTokens(texts.Texts);
        EncoderDescription description = start?.Description ?? Describe(tokenizer);
        var corpus = TokenCorpus.Of(texts.Texts, tokenizer, Math.Min(_options.MaxTokens, description.MaxTokens), _environment.CancellationToken);

        var checkpoint = new Checkpoint(workspace, "encoder", FingerprintOf(description, corpus, start ?? teacher));
        StateDictionary? resumed = checkpoint.Read();
        // Without a seed, the one that was drawn when training began.
        int seed = resumed is null ? drawn : Checkpoint.PositionOf(resumed).Seed;
        var random = new RandomSource((ulong)(uint)seed);
        var model = new MaskedLanguageModel(description, random);
        if (start is not null) model.Load(start);
        Distillation? distillation = teacher is null ? null : new Distillation(teacher, model, (float)_options.Temperature, random);
        Module learning = distillation is null ? model : new StudentAndMap(model, distillation);

        (int[] learned, int[] held, int heldTexts) = Split(corpus, texts.Texts.Count, seed);
        var masking = new TokenMasking(tokenizer, (float)_options.MaskedShare, _options.WholeWords);
        var task = new MaskedLanguageTask(model, corpus, learned, masking, distillation);
        MaskedLanguageTask? validation = held.Length == 0 ? null : new MaskedLanguageTask(model, corpus, held, masking);
        var training = new TextTraining(Settings(), _environment, learning, random, task, validation, seed);
        training.Run(checkpoint, resumed);
        Directory.Delete(workspace, recursive: true);

        var (accuracy, loss) = training.BestResult;
        return (new PretrainedEncoder(description, tokenizer, model.Named()), new TextPretrainingResult(texts.Texts.Count, texts.Repeated, heldTexts, corpus.Ids.Length, tokenizer.VocabularySize,
            model.Encoder.ParameterCount, validation is null ? double.NaN : accuracy, validation is null ? double.NaN : loss));
    }

    private TextTrainingSettings Settings() => new(Stage, _options.BatchSize, _options.Epochs, _options.LearningRate)
    {
        WarmUpRatio = _options.WarmUpRatio,
        WeightDecay = _options.WeightDecay,
        // As RoBERTa was trained (Liu and others 2019).
        Beta2 = 0.98,
        Epsilon = 1e-6,
        TimeLimit = _options.TimeLimit,
        CheckpointSeconds = _options.CheckpointSeconds,
    };

    private static PretrainedEncoder? Open(string? nameOrPath) => nameOrPath is null ? null : PretrainedEncoder.Open(ModelCache.Default.Resolve(nameOrPath));

    private Tokenizer LearnTokens(IReadOnlyList<string> texts)
    {
        // A text of a million characters gives 8,000 tokens that come often enough to learn what they mean.
        long characters = texts.Sum(text => (long)text.Length);
        var learned = new TokenizerTrainingOptions { VocabularySize = _options.VocabularySize ?? (int)Math.Clamp(8 * Math.Sqrt(characters), 1000, 30_000) };
        TokenizerKind kind = _options.Tokenizer ?? (_options.Architecture == TextArchitecture.Bert ? TokenizerKind.WordPieces : TokenizerKind.BytePairs);
        return kind == TokenizerKind.WordPieces ? BertTokenizer.Train(texts, learned, _environment.CancellationToken) : BpeTokenizer.Train(texts, learned, _environment.CancellationToken);
    }

    private EncoderDescription Describe(Tokenizer tokenizer)
    {
        int padding = tokenizer.SpecialTokens.Padding ?? throw new MLPipelinesException("The tokenizer has no token for padding, such as [PAD] or <pad>.");
        EncoderDescription described = _options.ConfigFile is { } file ? EncoderDescription.FromJson(File.ReadAllText(file), file)
            : _options.Architecture == TextArchitecture.NasBert ? new NasBertDescription { VocabularySize = 0, PaddingId = 0 }
            : new BertDescription { VocabularySize = 0, PaddingId = 0, Size = 256, LayerCount = 4, HeadCount = 4, InnerSize = 1024 };
        return described with { VocabularySize = tokenizer.VocabularySize, PaddingId = padding };
    }

    /// <summary>Which sequences are learned, and which, of texts drawn by the seed, are held out.</summary>
    private (int[] Learned, int[] HeldOut, int HeldTexts) Split(TokenCorpus corpus, int texts, int seed)
    {
        int[] order = [.. Enumerable.Range(0, texts)];
        new RandomSource((ulong)(uint)seed).Shuffle<int>(order);
        int count = (int)Math.Min(texts * _options.ValidationShare, MostHeldOut);
        HashSet<int> held = [.. order.Take(count)];
        ILookup<bool, int> sequences = Enumerable.Range(0, corpus.Count).ToLookup(sequence => held.Contains(corpus.TextOf(sequence)));
        return ([.. sequences[false]], [.. sequences[true]], count);
    }

    private ulong FingerprintOf(EncoderDescription description, TokenCorpus corpus, PretrainedEncoder? begin) => Fingerprint.Of(string.Create(CultureInfo.InvariantCulture,
        $"{description.ToJson()}|{_options with { Workspace = null, CheckpointSeconds = 0 }}|{Fingerprint.Of(corpus.Ids)}|{Fingerprint.Of(corpus.Lengths)}|{begin?.Weights.Count}|{_environment.Seed}"));

    private static void CheckOutput(string output)
    {
        if (File.Exists(output)) throw new MLPipelinesException($"{output} is a file; the encoder is written as a folder.");
        if (!Directory.Exists(output)) return;
        // It will be replaced as a whole.
        string[] others = [.. Directory.EnumerateFileSystemEntries(output).Select(Path.GetFileName).OfType<string>().Where(name => !EncoderFiles.Contains(name))];
        if (others.Length > 0) throw new MLPipelinesException($"The folder {output} holds {others[0]}, which is not of an encoder. Choose another, or empty it.");
    }

    /// <summary>Writes beside the folder and exchanges them: a crash leaves the old one or the new one.</summary>
    private static void Write(PretrainedEncoder encoder, string output)
    {
        string place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)), beside = $"{place}.new";
        if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        encoder.Save(beside);
        if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
        Directory.Move(beside, place);
    }

    /// <summary>What is learned in distillation: the student, and the map from its vectors to the teacher's.</summary>
    private sealed class StudentAndMap : Module
    {
        internal StudentAndMap(MaskedLanguageModel student, Distillation map)
        {
            Add("student", student);
            Add("map", map);
        }
    }
}
