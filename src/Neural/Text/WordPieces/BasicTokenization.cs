using System.Buffers;
using System.Globalization;
using System.Text;

namespace MLPipelines.Tokenizers;

/// <summary>
/// BERT's way of dividing text into words (Devlin et al., NAACL 2019): control characters are left out, Chinese characters and punctuation marks are words
/// of their own, letters lose their case and accents. Nothing is copied: words are read one by one, with the places of their characters.
/// </summary>
/// <param name="Clean">Whether control characters (Unicode's category "other") are left out.</param>
/// <param name="LowerCase">Whether letters become lower case.</param>
/// <param name="StripAccents">Whether characters are decomposed and nonspacing marks left out.</param>
/// <param name="SplitChinese">Whether every Chinese character is a word.</param>
/// <param name="SplitPunctuation">Whether every punctuation mark is a word.</param>
internal sealed record BasicTokenization(bool Clean, bool LowerCase, bool StripAccents, bool SplitChinese, bool SplitPunctuation)
{
    internal static BasicTokenization SpacesOnly { get; } = new(false, false, false, false, false);

    internal static BasicTokenization OfBert(bool lowerCase) => new(true, lowerCase, lowerCase, true, true);

    /// <summary>Reads the next word.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">From where; then where the word ends.</param>
    /// <param name="word">What it becomes.</param>
    /// <returns>Whether there was one.</returns>
    internal bool Next(ReadOnlySpan<char> text, ref int at, NormalizedWord word)
    {
        word.Clear();
        Span<char> parts = stackalloc char[CanonicalBases.Longest];
        while (at < text.Length)
        {
            bool isRune = Rune.DecodeFromUtf16(text[at..], out Rune rune, out int length) == OperationStatus.Done;
            int start = at, end = at + length;
            if (rune.IsAscii && char.IsAsciiLetterOrDigit((char)rune.Value))
            {
                word.Add(LowerCase ? new Rune((char)(rune.Value | (rune.Value >= 'A' ? 0x20 : 0))) : rune, start, end);
                at = end;
                continue;
            }
            // A surrogate by itself is a control character, too, and U+FFFD stands for something unreadable.
            if (Clean && (!isRune || IsControl(rune)))
            {
                at = end;
                continue;
            }
            if (Rune.IsWhiteSpace(rune))
            {
                at = end;
                if (word.Length > 0) return true;
                continue;
            }
            Rune first = rune;
            int count = StripAccents && !rune.IsAscii ? CanonicalBases.Of(rune, parts) : -1;
            if (count > 0) Rune.DecodeFromUtf16(parts[..count], out first, out _);
            bool isAlone = count != 0 && ((SplitChinese && IsChinese(rune.Value)) || (SplitPunctuation && IsPunctuation(first)));
            if (isAlone && word.Length > 0) return true;
            at = end;
            if (count == 0) word.ExtendTo(end);
            else if (count < 0) Add(rune, start, end, word);
            else foreach (Rune part in parts[..count].EnumerateRunes()) Add(part, start, end, word);
            if (isAlone) return true;
        }
        return word.Length > 0;
    }

    private void Add(Rune rune, int start, int end, NormalizedWord word)
    {
        if (!LowerCase)
        {
            word.Add(rune, start, end);
        }
        else if (rune.Value == 'İ')
        {
            // The only letter whose lower case is two characters.
            word.Add(new Rune('i'), start, end);
            word.Add(new Rune('\u0307'), start, end);
        }
        else
        {
            word.Add(Rune.ToLowerInvariant(rune), start, end);
        }
    }

    private static bool IsControl(Rune rune) => rune.Value is not ('\t' or '\n' or '\r') && (rune.Value == 0xFFFD || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);

    private static bool IsPunctuation(Rune rune) =>
        rune.IsAscii ? rune.Value is (>= 33 and <= 47) or (>= 58 and <= 64) or (>= 91 and <= 96) or (>= 123 and <= 126) : Rune.IsPunctuation(rune);

    private static bool IsChinese(int rune) => rune is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
        or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
