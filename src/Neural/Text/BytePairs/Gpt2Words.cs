using System.Buffers;
using System.Text;

namespace MLPipelines.Tokenizers;

/// <summary>
/// Divides text into words as GPT-2 and RoBERTa do, by what their regular expression says:
/// <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>. Every character is in one word.
/// </summary>
internal static class Gpt2Words
{
    private enum Kind : byte
    {
        Other,
        Letter,
        Number,
        Space,
    }

    /// <summary>Where the word ends that starts at a place.</summary>
    internal static int EndOf(ReadOnlySpan<char> text, int start)
    {
        char first = text[start];
        if (first == '\'' && ContractionAfter(text[(start + 1)..]) is > 0 and var letters) return start + 1 + letters;
        int at = first == ' ' && start + 1 < text.Length ? start + 1 : start;
        Kind kind = KindOf(text, at, out int length);
        if (kind != Kind.Space)
        {
            do at += length;
            while (at < text.Length && KindOf(text, at, out length) == kind);
            return at;
        }
        for (at = start; at < text.Length && char.IsWhiteSpace(text[at]);) at++;
        // The last space before something belongs to it.
        return at == text.Length || at - start == 1 ? at : at - 1;
    }

    private static int ContractionAfter(ReadOnlySpan<char> text) => text switch
    {
        ['s' or 't' or 'm' or 'd', ..] => 1,
        ['r' or 'v', 'e', ..] or ['l', 'l', ..] => 2,
        _ => 0,
    };

    private static Kind KindOf(ReadOnlySpan<char> text, int at, out int length)
    {
        char c = text[at];
        length = 1;
        if (!char.IsSurrogate(c)) return char.IsLetter(c) ? Kind.Letter : char.IsWhiteSpace(c) ? Kind.Space : char.IsNumber(c) ? Kind.Number : Kind.Other;
        if (Rune.DecodeFromUtf16(text[at..], out Rune rune, out int taken) != OperationStatus.Done) return Kind.Other;
        length = taken;
        return Rune.IsLetter(rune) ? Kind.Letter : Rune.IsNumber(rune) ? Kind.Number : Kind.Other;
    }
}
