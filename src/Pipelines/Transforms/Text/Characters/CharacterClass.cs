namespace MLPipelines.Transforms.Text;

/// <summary>What a character is to <see cref="UnicodeTokenizer"/>.</summary>
internal enum CharacterClass : byte
{
    /// <summary>Between tokens: white space, control characters.</summary>
    Break,

    /// <summary>Part of a word, in a script that puts spaces between words.</summary>
    Letter,

    Digit,

    /// <summary>Belongs to the character before it: combining marks, variation selectors.</summary>
    Mark,

    /// <summary>A token of its own: the scripts without spaces between words.</summary>
    Unspaced,

    /// <summary>A symbol or pictograph.</summary>
    Symbol,

    /// <summary>A letter of a flag; two make one flag.</summary>
    RegionalIndicator,

    /// <summary>A skin tone or tag: belongs to the symbol before it.</summary>
    SymbolModifier,

    Punctuation,

    /// <summary>Zero-width joiner and non-joiner: inside words and emoji sequences.</summary>
    Joiner,
}
