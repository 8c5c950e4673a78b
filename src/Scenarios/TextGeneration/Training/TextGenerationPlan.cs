using MLPipelines.Neural.Transformers;
using MLPipelines.Tokenizers;

namespace MLPipelines.Scenarios.TextGeneration;

/// <summary>The options, with what they leave open chosen by how much text there is.</summary>
internal static class TextGenerationPlan
{
    // On two cores a network of a size learns so much in minutes rather than hours; see docs/design/text-generation.md.
    private static readonly (int Tokens, int Hidden, int Layers)[] Sizes = [(100_000, 128, 3), (2_000_000, 256, 4), (int.MaxValue, 384, 6)];

    private const int TokensLearned = 4_000_000, LeastSteps = 300;

    /// <summary>One token for about fifty characters: so often that each is seen a few times.</summary>
    internal static int VocabularySize(TextGenerationTrainingOptions options, TextCorpus corpus) => options.VocabularySize ?? (int)Math.Clamp(corpus.Length / 50, 512, 8192);

    internal static DecoderDescription Network(TextGenerationTrainingOptions options, int vocabulary, int tokens, int? endToken)
    {
        (_, int hidden, int layers) = Array.Find(Sizes, size => tokens <= size.Tokens);
        int size = options.HiddenSize ?? (options.Heads is { } given ? (hidden + given - 1) / given * given : hidden);
        float dropout = (float)(options.Dropout ?? (tokens < 20_000_000 ? 0.1 : 0));
        return new DecoderDescription(vocabulary, options.ContextLength, size, options.Layers ?? layers, options.Heads ?? Heads(size)) { Dropout = dropout, AttentionDropout = dropout, EndToken = endToken };
    }

    internal static DecoderTrainingSettings Training(TextGenerationTrainingOptions options, int tokens, int context)
    {
        int window = options.InitialModel is null ? context : Math.Min(options.WindowSize ?? 256, context);
        int enough = Math.Max(Math.Clamp(TokensLearned / tokens, 2, 40), LeastSteps / Math.Max(1, tokens / (options.BatchSize * window)));
        // Where there is a limit of time, it says how many passes there are.
        return new DecoderTrainingSettings(options.BatchSize, window, options.Epochs ?? (options.TimeLimit is null ? enough : 1000), options.LearningRate ?? (options.InitialModel is null ? 1e-3 : 5e-5))
        {
            WarmUpRatio = options.WarmUpRatio,
            WeightDecay = options.WeightDecay,
            ClipLength = options.GradientClipping,
            TimeLimit = options.TimeLimit,
            CheckpointSeconds = options.CheckpointSeconds,
        };
    }

    /// <summary>All texts as one row of tokens, each text after an end token.</summary>
    internal static int[] Tokens(TextCorpus corpus, Tokenizer tokenizer, int? endToken, CancellationToken cancellation)
    {
        var tokens = new List<int>();
        var list = new TokenList();
        foreach (string text in corpus.Texts)
        {
            cancellation.ThrowIfCancellationRequested();
            if (endToken is { } begin) tokens.Add(begin);
            list.Clear();
            tokenizer.Encode(text, list);
            tokens.AddRange(list.Ids);
        }
        return [.. tokens];
    }

    /// <summary>How many tokens at the end it is measured by: none where they would be less than a window.</summary>
    internal static int Validation(TextGenerationTrainingOptions options, int tokens, int window) => (int)(tokens * options.ValidationShare) is var held && held >= window ? held : 0;

    private static int Heads(int hidden)
    {
        for (int heads = Math.Max(1, hidden / 48); heads > 1; heads--)
            if (hidden % heads == 0) return heads;
        return 1;
    }
}
