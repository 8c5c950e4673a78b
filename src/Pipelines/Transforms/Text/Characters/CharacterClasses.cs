using System.Globalization;

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

/// <summary>The class of every character, from its Unicode general category and, for the scripts without spaces, its block.</summary>
internal static class CharacterClasses
{
    private static readonly CharacterClass[] Basic = MakeTable();

    internal static CharacterClass Of(char c) => Basic[c];

    /// <summary>The class of a code point beyond U+FFFF.</summary>
    internal static CharacterClass OfSupplementary(int codePoint) => codePoint switch
    {
        >= 0x20000 and <= 0x3FFFF => CharacterClass.Unspaced, // Han
        >= 0x1AFF0 and <= 0x1B16F => CharacterClass.Unspaced, // Kana
        >= 0x16FE0 and <= 0x18D8F => CharacterClass.Unspaced, // Tangut, Khitan and their marks
        >= 0x1F1E6 and <= 0x1F1FF => CharacterClass.RegionalIndicator,
        >= 0x1F3FB and <= 0x1F3FF => CharacterClass.SymbolModifier,
        >= 0xE0020 and <= 0xE007F => CharacterClass.SymbolModifier,
        // Pictographs are added to Unicode every year; the whole range counts, assigned or not.
        >= 0x1F000 and <= 0x1FAFF => CharacterClass.Symbol,
        _ => FromCategory(CharUnicodeInfo.GetUnicodeCategory(codePoint)),
    };

    private static CharacterClass[] MakeTable()
    {
        var table = new CharacterClass[char.MaxValue + 1];
        for (int i = 0; i < table.Length; i++)
        {
            CharacterClass category = FromCategory(char.GetUnicodeCategory((char)i));
            table[i] = category is CharacterClass.Letter && IsUnspaced((char)i) ? CharacterClass.Unspaced : category;
        }
        table['_'] = CharacterClass.Letter;
        table['\u200C'] = table['\u200D'] = CharacterClass.Joiner;
        table['\uFF9E'] = table['\uFF9F'] = CharacterClass.Mark; // half-width voicing marks of Katakana
        return table;
    }

    private static bool IsUnspaced(char c) => c is
        (>= '\u2E80' and <= '\u2FDF') or // Han radicals
        (>= '\u3005' and <= '\u3007') or (>= '\u3021' and <= '\u3029') or (>= '\u3031' and <= '\u303C') or
        (>= '\u3041' and <= '\u30FF') or (>= '\u31F0' and <= '\u31FF') or (>= '\uFF66' and <= '\uFF9D') or // Hiragana, Katakana
        (>= '\u3105' and <= '\u312F') or (>= '\u31A0' and <= '\u31BF') or // Bopomofo
        (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or // Han
        (>= '\u0E00' and <= '\u0EFF') or // Thai, Lao
        (>= '\u1000' and <= '\u109F') or (>= '\uA9E0' and <= '\uA9FF') or (>= '\uAA60' and <= '\uAA7F') or // Myanmar
        (>= '\u1780' and <= '\u17FF') or (>= '\u1950' and <= '\u19DF') or (>= '\u1A20' and <= '\u1AAF'); // Khmer, Tai Le, Tai Lue, Tai Tham

    private static CharacterClass FromCategory(UnicodeCategory category) => category switch
    {
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber => CharacterClass.Digit,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => CharacterClass.Mark,
        UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherSymbol => CharacterClass.Symbol,
        UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation
            or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation => CharacterClass.Punctuation,
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => CharacterClass.Break,
        _ => CharacterClass.Letter,
    };
}
