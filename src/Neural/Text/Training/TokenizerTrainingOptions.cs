namespace MLPipelines.Tokenizers;

/// <summary>How a vocabulary is learned from texts.</summary>
public sealed record TokenizerTrainingOptions
{
    /// <summary>How many tokens there are in the end, special ones and single characters or bytes among them; fewer if the texts give no more.</summary>
    public int VocabularySize { get; init; } = 30_000;

    /// <summary>How often a pair of tokens must stand side by side to become one. At least 1.</summary>
    public int MinimumFrequency { get; init; } = 2;

    /// <summary>
    /// Tokens that stand for no text; they get the first numbers. <see langword="null"/>: those of RoBERTa (<c>&lt;s&gt; &lt;pad&gt; &lt;/s&gt; &lt;unk&gt; &lt;mask&gt;</c>)
    /// for bytes, those of BERT (<c>[PAD] [UNK] [CLS] [SEP] [MASK]</c>) for word pieces.
    /// </summary>
    public IReadOnlyList<string>? SpecialTokens { get; init; }

    /// <summary>Word pieces only: whether upper and lower case, and letters with and without accents, are the same.</summary>
    public bool LowerCase { get; init; } = true;

    /// <summary>Special tokens first, then characters in their order.</summary>
    internal Transforms.Text.TermMap Begin(string[] usual)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumFrequency, 1);
        var terms = new Transforms.Text.TermMap();
        foreach (string token in SpecialTokens ?? usual)
        {
            if (string.IsNullOrWhiteSpace(token)) throw new ArgumentException("A special token is empty.");
            BpeFiles.Add(terms, token, "the special tokens");
        }
        return terms;
    }
}
