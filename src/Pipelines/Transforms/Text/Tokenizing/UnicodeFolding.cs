using System.Buffers;
using System.Text;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Brings text to Unicode normalization form KC and to one case. ASCII, and what cannot change under normalization (most letters of
/// most texts, and full-width forms, which are mapped here), does not ask the Unicode library.
/// </summary>
internal sealed class UnicodeFolding(bool normalize, bool foldCase)
{
    internal ReadOnlySpan<char> Fold(ReadOnlySpan<char> text, scoped ref char[] buffer)
    {
        if (!normalize && !foldCase) return text;
        Ensure(ref buffer, text.Length);
        if (foldCase)
        {
            if (Ascii.ToLower(text, buffer, out int written) == OperationStatus.Done) return buffer.AsSpan(0, written);
        }
        else if (Ascii.IsValid(text))
        {
            return text;
        }
        int length = normalize ? NormalizeInto(text, ref buffer) : CopyInto(text, buffer);
        return foldCase ? LowerInPlace(ref buffer, length) : buffer.AsSpan(0, length);
    }

    private static int CopyInto(ReadOnlySpan<char> text, Span<char> buffer)
    {
        text.CopyTo(buffer);
        return text.Length;
    }

    private static int NormalizeInto(ReadOnlySpan<char> text, ref char[] buffer)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c < 0x80 || IsStable(c)) buffer[i] = c;
            else if (CharacterForms.Narrow(c) is var narrow && narrow != c) buffer[i] = narrow;
            else return AskLibrary(text, ref buffer);
        }
        return text.Length;
    }

    /// <summary>Characters that form KC leaves alone and that combine with none of the others here.</summary>
    private static bool IsStable(char c) => c is
        (>= '\u4E00' and <= '\u9FA5') or // Han
        (>= '\u00C0' and <= '\u00FF') or // Latin-1 letters
        (>= '\u0410' and <= '\u044F') or // Russian
        (>= '\u3041' and <= '\u3096') or (>= '\u30A1' and <= '\u30FA') or '\u30FC' or // Kana
        (>= '\uAC00' and <= '\uD7A3') or // Hangul
        (>= '\u3001' and <= '\u3003') or (>= '\u3008' and <= '\u3011') or '\u2013' or '\u2014' or
        (>= '\u2018' and <= '\u201E') or '\u00AB' or '\u00BB';

    private static int AskLibrary(ReadOnlySpan<char> text, ref char[] buffer)
    {
        char[] valid = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            Span<char> source = valid.AsSpan(0, text.Length);
            CopyValid(text, source);
            int length;
            // One character can become at most 18; most texts hardly grow.
            for (int room = text.Length + 32; !((ReadOnlySpan<char>)source).TryNormalize(Grown(ref buffer, room), out length, NormalizationForm.FormKC); room *= 2) { }
            return length;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(valid);
        }
    }

    /// <summary>Copies text; half a surrogate pair and U+FFFE become U+FFFD, which the Unicode library accepts.</summary>
    private static void CopyValid(ReadOnlySpan<char> text, Span<char> destination)
    {
        text.CopyTo(destination);
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]) && text[i] != '\uFFFE') continue;
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else destination[i] = '\uFFFD';
        }
    }

    private static Span<char> LowerInPlace(scoped ref char[] buffer, int length)
    {
        int sharps = 0;
        Span<char> text = buffer.AsSpan(0, length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c < 0x80)
            {
                if (c is >= 'A' and <= 'Z') text[i] = (char)(c | 0x20);
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && Rune.TryCreate(c, text[i + 1], out Rune rune))
            {
                Rune.ToLowerInvariant(rune).EncodeToUtf16(text[i..]);
                i++;
            }
            else
            {
                text[i] = c = CharacterForms.Lower(c);
                if (c == 'ß') sharps++;
            }
        }
        if (sharps == 0) return text;
        Grow(ref buffer, length + sharps, keep: length);
        int to = length + sharps;
        for (int from = length - 1; from >= 0; from--)
        {
            char c = buffer[from];
            if (c == 'ß') buffer[--to] = c = 's';
            buffer[--to] = c;
        }
        return buffer.AsSpan(0, length + sharps);
    }

    private static void Ensure(ref char[] buffer, int length)
    {
        if (buffer.Length < length) buffer = new char[Math.Max(length, Math.Max(256, buffer.Length * 2))];
    }

    private static Span<char> Grown(scoped ref char[] buffer, int length)
    {
        Ensure(ref buffer, length);
        return buffer;
    }

    private static void Grow(ref char[] buffer, int length, int keep)
    {
        if (buffer.Length >= length) return;
        char[] larger = new char[Math.Max(length, buffer.Length * 2)];
        buffer.AsSpan(0, keep).CopyTo(larger);
        buffer = larger;
    }
}
