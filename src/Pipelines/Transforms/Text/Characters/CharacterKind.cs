namespace MLPipelines.Transforms.Text;

/// <summary>What a character does to the words around it in <see cref="NgramExtractor"/>.</summary>
internal enum CharacterKind : byte
{
    /// <summary>White space and control characters: ends a word and is none.</summary>
    Space,

    /// <summary>A letter, digit or mark: goes on with the word before it.</summary>
    Letter,

    /// <summary>A character of a script that writes no spaces between words: a word of its own.</summary>
    Ideograph,

    /// <summary>Punctuation and signs of arithmetic and money: no word.</summary>
    Symbol,

    /// <summary>A pictogram: a word of its own.</summary>
    Picture,

    /// <summary>Half of a character beyond the 16-bit plane, an emoji most often.</summary>
    Surrogate,
}
