using MLPipelines.Neural.Transformers;
using MLPipelines.Tensors;

namespace MLPipelines.Scenarios.TextGeneration;

/// <summary>The continuation of one prompt, token by token. It serves one thread at a time.</summary>
internal sealed class GenerationRun : IDisposable
{
    private readonly LanguageModel _model;
    private readonly TextGenerationOptions _options;
    private readonly KeyValueCache _cache;
    private readonly TokenSampler _sampler;
    private readonly TextPieces _pieces;
    private readonly StopTexts _stops;
    private readonly List<int> _tokens;
    private readonly float[] _scores;
    private readonly int _promptLength;

    /// <param name="model">The model.</param>
    /// <param name="prompt">At least one token, and fewer than the model sees at once.</param>
    /// <param name="options">Checked.</param>
    /// <param name="seed">The same seed draws the same.</param>
    internal GenerationRun(LanguageModel model, IReadOnlyCollection<int> prompt, TextGenerationOptions options, ulong seed)
    {
        (_model, _options, _promptLength) = (model, options, prompt.Count);
        _tokens = new List<int>(prompt.Count + Math.Min(options.MaxTokens, 4096));
        _tokens.AddRange(prompt);
        _cache = new KeyValueCache(model.Description, (int)Math.Min((long)prompt.Count + options.MaxTokens, model.Description.MaxTokens));
        // What the network has beyond the tokenizer's tokens fills up its table and is never drawn.
        _scores = new float[model.Description.VocabularySize];
        _sampler = new TokenSampler(options, model.Tokenizer.VocabularySize, seed);
        _pieces = new TextPieces(model.Tokenizer);
        _stops = new StopTexts(options.StopTexts);
        foreach (int token in prompt) _sampler.Note(token);
    }

    /// <summary>Why it ended; <see langword="null"/> as long as it goes on.</summary>
    internal StopReason? StopReason { get; private set; }

    /// <summary>How many tokens were generated, the end token among them.</summary>
    internal int Count => _tokens.Count - _promptLength;

    /// <summary>Generates a token; the text that can be shown of it, which may be empty.</summary>
    internal string Next()
    {
        Compute();
        return Accept();
    }

    /// <summary>Generates a token of each of several runs, which read the weights together.</summary>
    /// <param name="runs">Runs of one model that go on.</param>
    /// <param name="added">Receives the text that each adds.</param>
    internal static void Next(ReadOnlySpan<GenerationRun> runs, Span<string> added)
    {
        LanguageModel model = runs[0]._model;
        GenerationRun[] together = [.. runs.ToArray().Where(run => run._cache.Length > 0 && run._cache.Length < run._cache.Capacity)];
        if (together.Length > 1)
        {
            using var quiet = new NoGradient();
            using var step = new Step();
            Tensor scores = model.Decoder.Continue([.. together.Select(run => run._tokens[^1])], [.. together.Select(run => run._cache)]);
            for (int i = 0; i < together.Length; i++) scores.Select(0, i).CopyTo(together[i]._scores);
        }
        for (int i = 0; i < runs.Length; i++)
        {
            if (together.Length <= 1 || !together.Contains(runs[i])) runs[i].Compute();
            added[i] = runs[i].Accept();
        }
    }

    public void Dispose() => _cache.Dispose();

    /// <summary>The scores of what comes next. In steady state nothing is allocated.</summary>
    private void Compute()
    {
        using var quiet = new NoGradient();
        using var step = new Step();
        Span<int> tokens = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_tokens);
        if (_cache.Length == _cache.Capacity) _cache.Clear();
        if (_cache.Length > 0)
        {
            _model.Decoder.Continue(tokens[^1..], [_cache]).Select(0, 0).CopyTo(_scores);
            return;
        }
        // Where the model sees no more, it goes on from the latter half of what it saw.
        if (tokens.Length >= _cache.Capacity && tokens.Length > _promptLength) tokens = tokens[^Math.Max(1, _cache.Capacity / 2)..];
        _model.Decoder.Begin(tokens, _cache).CopyTo(_scores);
    }

    private string Accept()
    {
        int token = _sampler.Choose(_scores.AsSpan(0, _model.Tokenizer.VocabularySize));
        _tokens.Add(token);
        _sampler.Note(token);
        bool isEnd = token == _model.EndToken;
        string text = isEnd ? "" : _stops.Pass(_pieces.Add(token));
        if (_stops.IsFound) StopReason = TextGeneration.StopReason.StopText;
        else if (isEnd) StopReason = TextGeneration.StopReason.EndToken;
        else if (Count >= _options.MaxTokens) StopReason = TextGeneration.StopReason.MaxTokens;
        if (StopReason is null or TextGeneration.StopReason.StopText) return text;
        text += _stops.Pass(_pieces.End());
        if (!_stops.IsFound) return text + _stops.End();
        StopReason = TextGeneration.StopReason.StopText;
        return text;
    }
}
