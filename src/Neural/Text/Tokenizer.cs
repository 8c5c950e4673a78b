namespace MLPipelines.Tokenizers;

/// <summary>
/// Divides text into tokens of a vocabulary, and puts tokens together again. It does not change and may be used by many threads. Offsets are UTF-16 units
/// of the text as it was given, whatever normalization does to it.
/// </summary>
public abstract partial class Tokenizer
{
    /// <summary>How many tokens there are, special ones among them; their numbers are less than this.</summary>
    public abstract int VocabularySize { get; }

    /// <summary>The numbers of tokens that stand for no text.</summary>
    public abstract SpecialTokens SpecialTokens { get; }

    /// <summary>Whether a pair of texts has two ends between its parts (RoBERTa) rather than one (BERT).</summary>
    internal abstract bool HasDoubleSeparator { get; }

    /// <summary>Reads the tokenizer of a model in Hugging Face's form: a folder with one of the following.</summary>
    /// <remarks>
    /// <c>tokenizer.json</c> (byte-level BPE or WordPiece); <c>vocab.txt</c>, and <c>tokenizer_config.json</c> for how it treats case (WordPiece);
    /// <c>vocab.json</c> and <c>merges.txt</c> (byte-level BPE); <c>encoder.json</c> and <c>vocab.bpe</c>, and <c>dict.txt</c> for fairseq's order of
    /// tokens, by which RoBERTa's and NAS-BERT's weights go.
    /// </remarks>
    /// <param name="folder">The folder.</param>
    /// <exception cref="MLPipelinesException">The folder has no such file, or one that cannot be read; the message says which line and what is wrong.</exception>
    public static Tokenizer FromFolder(string folder) => TokenizerFolder.Read(folder);

    /// <summary>Adds the tokens of a text to a list, without special tokens at its start and end.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">What they are added to.</param>
    /// <param name="maxTokenCount">It stops after so many.</param>
    public abstract void Encode(ReadOnlySpan<char> text, TokenList tokens, int maxTokenCount = int.MaxValue);

    /// <summary>The text of tokens; special ones are left out.</summary>
    /// <param name="ids">The tokens' numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not below <see cref="VocabularySize"/>.</exception>
    public abstract string Decode(ReadOnlySpan<int> ids);

    /// <inheritdoc cref="Decode(ReadOnlySpan{int})"/>
    public string Decode(IEnumerable<int> ids) => Decode(ids.ToArray().AsSpan());

    /// <summary>A token as the vocabulary writes it.</summary>
    /// <param name="id">Its number, below <see cref="VocabularySize"/>.</param>
    public abstract string TokenOf(int id);

    /// <summary>The number of a token as the vocabulary writes it; <see langword="null"/> if it has none.</summary>
    /// <param name="token">The token.</param>
    public abstract int? IdOf(string token);

    /// <summary>Writes the files from which <see cref="FromFolder"/> reads an equal tokenizer.</summary>
    /// <param name="folder">The folder; made if it is not there.</param>
    public abstract void Save(string folder);

    internal abstract void Save(ModelStepWriter writer);

    /// <summary>Reads what <see cref="Save(ModelStepWriter)"/> wrote.</summary>
    internal static Tokenizer Load(ModelStepReader reader) => reader.GetString("tokenizer") switch
    {
        BpeTokenizer.Kind => BpeTokenizer.LoadModel(reader),
        EnglishRobertaTokenizer.Kind => EnglishRobertaTokenizer.LoadModel(reader),
        WordPieceTokenizer.Kind => WordPieceTokenizer.LoadModel(reader),
        var kind => throw reader.Invalid($"'{kind}' is not a kind of tokenizer that is known here"),
    };

    private protected void CheckId(int id)
    {
        if ((uint)id >= (uint)VocabularySize) throw new ArgumentOutOfRangeException(nameof(id), id, $"The vocabulary has {VocabularySize} tokens: numbers are 0 to {VocabularySize - 1}.");
    }
}
