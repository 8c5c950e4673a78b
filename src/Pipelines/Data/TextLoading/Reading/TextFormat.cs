namespace MLPipelines.Data;

/// <summary>How fields and rows are told apart in a text file.</summary>
/// <param name="Separators">The characters between fields; any of them separates.</param>
/// <param name="Quoting">Whether a field may be put in double quotes, which hide separators and line breaks (RFC 4180).</param>
/// <param name="Escape">What precedes a quote inside quotes: the quote itself (it is then doubled) or another character.</param>
/// <param name="TrimEnd">Whether white space at the end of a row is left out.</param>
/// <param name="BlockSize">How many characters are decoded at a time.</param>
internal sealed record TextFormat(string Separators, bool Quoting, char Escape = '"', bool TrimEnd = false, int BlockSize = TextFormat.DefaultBlockSize)
{
    /// <summary>Enough that starting over at the end of a block is rare, and little enough to stay in a core's cache.</summary>
    internal const int DefaultBlockSize = 1 << 15;

    /// <summary>A row that is longer is taken for one whose quote was never closed, so that memory stays bounded.</summary>
    internal const int LongestRow = 1 << 25;
}
