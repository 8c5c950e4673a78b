using MLPipelines.Transforms.Text;

namespace MLPipelines.Tokenizers;

/// <summary>BERT's tokenizer: text cleaned, divided into words, and these into word pieces (Devlin et al., NAACL 2019).</summary>
public sealed class BertTokenizer : WordPieceTokenizer
{
    internal BertTokenizer(TermMap terms, BasicTokenization normalization, BertOptions options, IEnumerable<int> special, IEnumerable<int>? literals = null)
        : base(terms, normalization, options, special, literals ?? [])
    {
        SeparatorTokenId = Require(SeparatorToken = options.SeparatorToken);
        PaddingTokenId = Require(PaddingToken = options.PaddingToken);
        ClassificationTokenId = Require(ClassificationToken = options.ClassificationToken);
        MaskingTokenId = Require(MaskingToken = options.MaskingToken);

        int Require(string token) => IdOf(token) ?? throw new MLPipelinesException($"The vocabulary of {terms.Count} tokens has no '{token}', which BERT needs.");
    }

    /// <summary>After a text and between two.</summary>
    public string SeparatorToken { get; }

    public int SeparatorTokenId { get; }

    /// <summary>After shorter texts of a batch.</summary>
    public string PaddingToken { get; }

    public int PaddingTokenId { get; }

    /// <summary>Before a text.</summary>
    public string ClassificationToken { get; }

    public int ClassificationTokenId { get; }

    /// <summary>In place of what is to be guessed.</summary>
    public string MaskingToken { get; }

    public int MaskingTokenId { get; }

    /// <summary>Whether upper case becomes lower case.</summary>
    public bool LowerCaseBeforeTokenization => Normalization.LowerCase;

    /// <summary>Whether text is cleaned and divided at punctuation; otherwise at spaces only.</summary>
    public bool ApplyBasicTokenization => Normalization.Clean;

    /// <summary>Whether special tokens are looked for in texts.</summary>
    public bool SplitOnSpecialTokens => SearchesSpecialTokens;

    /// <summary>Whether every Chinese character is a word.</summary>
    public bool IndividuallyTokenizeCjk => Normalization.SplitChinese;

    /// <summary>Whether letters lose their accents.</summary>
    public bool RemoveNonSpacingMarks => Normalization.StripAccents;

    /// <summary>Reads a vocabulary, a token per line (<c>vocab.txt</c>).</summary>
    /// <param name="vocabFilePath">The file, UTF-8.</param>
    /// <param name="options">How text is normalized, and what the special tokens are called.</param>
    /// <exception cref="MLPipelinesException">The file cannot be read, or has not the special tokens; the message says what is wrong.</exception>
    public static BertTokenizer Create(string vocabFilePath, BertOptions? options = null) => Create(VocabularyText.Read(vocabFilePath), options);

    /// <summary>Reads a vocabulary, a token per line (<c>vocab.txt</c>).</summary>
    /// <param name="vocabStream">The file, UTF-8.</param>
    /// <param name="options">How text is normalized, and what the special tokens are called.</param>
    public static BertTokenizer Create(Stream vocabStream, BertOptions? options = null) => Create(VocabularyText.Read(vocabStream, "the vocabulary"), options);

    /// <summary>Reads a vocabulary, a token per line (<c>vocab.txt</c>).</summary>
    /// <param name="vocabStream">The file, UTF-8.</param>
    /// <param name="options">How text is normalized, and what the special tokens are called.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public static async Task<BertTokenizer> CreateAsync(Stream vocabStream, BertOptions? options = null, CancellationToken cancellationToken = default) =>
        Create(VocabularyText.Read(await TokenizerFolder.ReadBytesAsync(vocabStream, cancellationToken).ConfigureAwait(false), "the vocabulary"), options);

    private static BertTokenizer Create(TermMap terms, BertOptions? options)
    {
        options ??= new BertOptions();
        BasicTokenization normalization = options.ApplyBasicTokenization
            ? new BasicTokenization(Clean: true, options.LowerCaseBeforeTokenization, options.RemoveNonSpacingMarks, options.IndividuallyTokenizeCjk, SplitPunctuation: true)
            : BasicTokenization.SpacesOnly;
        string[] usual = [options.ClassificationToken, options.SeparatorToken, options.PaddingToken, options.UnknownToken, options.MaskingToken];
        int[] special = [.. usual.Select(token => (int)terms.Find(token) - 1).Where(id => id >= 0), .. Checked(terms, options.SpecialTokens)];
        return new BertTokenizer(terms, normalization, options, special, options.SplitOnSpecialTokens ? special : []);
    }

