using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace MLPipelines.Tokenizers;

/// <summary>
/// What is left of a character without its nonspacing marks: <c>e</c> of <c>é</c>, the jamo of a hangul syllable. By a table of ours, as
/// <see cref="string.Normalize()"/> does nothing where globalization is invariant, and a model must see the same text on every machine.
/// </summary>
internal static class CanonicalBases
{
    /// <summary>The most UTF-16 units that a character leaves.</summary>
    internal const int Longest = 8;

    private const int FirstSyllable = 0xAC00, Syllables = 11_172, Vowels = 21, Finals = 28;

    private static readonly FrozenDictionary<int, string> Table = Read();

    /// <summary>Writes what is left; returns how many UTF-16 units, or -1 if it is the character itself.</summary>
    internal static int Of(Rune rune, Span<char> bases)
    {
        int syllable = rune.Value - FirstSyllable;
        if ((uint)syllable < Syllables)
        {
            bases[0] = (char)(0x1100 + syllable / (Vowels * Finals));
            bases[1] = (char)(0x1161 + syllable / Finals % Vowels);
            if (syllable % Finals == 0) return 2;
            bases[2] = (char)(0x11A7 + syllable % Finals);
            return 3;
        }
        if (Table.TryGetValue(rune.Value, out string? found))
        {
            found.CopyTo(bases);
            return found.Length;
        }
        return Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? 0 : -1;
    }

    private static FrozenDictionary<int, string> Read()
    {
        using Stream stream = typeof(CanonicalBases).Assembly.GetManifestResourceStream("canonical-bases.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var table = new Dictionary<int, string>();
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            Rune rune = Rune.GetRuneAt(line, 0);
            table.Add(rune.Value, line[rune.Utf16SequenceLength..]);
        }
        return table.ToFrozenDictionary();
    }
}
