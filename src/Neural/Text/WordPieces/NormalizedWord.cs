using System.Text;

namespace MLPipelines.Tokenizers;

/// <summary>A word as normalization made it, and where each of its characters came from. Before it there is room for a prefix. One per thread.</summary>
/// <param name="prefix">How many characters of room.</param>
internal sealed class NormalizedWord(int prefix)
{
    private char[] _chars = new char[prefix + 64];
    private int[] _starts = new int[64], _ends = new int[64];

    internal int Length { get; private set; }

    internal int CodePoints { get; private set; }

    internal ReadOnlySpan<char> Text => _chars.AsSpan(prefix, Length);

    internal ReadOnlySpan<int> Starts => _starts.AsSpan(0, Length);

    internal ReadOnlySpan<int> Ends => _ends.AsSpan(0, Length);

    internal void Clear() => (Length, CodePoints) = (0, 0);

    internal void Add(Rune rune, int start, int end)
    {
        if (Length + 2 > _starts.Length)
        {
            Array.Resize(ref _chars, prefix + 2 * _starts.Length);
            Array.Resize(ref _starts, 2 * _starts.Length);
            Array.Resize(ref _ends, _starts.Length);
        }
        int units = rune.EncodeToUtf16(_chars.AsSpan(prefix + Length));
        for (int i = 0; i < units; i++) (_starts[Length + i], _ends[Length + i]) = (start, end);
        Length += units;
        CodePoints++;
    }

    /// <summary>The last character stands for what follows it in the text, too: a mark that is left out.</summary>
    internal void ExtendTo(int end)
    {
        if (Length > 0) _ends[Length - 1] = end;
    }

    /// <summary>A part of the word that is not its beginning, with the prefix before it. What was there is lost: parts are asked for from left to right.</summary>
    internal ReadOnlySpan<char> Continuation(int start, int end, ReadOnlySpan<char> prefixText)
    {
        prefixText.CopyTo(_chars.AsSpan(start));
        return _chars.AsSpan(start, prefix + end - start);
    }
}
