namespace MLPipelines.Tokenizers;

/// <summary>What a <see cref="BpeTokenizer"/> is made of.</summary>
/// <param name="vocabulary">The tokens, in the characters that stand for bytes, and their numbers 0, 1, 2, ….</param>
public sealed class BpeOptions(IEnumerable<KeyValuePair<string, int>> vocabulary)
{
    /// <summary>Reads a vocabulary and merges from files.</summary>
    /// <param name="vocabFile">A JSON object of tokens and numbers: <c>vocab.json</c>, <c>encoder.json</c>.</param>
    /// <param name="mergesFile">A merge per line, <c>left right</c>: <c>merges.txt</c>, <c>vocab.bpe</c>.</param>
    /// <exception cref="MLPipelinesException">A file cannot be read; the message says which line and what is wrong.</exception>
    public BpeOptions(string vocabFile, string? mergesFile = null) : this(BpeFiles.ReadVocabulary(vocabFile))
    {
        if (mergesFile is not null) Merges = BpeFiles.ReadMergeLines(mergesFile);
    }

    /// <summary>The tokens and their numbers.</summary>
    public IEnumerable<KeyValuePair<string, int>> Vocabulary { get; } = vocabulary ?? throw new ArgumentNullException(nameof(vocabulary));

    /// <summary>The pairs that are merged, <c>left right</c>, the first ones first.</summary>
    public IEnumerable<string>? Merges { get; set; }

    /// <summary>
    /// Tokens that are looked for in texts. By default none are: <c>&lt;/s&gt;</c> in a text is four characters and does not end it, whoever wrote it.
    /// </summary>
    public IReadOnlyDictionary<string, int>? SpecialTokens { get; set; }
}
