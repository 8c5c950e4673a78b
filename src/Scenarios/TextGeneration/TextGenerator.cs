using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MLPipelines.Data;
using MLPipelines.Neural.Transformers;

namespace MLPipelines.Scenarios.TextGeneration;

/// <summary>A trained text generator, as an app uses it: a prompt in, its continuation out, at once or piece by piece. Immutable; one instance serves all threads.</summary>
public sealed class TextGenerator
{
    // What one prompt has others need not wait for: so many go through the network together.
    private const int PromptsAtOnce = 16;

    private readonly LanguageModel _model;

    internal TextGenerator(TextGenerationTransformer transformer) => (Model, _model) = (transformer, transformer.LanguageModel);

    /// <summary>The model as a transformer of the column <c>Prompt</c> to <c>GeneratedText</c>; it can be appended to, saved and applied like any other.</summary>
    public TextGenerationTransformer Model { get; }

    /// <summary>The most tokens that the model sees at once; a prompt has fewer.</summary>
    public int ContextLength => _model.Description.MaxTokens;

    /// <summary>How many tokens there are.</summary>
    public int VocabularySize => _model.Tokenizer.VocabularySize;

    /// <summary>How many numbers were learned.</summary>
    public long ParameterCount => _model.Description.ParameterCount;

    /// <summary>Loads a model: a <c>.zip</c> that <see cref="Save"/> wrote, or the folder of a GPT-2 as Hugging Face saves it (<c>config.json</c>, <c>model.safetensors</c>, <c>vocab.json</c>, <c>merges.txt</c>).</summary>
    /// <param name="path">The file or folder.</param>
    /// <exception cref="MLPipelinesException">It is damaged, incomplete, or of another kind.</exception>
    public static TextGenerator Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path)) return new TextGenerator(new TextGenerationTransformer(LanguageModel.Open(path), new TextGenerationOptions()));
        ITransformer model = new MLContext().Model.Load(path, out _);
        return Of(model) ?? throw new MLPipelinesException($"{path} generates no text; expected a model that TextGenerator.Save or 'mlp train text-generation' wrote.");
    }

    /// <summary>The generator in a chain; <see langword="null"/> where there is none.</summary>
    public static TextGenerator? Of(ITransformer model) => ITransformerChain.Flatten(model).OfType<TextGenerationTransformer>().FirstOrDefault() is { } transformer ? new TextGenerator(transformer) : null;

    /// <summary>Saves the model as one file.</summary>
    /// <param name="path">Where; an existing file is replaced.</param>
    /// <param name="record">How it came about.</param>
    public void Save(string path, TrainingRecord? record = null) => new MLContext().Model.Save(Model, TextGenerationTransformer.InputSchema, path, record);

    /// <summary>Writes the folder that Hugging Face's <c>GPT2LMHeadModel.from_pretrained</c> reads.</summary>
    /// <param name="folder">The folder; made where it is not there.</param>
    public void SaveFolder(string folder) => _model.Save(folder);

    /// <summary>How many tokens a text has.</summary>
    /// <param name="text">The text.</param>
    public int CountTokens(string text) => _model.Tokenizer.CountTokens(text);

    /// <summary>Continues a prompt.</summary>
    /// <param name="prompt">What is continued; empty for a text from its beginning.</param>
    /// <param name="options">How; <see langword="null"/> for the usual way.</param>
    /// <param name="cancellationToken">Ends the generation.</param>
    /// <exception cref="MLPipelinesException">The prompt has more tokens than the model sees at once; the message says how many more.</exception>
    public GeneratedText Generate(string prompt, TextGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        int[] tokens = PromptTokens(prompt, options ??= new TextGenerationOptions());
        using GenerationRun run = Begin(tokens, options, offset: 0);
        var text = new StringBuilder();
        while (run.StopReason is null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            text.Append(run.Next());
        }
        return new GeneratedText(text.ToString(), run.StopReason.Value, tokens.Length, run.Count);
    }

    /// <summary>Continues what a template comes to.</summary>
    /// <param name="template">The template.</param>
    /// <param name="values">A value for each slot, by its name.</param>
    /// <param name="options">How; <see langword="null"/> for the usual way.</param>
    /// <param name="cancellationToken">Ends the generation.</param>
    /// <exception cref="MLPipelinesException">A slot has no value, a value no slot, or it has more tokens than the model sees at once; the message says how many more, and which value is the longest.</exception>
    public GeneratedText Generate(PromptTemplate template, IEnumerable<KeyValuePair<string, string>> values, TextGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Generate(Fill(template, values, options), options, cancellationToken);

    /// <summary>Continues several prompts; they go through the network side by side. Prompt i is continued as <see cref="TextGenerationOptions.Seed"/> + i would.</summary>
    /// <param name="prompts">The prompts.</param>
    /// <param name="options">How; <see langword="null"/> for the usual way.</param>
    /// <param name="cancellationToken">Ends the generation.</param>
    /// <exception cref="MLPipelinesException">A prompt has more tokens than the model sees at once.</exception>
    public IReadOnlyList<GeneratedText> Generate(IReadOnlyList<string> prompts, TextGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        options ??= new TextGenerationOptions();
        int[][] tokens = [.. prompts.Select(prompt => PromptTokens(prompt, options))];
        var results = new GeneratedText[prompts.Count];
        for (int first = 0; first < prompts.Count; first += PromptsAtOnce)
        {
            GenerationRun[] runs = [.. Enumerable.Range(first, Math.Min(PromptsAtOnce, prompts.Count - first)).Select(i => Begin(tokens[i], options, i))];
            StringBuilder[] texts = Array.ConvertAll(runs, _ => new StringBuilder());
            string[] added = new string[runs.Length];
            for (int[] open = [.. Enumerable.Range(0, runs.Length)]; open.Length > 0; open = Array.FindAll(open, i => runs[i].StopReason is null))
            {
                cancellationToken.ThrowIfCancellationRequested();
                GenerationRun.Next(Array.ConvertAll(open, i => runs[i]), added);
                for (int i = 0; i < open.Length; i++) texts[open[i]].Append(added[i]);
            }
            for (int i = 0; i < runs.Length; i++)
            {
                results[first + i] = new GeneratedText(texts[i].ToString(), runs[i].StopReason!.Value, tokens[first + i].Length, runs[i].Count);
                runs[i].Dispose();
            }
        }
        return results;
    }

    /// <summary>Continues a prompt and gives the text piece by piece, as it comes; put together the pieces are the text of <see cref="Generate(string, TextGenerationOptions?, CancellationToken)"/>. No character is cut in two.</summary>
    /// <inheritdoc cref="Generate(string, TextGenerationOptions?, CancellationToken)"/>
    public IEnumerable<string> Stream(string prompt, TextGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        // Before the first piece is asked for, so that errors come from the call.
        int[] tokens = PromptTokens(prompt, options ??= new TextGenerationOptions());
        return Pieces(tokens, options, cancellationToken);
    }

    /// <summary>The same beside other work: each token is computed on a thread of the pool.</summary>
    /// <inheritdoc cref="Stream"/>
    public IAsyncEnumerable<string> StreamAsync(string prompt, TextGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        int[] tokens = PromptTokens(prompt, options ??= new TextGenerationOptions());
        return PiecesAsync(tokens, options, cancellationToken);
    }

    /// <summary>What a template comes to, when it is not too long for the model.</summary>
    /// <inheritdoc cref="Generate(PromptTemplate, IEnumerable{KeyValuePair{string, string}}, TextGenerationOptions?, CancellationToken)"/>
    public string Fill(PromptTemplate template, IEnumerable<KeyValuePair<string, string>> values, TextGenerationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(template);
        var given = new Dictionary<string, string>(values, StringComparer.Ordinal);
        string prompt = template.Fill(given);
        (int count, int most) = (TokensOf(prompt, options ?? new TextGenerationOptions()).Length, ContextLength - 1);
        if (count <= most || given.Count == 0) return prompt;
        (string slot, int length) = given.Select(value => (value.Key, CountTokens(value.Value))).MaxBy(value => value.Item2);
        throw new MLPipelinesException($"{TooLong(count, most)} Its longest slot '{slot}' has {Number(length)}.");
    }

    private IEnumerable<string> Pieces(int[] tokens, TextGenerationOptions options, CancellationToken cancellation)
    {
        using GenerationRun run = Begin(tokens, options, offset: 0);
        while (run.StopReason is null)
        {
            cancellation.ThrowIfCancellationRequested();
            if (run.Next() is { Length: > 0 } piece) yield return piece;
        }
    }

    private async IAsyncEnumerable<string> PiecesAsync(int[] tokens, TextGenerationOptions options, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using GenerationRun run = Begin(tokens, options, offset: 0);
        while (run.StopReason is null)
        {
            string piece = await Task.Run(run.Next, cancellation).ConfigureAwait(false);
            if (piece.Length > 0) yield return piece;
        }
    }

    private GenerationRun Begin(int[] tokens, TextGenerationOptions options, int offset) =>
        new(_model, tokens, options, options.Seed is { } seed ? (ulong)(uint)(seed + offset) : (ulong)Random.Shared.NextInt64());

    private int[] PromptTokens(string prompt, TextGenerationOptions options)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        options.Check();
        int[] tokens = TokensOf(prompt, options);
        int most = ContextLength - 1;
        if (tokens.Length == 0) throw new MLPipelinesException("The prompt is empty, and nothing says to the model that a text begins; give it a beginning.");
        return tokens.Length <= most ? tokens : throw new MLPipelinesException(TooLong(tokens.Length, most));
    }

    private int[] TokensOf(string prompt, TextGenerationOptions options)
    {
        IReadOnlyList<int> tokens = _model.Tokenizer.EncodeToIds(prompt);
        return _model.EndToken is { } end && (options.PromptBeginsText || tokens.Count == 0) ? [end, .. tokens] : [.. tokens];
    }

    private string TooLong(int count, int most) =>
        $"The prompt has {Number(count)} tokens, {Number(count - most)} too many: the model sees {Number(ContextLength)} at once, one of which is the first of the answer.";

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
