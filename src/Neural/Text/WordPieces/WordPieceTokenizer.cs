using System.Collections.Frozen;
using System.Text;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Tokenizers;

/// <summary>
/// Divides words into the longest pieces that the vocabulary has, from left to right; pieces inside a word begin with <c>##</c> (Wu et al., "Google's
/// Neural Machine Translation System", 2016). By itself it divides text at spaces; <see cref="BertTokenizer"/> does what BERT does.
/// </summary>
public class WordPieceTokenizer : Tokenizer
{
    internal const string Kind = "word-piece", UsualPrefix = "##";

    [ThreadStatic]
    private static TokenList? _pieces;
    // Of prefixes of the length that this thread used last.
    [ThreadStatic]
    private static NormalizedWord? _word;
    [ThreadStatic]
    private static int _wordPrefix;

    private readonly TermMap _terms;
    private readonly BasicTokenization _normalization;
    private readonly FrozenSet<int> _special;
    private readonly LiteralTokens? _literals;
    private readonly WordCache _cache = new();
    private readonly int _longestPiece;

    /// <param name="terms">The tokens, in order.</param>
    /// <param name="normalization">How text becomes words.</param>
    /// <param name="options">How words become pieces.</param>
    /// <param name="special">The tokens that stand for no text.</param>
    /// <param name="literals">The tokens that are looked for in texts.</param>
    internal WordPieceTokenizer(TermMap terms, BasicTokenization normalization, WordPieceOptions options, IEnumerable<int> special, IEnumerable<int> literals)
    {
        ArgumentNullException.ThrowIfNull(options.ContinuingSubwordPrefix);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxInputCharsPerWord, 1);
        (_terms, _normalization, _special) = (terms, normalization, special.ToFrozenSet());
        (UnknownToken, ContinuingSubwordPrefix, MaxInputCharsPerWord) = (options.UnknownToken, options.ContinuingSubwordPrefix, options.MaxInputCharsPerWord);
        UnknownTokenId = IdOf(UnknownToken) ?? throw new MLPipelinesException($"The vocabulary of {terms.Count} tokens has no '{UnknownToken}' for what is unknown.");
        for (uint key = 1; key <= terms.Count; key++) _longestPiece = Math.Max(_longestPiece, terms[key].Length);
        (string, int)[] searched = [.. literals.Distinct().Select(id => (TokenOf(id), id))];
        if (searched.Length > 0) _literals = new LiteralTokens(searched);
        SpecialTokens usual = SpecialTokens.In(IdOf) with { Unknown = UnknownTokenId };
        SpecialTokens = options is BertOptions names
            ? new SpecialTokens(IdOf(names.ClassificationToken) ?? usual.Start, IdOf(names.SeparatorToken) ?? usual.End, IdOf(names.PaddingToken) ?? usual.Padding, UnknownTokenId, IdOf(names.MaskingToken) ?? usual.Mask)
            : usual;
    }

    public override int VocabularySize => _terms.Count;

    public sealed override SpecialTokens SpecialTokens { get; }

    /// <summary>The token of a word that no pieces make up.</summary>
    public string UnknownToken { get; }

    /// <summary>Its number.</summary>
    public int UnknownTokenId { get; }

    /// <summary>What is before a piece that is not the first of its word.</summary>
    public string ContinuingSubwordPrefix { get; }

    /// <summary>A word of more characters is unknown.</summary>
    public int MaxInputCharsPerWord { get; }

    internal override bool HasDoubleSeparator => false;

    internal BasicTokenization Normalization => _normalization;

    private protected bool SearchesSpecialTokens => _literals is not null;

    /// <summary>Reads a vocabulary, a token per line. Text is divided at spaces.</summary>
    /// <param name="vocabFilePath">The file, UTF-8.</param>
    /// <param name="options">How words are divided.</param>
    /// <exception cref="MLPipelinesException">The file cannot be read; the message says which line and what is wrong.</exception>
    public static WordPieceTokenizer Create(string vocabFilePath, WordPieceOptions? options = null) => Create(VocabularyText.Read(vocabFilePath), options);

    /// <summary>Reads a vocabulary, a token per line. Text is divided at spaces.</summary>
    /// <param name="vocabStream">The file, UTF-8.</param>
    /// <param name="options">How words are divided.</param>
    public static WordPieceTokenizer Create(Stream vocabStream, WordPieceOptions? options = null) => Create(VocabularyText.Read(vocabStream, "the vocabulary"), options);

    /// <summary>Reads a vocabulary, a token per line. Text is divided at spaces.</summary>
    /// <param name="vocabStream">The file, UTF-8.</param>
    /// <param name="options">How words are divided.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public static async Task<WordPieceTokenizer> CreateAsync(Stream vocabStream, WordPieceOptions? options = null, CancellationToken cancellationToken = default) =>
        Create(VocabularyText.Read(await TokenizerFolder.ReadBytesAsync(vocabStream, cancellationToken).ConfigureAwait(false), "the vocabulary"), options);

    private static WordPieceTokenizer Create(TermMap terms, WordPieceOptions? options)
    {
        options ??= new WordPieceOptions();
        int[] special = Checked(terms, options.SpecialTokens);
        return new WordPieceTokenizer(terms, BasicTokenization.SpacesOnly, options, [.. UsualSpecialTokens(terms), .. special], special);
    }

    public override void Encode(ReadOnlySpan<char> text, TokenList tokens, int maxTokenCount = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        int most = maxTokenCount >= int.MaxValue - tokens.Count ? int.MaxValue : tokens.Count + Math.Max(maxTokenCount, 0);
        if (_word is null || _wordPrefix != ContinuingSubwordPrefix.Length) _word = new NormalizedWord(_wordPrefix = ContinuingSubwordPrefix.Length);
        for (int at = 0; at < text.Length && tokens.Count < most;)
        {
            int length = 0, id = -1, end = _literals?.Next(text, at, out length, out id) ?? text.Length;
            while (tokens.Count < most && _normalization.Next(text[..end], ref at, _word)) EncodeWord(_word, tokens);
            if (id >= 0 && tokens.Count < most) tokens.Add(id, end, end + length);
            at = end + length;
        }
        if (tokens.Count > most) tokens.Truncate(most);
    }

    private void EncodeWord(NormalizedWord word, TokenList tokens)
    {
        if (_cache.Find(word.Text) is { } known)
        {
            Place(known.Ids, known.Starts, known.Ends, word, tokens);
            return;
        }
        TokenList pieces = _pieces ??= new TokenList();
        pieces.Clear();
        // Looking for pieces writes over the word.
        Span<char> copy = stackalloc char[WordCache.LongestWord];
        bool isKept = word.Length <= copy.Length;
        if (isKept) word.Text.CopyTo(copy);
        Divide(word, pieces);
        if (isKept) _cache.Add(copy[..word.Length], pieces);
        Place(pieces.Ids, pieces.Starts, pieces.Ends, word, tokens);
    }

    private static void Place(ReadOnlySpan<int> ids, ReadOnlySpan<int> starts, ReadOnlySpan<int> ends, NormalizedWord word, TokenList tokens)
    {
        for (int i = 0; i < ids.Length; i++) tokens.Add(ids[i], word.Starts[starts[i]], word.Ends[ends[i] - 1]);
    }

    private void Divide(NormalizedWord word, TokenList pieces)
    {
        bool isKnown = word.CodePoints <= MaxInputCharsPerWord;
        for (int start = 0, end; isKnown && start < word.Length; start = end)
        {
            uint key = 0;
            for (end = Math.Min(word.Length, start + _longestPiece); end > start; end--)
            {
                key = _terms.Find(start == 0 ? word.Text[..end] : word.Continuation(start, end, ContinuingSubwordPrefix));
                if (key > 0) break;
            }
            isKnown = key > 0;
            if (isKnown) pieces.Add((int)key - 1, start, end);
        }
        if (isKnown) return;
        pieces.Clear();
        pieces.Add(UnknownTokenId, 0, word.Length);
    }

    /// <summary>The text of tokens: pieces of a word together, words with spaces between, none before punctuation. Case, accents and spaces of the text are not in tokens.</summary>
    /// <inheritdoc/>
    public override string Decode(ReadOnlySpan<int> ids) => Decode(ids, skipSpecialTokens: true);

    /// <summary>The text of tokens.</summary>
    /// <param name="ids">The tokens' numbers.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out; otherwise they are written as the vocabulary does.</param>
    public string Decode(IEnumerable<int> ids, bool skipSpecialTokens) => Decode(ids.ToArray(), skipSpecialTokens);

    private string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens)
    {
        var text = new StringBuilder();
        foreach (int id in ids)
        {
            CheckId(id);
            if (skipSpecialTokens && _special.Contains(id)) continue;
            ReadOnlySpan<char> token = _terms[(uint)id + 1];
            if (token.StartsWith(ContinuingSubwordPrefix) && token.Length > ContinuingSubwordPrefix.Length && text.Length > 0) token = token[ContinuingSubwordPrefix.Length..];
            else if (text.Length > 0 && token is not ("." or "," or "?" or "!" or ";" or ":")) text.Append(' ');
            text.Append(token);
        }
        return text.ToString();
    }

    public sealed override string TokenOf(int id)
    {
        CheckId(id);
        return _terms[(uint)id + 1].ToString();
    }

    public sealed override int? IdOf(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _terms.Find(token) is > 0 and var key ? (int)key - 1 : null;
    }

    /// <summary>Writes <c>vocab.txt</c> and, in <c>tokenizer_config.json</c>, what is done to case, accents and Chinese characters.</summary>
    /// <inheritdoc/>
    public override void Save(string folder) => VocabularyText.Write(folder, _terms, this);

    internal override void Save(ModelStepWriter writer)
    {
        writer.Set("tokenizer", Kind);
        _terms.Save(writer);
        writer.Set("unknown", UnknownToken);
        writer.Set("prefix", ContinuingSubwordPrefix);
        writer.Set("maxWord", MaxInputCharsPerWord);
        writer.Set("clean", _normalization.Clean);
        writer.Set("lowerCase", _normalization.LowerCase);
        writer.Set("stripAccents", _normalization.StripAccents);
        writer.Set("splitChinese", _normalization.SplitChinese);
        writer.Set("splitPunctuation", _normalization.SplitPunctuation);
        writer.Set("special", _special.Order());
        if (this is BertTokenizer bert) writer.Set("names", new[] { bert.ClassificationToken, bert.SeparatorToken, bert.PaddingToken, bert.MaskingToken });
        writer.Set("literals", _literals?.All.Select(token => token.Id).Order() ?? Enumerable.Empty<int>());
    }

    internal static WordPieceTokenizer LoadModel(ModelStepReader reader)
    {
        TermMap terms = TermMap.Load(reader);
        IReadOnlyList<int> special = reader.GetInt32s("special"), literals = reader.GetInt32s("literals");
        foreach (int id in special.Concat(literals))
        {
            if ((uint)id >= (uint)terms.Count) throw reader.Invalid($"it has a token {id}, and there are {terms.Count}");
        }
        var normalization = new BasicTokenization(reader.GetBoolean("clean"), reader.GetBoolean("lowerCase"), reader.GetBoolean("stripAccents"),
            reader.GetBoolean("splitChinese"), reader.GetBoolean("splitPunctuation"));
        var options = new BertOptions { UnknownToken = reader.GetString("unknown"), ContinuingSubwordPrefix = reader.GetString("prefix"), MaxInputCharsPerWord = reader.GetInt32("maxWord") };
        if (!reader.Has("names")) return new WordPieceTokenizer(terms, normalization, options, special, literals);
        if (reader.GetStrings("names") is not [var start, var end, var padding, var mask]) throw reader.Invalid("its special tokens have not four names");
        (options.ClassificationToken, options.SeparatorToken, options.PaddingToken, options.MaskingToken) = (start, end, padding, mask);
        return new BertTokenizer(terms, normalization, options, special, literals);
    }

    /// <summary>A BERT tokenizer where the vocabulary has all of BERT's special tokens.</summary>
    internal static WordPieceTokenizer Of(TermMap terms, BasicTokenization normalization, BertOptions options, IEnumerable<int> special, IEnumerable<int> literals) =>
        BertTokenizer.IsPossible(terms, options)
            ? new BertTokenizer(terms, normalization, options, special, literals)
            : new WordPieceTokenizer(terms, normalization, options, special, literals);

    internal static IEnumerable<int> UsualSpecialTokens(TermMap terms) =>
        SpecialTokens.OfBert.Select(token => (int)terms.Find(token) - 1).Where(id => id >= 0);

    private protected static int[] Checked(TermMap terms, IReadOnlyDictionary<string, int>? special)
    {
        foreach ((string token, int id) in special ?? FrozenDictionary<string, int>.Empty)
        {
            if ((int)terms.Find(token) - 1 != id) throw new MLPipelinesException($"The special token '{token}' has the number {id}, which it does not have in the vocabulary.");
        }
        return [.. special?.Values ?? []];
    }
}
