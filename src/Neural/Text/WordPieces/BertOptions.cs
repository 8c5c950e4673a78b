namespace MLPipelines.Tokenizers;

/// <summary>How text is normalized and divided into words, and what the special tokens are called.</summary>
public sealed class BertOptions : WordPieceOptions
{
    /// <summary>Whether upper case becomes lower case.</summary>
    public bool LowerCaseBeforeTokenization { get; set; } = true;

    /// <summary>Whether text is cleaned, normalized, and divided at punctuation, too; otherwise at spaces only.</summary>
    public bool ApplyBasicTokenization { get; set; } = true;

    /// <summary>Whether special tokens are looked for in texts; otherwise they are text there.</summary>
    public bool SplitOnSpecialTokens { get; set; } = true;

    /// <summary>After a text and between two.</summary>
    public string SeparatorToken { get; set; } = "[SEP]";

    /// <summary>After shorter texts of a batch.</summary>
    public string PaddingToken { get; set; } = "[PAD]";

    /// <summary>Before a text.</summary>
    public string ClassificationToken { get; set; } = "[CLS]";

    /// <summary>In place of what is to be guessed.</summary>
    public string MaskingToken { get; set; } = "[MASK]";

    /// <summary>Whether every Chinese character is a word (also those of Japanese and Korean texts; kana and hangul are not).</summary>
    public bool IndividuallyTokenizeCjk { get; set; } = true;

    /// <summary>Whether letters lose their accents. Models in lower case are trained so; <see cref="Tokenizer.FromFolder"/> then sets it.</summary>
    public bool RemoveNonSpacingMarks { get; set; }
}
