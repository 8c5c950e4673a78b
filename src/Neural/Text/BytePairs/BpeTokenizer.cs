using System.Collections.Frozen;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Tokenizers;

/// <summary>
/// Byte-level byte-pair encoding, as GPT-2 and RoBERTa have it: words by GPT-2's pattern, their UTF-8 bytes merged by rank. Any text, also one with
/// surrogates that have no partner, comes back from <see cref="Tokenizer.Decode(ReadOnlySpan{int})"/> as it was.
/// </summary>
/// <remarks>
/// A token has the space before a word in it. A character of several bytes may be in several tokens; each then has all of the character as its offsets.
/// Special tokens are not looked for in texts, unless <see cref="BpeOptions.SpecialTokens"/> asks for it.
/// </remarks>
public sealed class BpeTokenizer : Tokenizer
{
    internal const string Kind = "byte-level-bpe";

    [ThreadStatic]
    private static WordMerger? _merger;
    [ThreadStatic]
    private static TokenList? _word;

    private readonly TermMap _terms;
    private readonly (int Left, int Right)[] _pairs;
    private readonly MergeTable _merges;
    private readonly int[] _byteIds = new int[256];
    private readonly FrozenSet<int> _special;
    private readonly LiteralTokens? _literals;
    private readonly WordCache _cache = new();
    private IReadOnlyDictionary<string, int>? _vocabulary;

    /// <param name="terms">The tokens, in order.</param>
    /// <param name="pairs">The merges, in order.</param>
    /// <param name="special">The tokens that stand for no text.</param>
    /// <param name="literals">The tokens that are looked for in texts.</param>
    internal BpeTokenizer(TermMap terms, (int Left, int Right)[] pairs, IEnumerable<int> special, IEnumerable<int> literals)
    {
        (_terms, _pairs, _special) = (terms, pairs, special.ToFrozenSet());
        SpecialTokens = SpecialTokens.In(IdOf);
        for (int value = 0; value < 256; value++)
        {
            char c = ByteAlphabet.CharOf((byte)value);
            _byteIds[value] = (int)terms.Find([c]) - 1;
            if (_byteIds[value] >= 0) continue;
            _byteIds[value] = SpecialTokens.Unknown
                ?? throw new MLPipelinesException($"The vocabulary has no token '{c}' for the byte {value}, and none for what is unknown, so not every text could be encoded. A byte-level vocabulary has all 256.");
        }
        var merges = new (int, int, int)[pairs.Length];
        Span<char> joined = stackalloc char[512];
        for (int i = 0; i < pairs.Length; i++)
        {
            ReadOnlySpan<char> left = terms[(uint)pairs[i].Left + 1], right = terms[(uint)pairs[i].Right + 1];
            int length = left.Length + right.Length, merged = -1;
            if (length <= joined.Length)
            {
                left.CopyTo(joined);
                right.CopyTo(joined[left.Length..]);
                merged = (int)terms.Find(joined[..length]) - 1;
            }
            // Text must not become a special token by merging.
            merges[i] = (pairs[i].Left, pairs[i].Right, _special.Contains(merged) ? -1 : merged);
        }
        _merges = new MergeTable(merges);
        (string, int)[] searched = [.. literals.Select(id => (TokenOf(id), id))];
        if (searched.Length > 0) _literals = new LiteralTokens(searched);
    }

    public override int VocabularySize => _terms.Count;

    public override SpecialTokens SpecialTokens { get; }

    internal override bool HasDoubleSeparator => IdOf("</s>") is not null;

    internal ReadOnlySpan<(int Left, int Right)> Pairs => _pairs;

    /// <summary>The tokens and their numbers.</summary>
    public IReadOnlyDictionary<string, int> Vocabulary => _vocabulary ??= Enumerable.Range(0, VocabularySize).ToFrozenDictionary(TokenOf);

    /// <summary>Reads a vocabulary and merges from files.</summary>
    /// <param name="vocabFile">A JSON object of tokens and numbers.</param>
    /// <param name="mergesFile">A merge per line; <see langword="null"/>: bytes stay single.</param>
    public static BpeTokenizer Create(string vocabFile, string? mergesFile) => Create(new BpeOptions(vocabFile, mergesFile));

    /// <inheritdoc cref="Create(string, string?)"/>
    public static BpeTokenizer Create(Stream vocabStream, Stream? mergesStream)
    {
        TermMap terms = BpeFiles.ReadVocabulary(vocabStream, "the vocabulary");
        return Of(terms, mergesStream is null ? [] : BpeFiles.ReadMerges(mergesStream, "the merges", terms));
    }