    /// <summary>Learns a vocabulary from texts: from single characters on, the most frequent pair of neighbours becomes a piece, until there are as many as asked for.</summary>
    /// <remarks>
    /// The same texts in any order give the same vocabulary. Words and their counts are held in memory. Characters that occur less often than
    /// <see cref="TokenizerTrainingOptions.MinimumFrequency"/>, and the rarest where they would be more than half the vocabulary, are unknown.
    /// </remarks>
    /// <param name="texts">The texts.</param>
    /// <param name="options">How many tokens, and which special ones; by default BERT's.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    public static BertTokenizer Train(IEnumerable<string> texts, TokenizerTrainingOptions? options = null, CancellationToken cancellationToken = default) =>
        WordPieceTraining.Train(texts, options ?? new TokenizerTrainingOptions(), cancellationToken);

    internal static bool IsPossible(TermMap terms, BertOptions options) =>
        new[] { options.SeparatorToken, options.PaddingToken, options.ClassificationToken, options.MaskingToken }.All(token => terms.Find(token) > 0);

    /// <summary>The numbers of a text's tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="addSpecialTokens">Whether <see cref="ClassificationToken"/> is before them and <see cref="SeparatorToken"/> after.</param>
    public IReadOnlyList<int> EncodeToIds(string text, bool addSpecialTokens)
    {
        IReadOnlyList<int> ids = base.EncodeToIds(text);
        return addSpecialTokens ? BuildInputsWithSpecialTokens(ids) : ids;
    }

    /// <summary>The numbers of a text's tokens, with <see cref="ClassificationToken"/> before them and <see cref="SeparatorToken"/> after.</summary>
    /// <param name="text">The text.</param>
    public new IReadOnlyList<int> EncodeToIds(string text) => EncodeToIds(text, addSpecialTokens: true);

    /// <summary>The numbers of a text's first tokens, with <see cref="ClassificationToken"/> before them and <see cref="SeparatorToken"/> after.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxTokenCount">How many at most, these two among them; at least 3.</param>
    /// <param name="normalizedText">Always <see langword="null"/>: places are those of the text as it was given.</param>
    /// <param name="charsConsumed">How much of the text they stand for, in UTF-16 units.</param>
    public new IReadOnlyList<int> EncodeToIds(string text, int maxTokenCount, out string? normalizedText, out int charsConsumed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokenCount, 3);
        return BuildInputsWithSpecialTokens(base.EncodeToIds(text, maxTokenCount - 2, out normalizedText, out charsConsumed));
    }

    /// <summary>Tokens of one text or two with <see cref="ClassificationToken"/> before them and <see cref="SeparatorToken"/> after each.</summary>
    public IReadOnlyList<int> BuildInputsWithSpecialTokens(IEnumerable<int> tokenIds, IEnumerable<int>? additionalTokenIds = null) =>
        Around(tokenIds, additionalTokenIds, (ClassificationTokenId, SeparatorTokenId), id => id, (SeparatorTokenId, id => id));

    /// <summary>1 where <see cref="BuildInputsWithSpecialTokens"/> puts a special token, and 0 elsewhere; or where one is already.</summary>
    public IReadOnlyList<int> GetSpecialTokensMask(IEnumerable<int> tokenIds, IEnumerable<int>? additionalTokenIds = null, bool alreadyHasSpecialTokens = false) =>
        alreadyHasSpecialTokens
            ? [.. tokenIds.Concat(additionalTokenIds ?? []).Select(id => id == ClassificationTokenId || id == SeparatorTokenId || id == PaddingTokenId || id == MaskingTokenId || id == UnknownTokenId ? 1 : 0)]
            : Around(tokenIds, additionalTokenIds, (1, 1), _ => 0, (1, _ => 0));

    /// <summary>For what <see cref="BuildInputsWithSpecialTokens"/> makes: 0 for the first text and 1 for the second, with the special tokens after each.</summary>
    public IReadOnlyList<int> CreateTokenTypeIdsFromSequences(IEnumerable<int> tokenIds, IEnumerable<int>? additionalTokenIds = null) =>
        Around(tokenIds, additionalTokenIds, (0, 0), _ => 0, (1, _ => 1));

    private static List<int> Around(IEnumerable<int> first, IEnumerable<int>? second, (int Before, int After) marks, Func<int, int> value, (int After, Func<int, int> Value) ofSecond)
    {
        ArgumentNullException.ThrowIfNull(first);
        List<int> list = [marks.Before, .. first.Select(value), marks.After];
        if (second is not null) list.AddRange([.. second.Select(ofSecond.Value), ofSecond.After]);
        return list;
    }
}
