namespace MLPipelines.Tokenizers;

/// <summary>
/// GPT-2's byte-pair encoding with GPT-2's numbers of tokens, and their numbers in RoBERTa and NAS-BERT, which fairseq ordered by how often they occurred
/// ("occurrence ranks"). Any text can be encoded, not only English.
/// </summary>
/// <remarks>Networks take occurrence ranks: <see cref="Tokenizer.FromFolder"/> reads a tokenizer that has these as numbers.</remarks>
public sealed class EnglishRobertaTokenizer : Tokenizer
{
    internal const string Kind = "english-roberta";

    private readonly BpeTokenizer _bytes;
    private readonly FairseqDictionary _dictionary;
    private readonly int[] _ids, _ranks;

    internal EnglishRobertaTokenizer(BpeTokenizer bytes, FairseqDictionary dictionary)
    {
        (_bytes, _dictionary) = (bytes, dictionary);
        _ids = dictionary.Numbers(bytes);
        _ranks = new int[bytes.VocabularySize];
        Array.Fill(_ranks, UnknownRank);
        for (int rank = 0; rank < _ids.Length; rank++)
        {
            if (_ids[rank] >= 0) _ranks[_ids[rank]] = rank;
        }
    }

    private static int UnknownRank => Array.IndexOf(FairseqDictionary.First, "<unk>");

    public override int VocabularySize => _bytes.VocabularySize;

    public override SpecialTokens SpecialTokens => _bytes.SpecialTokens;

    internal override bool HasDoubleSeparator => _bytes.HasDoubleSeparator;

    /// <summary>The tokens and GPT-2's numbers of them.</summary>
    public IReadOnlyDictionary<string, int> Vocabulary => _bytes.Vocabulary;

    /// <summary>The rank of padding.</summary>
    public int PadIndex => Array.IndexOf(FairseqDictionary.First, "<pad>");

    /// <summary>How many ranks there are, those of special tokens among them; the last is the mask's.</summary>
    public int SymbolsCount => _ids.Length;

    /// <summary>Reads the three files.</summary>
    /// <param name="vocabularyPath">GPT-2's <c>encoder.json</c>.</param>
    /// <param name="mergePath">GPT-2's <c>vocab.bpe</c>.</param>
    /// <param name="highestOccurrenceMappingPath">fairseq's <c>dict.txt</c>.</param>
    /// <exception cref="MLPipelinesException">A file cannot be read; the message says which line and what is wrong.</exception>
    public static EnglishRobertaTokenizer Create(string vocabularyPath, string mergePath, string highestOccurrenceMappingPath) =>
        new(BpeTokenizer.Create(vocabularyPath, mergePath), FairseqDictionary.Read(highestOccurrenceMappingPath));

    /// <inheritdoc cref="Create(string, string, string)"/>
    public static EnglishRobertaTokenizer Create(Stream vocabularyStream, Stream mergeStream, Stream highestOccurrenceMappingStream) =>
        new(BpeTokenizer.Create(vocabularyStream, mergeStream), FairseqDictionary.Read(TokenizerFolder.ReadBytes(highestOccurrenceMappingStream), "the dictionary"));

    /// <summary>The rank of the mask, which is always there.</summary>
    /// <param name="mask">What it is called; there is none but <c>&lt;mask&gt;</c>.</param>
    public int AddMaskSymbol(string mask = FairseqDictionary.Mask) => mask == FairseqDictionary.Mask ? SymbolsCount - 1
        : throw new ArgumentException($"The mask is called {FairseqDictionary.Mask}, not '{mask}'.", nameof(mask));

    /// <summary>Whether a character can be encoded; every one can.</summary>
    public bool IsSupportedChar(char ch) => true;

    /// <summary>RoBERTa's numbers of tokens; that of <c>&lt;unk&gt;</c> for a token that its dictionary does not have.</summary>
    /// <param name="ids">GPT-2's numbers.</param>
    public IReadOnlyList<int> ConvertIdsToOccurrenceRanks(IReadOnlyList<int> ids) => Convert(ids, id => _ranks[id]);

    /// <summary>How often tokens occurred in the texts that the dictionary was made from; 0 for a token that it does not have.</summary>
    /// <param name="ids">GPT-2's numbers.</param>
    public IReadOnlyList<int> ConvertIdsToOccurrenceValues(IReadOnlyList<int> ids) =>
        Convert(ids, id => _ranks[id] >= FairseqDictionary.First.Length ? _dictionary.Counts[_ranks[id] - FairseqDictionary.First.Length] : 0);

    /// <summary>GPT-2's numbers of tokens; -1 for special tokens, which it does not have.</summary>
    /// <param name="ranks">RoBERTa's numbers.</param>
    public IReadOnlyList<int> ConvertOccurrenceRanksToIds(IReadOnlyList<int> ranks)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        return [.. ranks.Select(rank => (uint)rank < (uint)_ids.Length ? _ids[rank] : throw new ArgumentOutOfRangeException(nameof(ranks), rank, $"Ranks are 0 to {_ids.Length - 1}."))];
    }

    private int[] Convert(IReadOnlyList<int> ids, Func<int, int> value)
    {
        ArgumentNullException.ThrowIfNull(ids);
        foreach (int id in ids) CheckId(id);
        return [.. ids.Select(value)];
    }

    public override void Encode(ReadOnlySpan<char> text, TokenList tokens, int maxTokenCount = int.MaxValue) => _bytes.Encode(text, tokens, maxTokenCount);

    public override string Decode(ReadOnlySpan<int> ids) => _bytes.Decode(ids);

    public override string TokenOf(int id) => _bytes.TokenOf(id);

    public override int? IdOf(string token) => _bytes.IdOf(token);

    /// <summary>Writes <c>encoder.json</c>, <c>vocab.bpe</c> and <c>dict.txt</c>. <see cref="Tokenizer.FromFolder"/> reads them with RoBERTa's numbers.</summary>
    /// <inheritdoc/>
    public override void Save(string folder)
    {
        _bytes.Save(folder);
        File.Move(Path.Combine(folder, BpeFiles.Vocabulary), Path.Combine(folder, TokenizerFolder.Encoder), overwrite: true);
        File.Move(Path.Combine(folder, BpeFiles.MergeList), Path.Combine(folder, TokenizerFolder.EncoderMerges), overwrite: true);
        File.WriteAllLines(Path.Combine(folder, FairseqDictionary.Name), _dictionary.Lines);
    }

    internal override void Save(ModelStepWriter writer)
    {
        writer.Set("tokenizer", Kind);
        writer.WriteTexts("dictionary", _dictionary.Lines);
        _bytes.Save(writer.Section("bytes"));
    }

    internal static EnglishRobertaTokenizer LoadModel(ModelStepReader reader) =>
        new(BpeTokenizer.LoadModel(reader.Section("bytes")), FairseqDictionary.Of(reader.ReadTexts("dictionary"), FairseqDictionary.Name));
}
