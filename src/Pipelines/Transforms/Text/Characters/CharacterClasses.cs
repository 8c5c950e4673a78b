using System.Globalization;
using System.Runtime.CompilerServices;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// What every character is, from its Unicode general category and, for the scripts that write no spaces between words, its block:
/// its <see cref="CharacterClass"/> and its <see cref="CharacterKind"/>. Needs no Unicode library on the machine.
/// </summary>
internal static class CharacterClasses
{
    // The class in the low half of a byte, the kind in the high half.
    private static readonly byte[] Table = MakeTable();

    internal static CharacterClass Of(char c) => (CharacterClass)(Table[c] & 0xF);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static CharacterKind KindOf(char c) => (CharacterKind)(Table[c] >> 4);

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
        _ => Of(CharUnicodeInfo.GetUnicodeCategory(codePoint)).Class,
    };

    private static byte[] MakeTable()
    {
        byte[] table = new byte[char.MaxValue + 1];
        for (int i = 0; i < table.Length; i++)
        {
            char c = (char)i;
            var (ofClass, kind) = Of(CharUnicodeInfo.GetUnicodeCategory(c));
            bool unspaced = IsUnspaced(c);
            if (unspaced) kind = CharacterKind.Ideograph;
            if (ofClass == CharacterClass.Letter && (unspaced || IsUnspacedForTokens(c))) ofClass = CharacterClass.Unspaced;
            ofClass = c switch
            {
                '_' or '\u3040' => CharacterClass.Letter, // U+3040 is no character.
                '\u200C' or '\u200D' => CharacterClass.Joiner,
                '\uFF9E' or '\uFF9F' => CharacterClass.Mark, // half-width voicing marks of Katakana
                _ => ofClass,
            };
            table[i] = (byte)((int)kind << 4 | (int)ofClass);
        }
        return table;
    }

    private static bool IsUnspaced(char c) => c is
        (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or '\u3005' or '\u3007' or // Han
        (>= '\u3040' and <= '\u30FF') or (>= '\u31F0' and <= '\u31FF') or // Hiragana, Katakana
        (>= '\u0E00' and <= '\u0EFF') or // Thai, Lao
        (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF'); // Myanmar, Khmer

    /// <summary>Further blocks of such scripts, which are rare; n-grams of saved models have their characters in words.</summary>
    private static bool IsUnspacedForTokens(char c) => c is
        (>= '\u2E80' and <= '\u2FDF') or '\u3006' or (>= '\u3021' and <= '\u3029') or (>= '\u3031' and <= '\u303C') or // Han radicals, numerals, marks
        (>= '\uFF66' and <= '\uFF9D') or // half-width Katakana
        (>= '\u3105' and <= '\u312F') or (>= '\u31A0' and <= '\u31BF') or // Bopomofo
        (>= '\uA9E0' and <= '\uA9FF') or (>= '\uAA60' and <= '\uAA7F') or // Myanmar
        (>= '\u1950' and <= '\u19DF') or (>= '\u1A20' and <= '\u1AAF'); // Tai Le, Tai Lue, Khmer symbols, Tai Tham

    private static (CharacterClass Class, CharacterKind Kind) Of(UnicodeCategory category) => category switch
    {
        UnicodeCategory.DecimalDigitNumber => (CharacterClass.Digit, CharacterKind.Letter),
        UnicodeCategory.OtherNumber => (CharacterClass.Digit, CharacterKind.Symbol),
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => (CharacterClass.Mark, CharacterKind.Letter),
        UnicodeCategory.OtherSymbol => (CharacterClass.Symbol, CharacterKind.Picture),
        UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.ModifierSymbol => (CharacterClass.Symbol, CharacterKind.Symbol),
        UnicodeCategory.ConnectorPunctuation => (CharacterClass.Punctuation, CharacterKind.Letter),
        UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
            or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation => (CharacterClass.Punctuation, CharacterKind.Symbol),
        UnicodeCategory.Control or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            => (CharacterClass.Break, CharacterKind.Space),
        // Not seen, and no end of a word: folding leaves it out.
        UnicodeCategory.Format => (CharacterClass.Break, CharacterKind.Letter),
        UnicodeCategory.Surrogate => (CharacterClass.Break, CharacterKind.Surrogate),
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => (CharacterClass.Letter, CharacterKind.Symbol),
        _ => (CharacterClass.Letter, CharacterKind.Letter),
    };
}
