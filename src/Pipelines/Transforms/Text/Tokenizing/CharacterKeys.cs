using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Characters as keys: the key of a character is its UTF-16 code, and U+0000 is the missing one. Their names replace what cannot be
/// seen: <c>&lt;␠&gt;</c> for a space, <c>\uD83D</c> for half a surrogate pair.
/// </summary>
internal static class CharacterKeys
{
    internal const ushort TextStart = 0x02;
    internal const ushort TextEnd = 0x03;

    /// <summary>Between the texts of a vector.</summary>
    internal const ushort UnitSeparator = 0x1F;

    // The abbreviations of the control characters from U+0080 on.
    private static readonly string[] C1Controls =
    [
        "PAD", "HOP", "BPH", "NBH", "IND", "NEL", "SSA", "ESA", "HTS", "HTJ", "VTS", "PLD", "PLU", "RI", "SS2", "SS3",
        "DCS", "PU1", "PU2", "STS", "CCH", "MW", "SPA", "EPA", "SOS", "SGCI", "SCI", "CSI", "ST", "OSC", "PM", "APC",
    ];

    private static ReadOnlyMemory<char>[]? s_names;

    internal static KeyDataViewType Type { get; } = new(typeof(ushort), ushort.MaxValue);

    /// <summary>The name of every key, from 1 on.</summary>
    internal static ReadOnlyMemory<char>[] Names => s_names ??= [.. Enumerable.Range(1, ushort.MaxValue).Select(c => NameOf((char)c).AsMemory())];

    internal static string NameOf(char c) => c switch
    {
        // The pictures of the control characters and the space start at U+2400.
        <= ' ' => $"<{(char)(c + 0x2400)}>",
        '\u007F' => "<\u2421>",
        >= '\u0080' and <= '\u009F' => $"<{C1Controls[c - 0x80]}>",
        '\u2028' => "<LSEP>",
        '\u2029' => "<PSEP>",
        _ when char.IsSurrogate(c) => $"\\u{((int)c).ToString("X4", CultureInfo.InvariantCulture)}",
        _ => c.ToString(),
    };
}
