using System.Diagnostics;
using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Neural.Training;
using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;
using MLPipelines.Tokenizers;

namespace MLPipelines.Scenarios.TextGeneration;

/// <summary>
/// Learns to continue texts: a vocabulary of byte pairs from the texts, then a decoder of GPT-2's architecture that tells which token comes next. The same seed gives the same weights, bit for
/// bit, for any number of threads and whether or not training was broken off in between; with a limit of time they follow from the time as well.
/// </summary>
/// <param name="context">The context; its seed fixes the result.</param>
/// <param name="options">How.</param>
public sealed class TextGenerationTrainer(MLContext context, TextGenerationTrainingOptions options)
{
    private const string Name = "TextGeneration";

    /// <summary>Learns from the texts of a file; blank lines separate them.</summary>
    /// <param name="path">The file, in UTF-8, plain or <c>.gz</c>.</param>
    public TextGenerationResult Train(string path) => Train(TextCorpus.Read(path));

    /// <summary>Learns from texts, which are held in memory.</summary>
    /// <param name="corpus">The texts.</param>
    /// <exception cref="MLPipelinesException">There is too little text, or the initial model cannot be read.</exception>
    public TextGenerationResult Train(TextCorpus corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        options.Check();
        if (corpus.Texts.Count == 0) throw new MLPipelinesException($"{corpus.Source} has no text to learn from.");
        LanguageModel? initial = options.InitialModel is { } path ? TextGenerator.Load(path).Model.LanguageModel : null;
        Tokenizer tokenizer = initial?.Tokenizer ?? BpeTokenizer.Train(corpus.Texts,
            new TokenizerTrainingOptions { VocabularySize = TextGenerationPlan.VocabularySize(options, corpus), SpecialTokens = [SpecialTokens.EndOfText] }, context.CancellationToken);
        int? endToken = initial is null ? tokenizer.IdOf(SpecialTokens.EndOfText) : initial.EndToken;
        int[] tokens = TextGenerationPlan.Tokens(corpus, tokenizer, endToken, context.CancellationToken);
        if (tokens.Length < 8) throw new MLPipelinesException($"{corpus.Source} has {tokens.Length} tokens; that is too little to learn from.");
        DecoderDescription network = initial?.Description ?? TextGenerationPlan.Network(options, tokenizer.VocabularySize, tokens.Length, endToken);
        DecoderTrainingSettings settings = TextGenerationPlan.Training(options, tokens.Length, network.MaxTokens);
        int validation = TextGenerationPlan.Validation(options, tokens.Length, settings.WindowSize);

        Checkpoint? checkpoint = options.Workspace is null ? null
            : new Checkpoint(options.Workspace, "text-generation", Fingerprint.Of($"{network}|{settings}|{options.InitialModel}|{validation}|{Fingerprint.Of(tokens)}|{context.Environment.Seed}"));
        StateDictionary? resumed = checkpoint?.Read();
        int seed = resumed is null ? context.Environment.SeedFor(Name) : Checkpoint.PositionOf(resumed).Seed;
        var random = new RandomSource((ulong)(uint)seed);
        TextDecoder decoder = network.Create(random);
        if (initial is not null) decoder.Load(initial.Decoder.State());
        List<TextTrainingPass> passes = [];
        long start = Stopwatch.GetTimestamp();
        var training = new DecoderTraining(Name, settings, context.Environment, decoder, random, tokens, validation, seed, Ended);
        training.Run(checkpoint, resumed);
        string described = string.Create(CultureInfo.InvariantCulture,
            $"GPT-2 architecture of {network.Layers} layers, hidden size {network.HiddenSize}, {network.Heads} heads, {tokenizer.VocabularySize:N0} tokens, context {network.MaxTokens}; {network.ParameterCount:N0} parameters");
        return new TextGenerationResult(new TextGenerator(new TextGenerationTransformer(new LanguageModel(decoder, tokenizer), options.Generation)), described, passes, corpus.Texts.Count, tokens.Length - validation, validation,
            validation == 0 ? double.NaN : training.BestLoss);

        void Ended(DecoderPass told)
        {
            double seconds = Math.Max(1e-9, Stopwatch.GetElapsedTime(start).TotalSeconds);
            start = Stopwatch.GetTimestamp();
            var pass = new TextTrainingPass(told.Number, settings.Epochs, told.Loss, told.ValidationLoss, told.Tokens / seconds, seconds);
            passes.Add(pass);
            options.PassEnded?.Invoke(pass);
        }
    }
}