    /// <summary>A tokenizer of a vocabulary and merges.</summary>
    public static BpeTokenizer Create(BpeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        TermMap terms = BpeFiles.InOrder(options.Vocabulary, "the vocabulary");
        foreach ((string token, int id) in options.SpecialTokens ?? FrozenDictionary<string, int>.Empty)
        {
            if ((int)terms.Find(token) - 1 != id) throw new MLPipelinesException($"The special token '{token}' has the number {id}, which it does not have in the vocabulary.");
        }
        IEnumerable<int> literals = options.SpecialTokens?.Values ?? [];
        return new BpeTokenizer(terms, BpeFiles.Merges(options.Merges ?? [], "the merges", terms), BpeFiles.UsualSpecialTokens(terms).Concat(literals), literals);
    }

    /// <summary>Learns a vocabulary from texts: from 256 bytes on, the most frequent pair of neighbours becomes a token, until there are as many as asked for.</summary>
    /// <remarks>The same texts in any order give the same vocabulary. Words and their counts are held in memory.</remarks>
    /// <param name="texts">The texts.</param>
    /// <param name="options">How many tokens, and which special ones; by default RoBERTa's.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    public static BpeTokenizer Train(IEnumerable<string> texts, TokenizerTrainingOptions? options = null, CancellationToken cancellationToken = default) =>
        BpeTraining.Train(texts, options ?? new TokenizerTrainingOptions(), cancellationToken);

    internal static BpeTokenizer Of(TermMap terms, (int Left, int Right)[] pairs) => new(terms, pairs, BpeFiles.UsualSpecialTokens(terms), []);

    public override void Encode(ReadOnlySpan<char> text, TokenList tokens, int maxTokenCount = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        int most = maxTokenCount >= int.MaxValue - tokens.Count ? int.MaxValue : tokens.Count + Math.Max(maxTokenCount, 0);
        for (int at = 0; at < text.Length && tokens.Count < most;)
        {
            int length = 0, id = -1, end = _literals?.Next(text, at, out length, out id) ?? text.Length;
            EncodeWords(text[..end], at, tokens, most);
            if (id >= 0 && tokens.Count < most) tokens.Add(id, end, end + length);
            at = end + length;
        }
        if (tokens.Count > most) tokens.Truncate(most);
    }

    private void EncodeWords(ReadOnlySpan<char> text, int at, TokenList tokens, int most)
    {
        for (int end; at < text.Length && tokens.Count < most; at = end)
        {
            end = Gpt2Words.EndOf(text, at);
            ReadOnlySpan<char> word = text[at..end];
            if (_cache.Find(word) is { } known)
            {
                tokens.Add(known.Ids, known.Starts, known.Ends, at);
                continue;
            }
            TokenList found = _word ??= new TokenList();
            found.Clear();
            (_merger ??= new WordMerger()).Encode(word, _byteIds, _merges, found);
            _cache.Add(word, found);
            tokens.Add(found.Ids, found.Starts, found.Ends, at);
        }
    }

    public override string Decode(ReadOnlySpan<int> ids)
    {
        var bytes = new List<byte>(4 * ids.Length);
        foreach (int id in ids)
        {
            CheckId(id);
            if (_special.Contains(id)) continue;
            ReadOnlySpan<char> token = _terms[(uint)id + 1];
            if (_literals is not null && _literals.Contains(id)) bytes.AddRange(System.Text.Encoding.UTF8.GetBytes(token.ToString()));
            else foreach (char c in token) if (ByteAlphabet.ByteOf(c) is >= 0 and var value) bytes.Add((byte)value);
        }
        return Wtf8.Decode(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes));
    }

    public override string TokenOf(int id)
    {
        CheckId(id);
        return _terms[(uint)id + 1].ToString();
    }

    public override int? IdOf(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _terms.Find(token) is > 0 and var key ? (int)key - 1 : null;
    }

    /// <summary>Writes <c>vocab.json</c> and <c>merges.txt</c>; and <c>added_tokens.json</c> if there are tokens that are looked for in texts.</summary>
    /// <inheritdoc/>
    public override void Save(string folder) => BpeFiles.Write(folder, _terms, _pairs, _special, _literals);

    internal override void Save(ModelStepWriter writer)
    {
        writer.Set("tokenizer", Kind);
        _terms.Save(writer);
        writer.WriteArray<int>("merges", System.Runtime.InteropServices.MemoryMarshal.Cast<(int, int), int>(_pairs), _pairs.Length, 2);
        writer.Set("special", _special.Order());
        writer.Set("literals", _literals?.All.Select(token => token.Id).Order() ?? Enumerable.Empty<int>());
    }

    internal static BpeTokenizer LoadModel(ModelStepReader reader)
    {
        TermMap terms = TermMap.Load(reader);
        int[] merges = reader.ReadArray<int>("merges", -1, 2);
        IReadOnlyList<int> special = reader.GetInt32s("special"), literals = reader.GetInt32s("literals");
        foreach (int id in merges.Concat(special).Concat(literals))
        {
            if ((uint)id >= (uint)terms.Count) throw reader.Invalid($"it has a token {id}, and there are {terms.Count}");
        }
        return new BpeTokenizer(terms, System.Runtime.InteropServices.MemoryMarshal.Cast<int, (int, int)>(merges).ToArray(), special, literals);
    }
}
