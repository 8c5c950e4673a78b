namespace MLPipelines.Neural.Text;

/// <summary>
/// Texts to learn a language from, each once, in the order of the files. White space within a text becomes single spaces: classifiers are asked about texts
/// of one line.
/// </summary>
internal sealed class TextCorpus
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    internal IReadOnlyList<string> Texts => _texts;

    /// <summary>How many texts came again and were left out.</summary>
    internal int Repeated { get; private set; }

    /// <summary>The texts of files and folders.</summary>
    /// <param name="paths">Folders, archives of texts, tables, and files with a text per line; see <see cref="CorpusFiles"/>.</param>
    /// <param name="column">The column of tables, by its name or its index from 0; <see langword="null"/> for the one that looks like text.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="MLPipelinesException">A file cannot be read, or there is no text at all.</exception>
    internal static TextCorpus Read(IReadOnlyCollection<string> paths, string? column = null, CancellationToken cancellation = default)
    {
        var corpus = new TextCorpus();
        foreach (string path in paths)
            foreach (string text in CorpusFiles.TextsOf(path, column, cancellation)) corpus.Add(text);
        return corpus._texts.Count > 0 ? corpus : throw new MLPipelinesException($"There is no text in {string.Join(", ", paths)}.");
    }

    internal void Add(string text)
    {
        string clean = OneLine(text);
        if (clean.Length == 0) return;
        if (_known.Add(clean)) _texts.Add(clean);
        else Repeated++;
    }

    private static string OneLine(string text)
    {
        bool isClean = text.Length > 0 && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]);
        for (int i = 1; i < text.Length && isClean; i++) isClean = !char.IsControl(text[i]) && !(char.IsWhiteSpace(text[i]) && (text[i] != ' ' || text[i - 1] == ' '));
        return isClean ? text : string.Join(' ', text.Split([' ', '\t', '\r', '\n', '\v', '\f', '\0', '\u0085', '\u00A0', '\u2028', '\u2029', '\u3000'], StringSplitOptions.RemoveEmptyEntries));
    }
}
