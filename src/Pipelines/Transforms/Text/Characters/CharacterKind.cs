using System.Globalization;
using System.Runtime.CompilerServices;

namespace MLPipelines.Transforms.Text;

/// <summary>What a character does to the words around it.</summary>
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

internal static class CharacterKinds
{
    private static readonly CharacterKind[] Ascii = [.. Enumerable.Range(0, 128).Select(c => Classify((char)c))];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static CharacterKind Of(char c) => c < 128 ? Ascii[c] : Classify(c);

    /// <summary>Whether a script that writes no spaces between words has the character.</summary>
    internal static bool IsIdeograph(char c) => c is
        (>= '\u4E00' and <= '\u9FFF') or (>= '\u3400' and <= '\u4DBF') or (>= '\uF900' and <= '\uFAFF')  // Han
        or (>= '\u3040' and <= '\u30FF') or (>= '\u31F0' and <= '\u31FF')                              // Hiragana, Katakana
        or (>= '\u0E00' and <= '\u0EFF')                                                               // Thai, Lao
        or (>= '\u1780' and <= '\u17FF') or (>= '\u1000' and <= '\u109F')                              // Khmer, Burmese
        or '\u3005' or '\u3007';

    private static CharacterKind Classify(char c)
    {
        if (c >= 128 && IsIdeograph(c)) return CharacterKind.Ideograph;
        switch (CharUnicodeInfo.GetUnicodeCategory(c))
        {
            case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control:
                return CharacterKind.Space;
            case <= UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation:
                return CharacterKind.Letter;
            case UnicodeCategory.Surrogate:
                return CharacterKind.Surrogate;
            // Not seen, and no end of a word: folding leaves it out.
            case UnicodeCategory.Format:
                return CharacterKind.Letter;
            case UnicodeCategory.OtherSymbol:
                return CharacterKind.Picture;
            default:
                return CharacterKind.Symbol;
        }
    }
}
