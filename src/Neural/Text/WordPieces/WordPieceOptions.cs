namespace MLPipelines.Tokenizers;

/// <summary>How words are divided into pieces.</summary>
public class WordPieceOptions
{
    /// <summary>Tokens that are looked for in texts, and which stand for no text. <see langword="null"/>: none.</summary>
    public IReadOnlyDictionary<string, int>? SpecialTokens { get; set; }

    /// <summary>The token of a word that no pieces make up.</summary>
    public string UnknownToken { get; set; } = "[UNK]";

    /// <summary>What is before a piece that is not the first of its word.</summary>
    public string ContinuingSubwordPrefix { get; set; } = WordPieceTokenizer.UsualPrefix;

    /// <summary>A word of more characters is unknown.</summary>
    public int MaxInputCharsPerWord { get; set; } = 100;
}
