using System.Globalization;
using System.Runtime.CompilerServices;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Brings spellings of one text together: lower case, one space for every run of white space, full-width forms as plain ones,
/// a letter and its combining accent as one character, nothing that is not seen. Needs no Unicode library on the machine, so that a model sees the same
/// text everywhere.
/// </summary>
internal static class NgramFolding
{
    /// <summary>The longest result for an input of some length.</summary>
    internal static int MaximumLength(int length) => checked(length + 2);

    /// <summary>Folds a text, with a space before and after it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="folded">Where the result goes; at least <see cref="MaximumLength"/> long.</param>
    /// <returns>The length of the result; 2 at least, unless nothing but spaces is there: then 1.</returns>
    internal static int Fold(ReadOnlySpan<char> text, Span<char> folded)
    {
        int length = 0;
        folded[length++] = ' ';
        foreach (char c in text)
        {
            if (c < 128)
            {
                if (c > ' ') folded[length++] = (uint)(c - 'A') <= 'Z' - 'A' ? (char)(c | 0x20) : c;
                else if (folded[length - 1] != ' ') folded[length++] = ' ';
                continue;
            }
            length = FoldBeyondAscii(c, folded, length);
        }
        if (folded[length - 1] != ' ') folded[length++] = ' ';
        return length;
    }

    /// <summary>Folds a text into a buffer, which is replaced by a larger one where it is too small.</summary>
    internal static ReadOnlySpan<char> Fold(ReadOnlySpan<char> text, scoped ref char[] buffer)
    {
        int room = MaximumLength(text.Length);
        if (buffer.Length < room) buffer = new char[Math.Max(room, buffer.Length * 2)];
        return buffer.AsSpan(0, Fold(text, buffer));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FoldBeyondAscii(char c, Span<char> folded, int length)
    {
        c = CharacterForms.Narrow(c);
        if (CharacterClasses.KindOf(c) == CharacterKind.Space || c == '\u200B')
        {
            if (folded[length - 1] != ' ') folded[length++] = ' ';
            return length;
        }
        // What is not seen: joiners, variation selectors, direction marks, soft hyphens, byte order marks.
        if (c is >= '\uFE00' and <= '\uFE0F' || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format) return length;
        if (Composition.TryCompose(folded[length - 1], c, out char composed))
        {
            folded[length - 1] = composed;
            return length;
        }
        folded[length++] = CharacterForms.Lower(c);
        return length;
    }
}
