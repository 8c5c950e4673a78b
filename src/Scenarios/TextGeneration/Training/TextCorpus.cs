using System.IO.Compression;
using System.Text;

namespace MLPipelines.Scenarios.TextGeneration;

/// <summary>What separates the texts of a file.</summary>
public enum TextSeparation
{
    /// <summary>One or more blank lines; a text has lines of its own.</summary>
    BlankLines,

    /// <summary>Each line is a text.</summary>
    Lines,

    /// <summary>The file is one text.</summary>
    None,
}

/// <summary>Texts to learn from, of a file in UTF-8.</summary>
/// <param name="texts">The texts; empty ones are left out.</param>
/// <param name="source">What messages call it.</param>
public sealed class TextCorpus(IEnumerable<string> texts, string source = "The corpus")
{
    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Texts { get; } = [.. texts.Where(text => !string.IsNullOrWhiteSpace(text))];

    /// <summary>What messages call it.</summary>
    public string Source { get; } = source;

    /// <summary>How many characters they have together.</summary>
    internal long Length => Texts.Sum(text => (long)text.Length);

    /// <summary>Reads a file, plain or <c>.gz</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separation">What separates its texts.</param>
    public static TextCorpus Read(string path, TextSeparation separation = TextSeparation.BlankLines)
    {
        ArgumentNullException.ThrowIfNull(path);
        using FileStream file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new TextCorpus(Divide(reader, separation), path);
    }

    private static IEnumerable<string> Divide(StreamReader reader, TextSeparation separation)
    {
        var text = new StringBuilder();
        while (reader.ReadLine() is { } line)
        {
            bool isBlank = string.IsNullOrWhiteSpace(line);
            if (separation == TextSeparation.Lines)
            {
                if (!isBlank) yield return line;
                continue;
            }
            if (isBlank && separation == TextSeparation.BlankLines)
            {
                if (text.Length > 0) yield return text.ToString();
                text.Clear();
                continue;
            }
            if (text.Length > 0) text.Append('\n');
            text.Append(line);
        }
        if (text.Length > 0) yield return text.ToString();
    }
}
