namespace MLPipelines.Cli.Output;

/// <summary>A table to show: a title, heads, and rows of cells. Columns whose head starts with '#' hold numbers and stand to the right.</summary>
internal sealed class TextTable(string title, params string[] heads)
{
    private readonly List<string[]> _rows = [];

    internal string Title => title;

    internal IReadOnlyList<string> Heads { get; } = [.. heads.Select(head => head.TrimStart('#'))];

    internal IReadOnlyList<bool> AreNumbers { get; } = [.. heads.Select(head => head.StartsWith('#'))];

    internal IReadOnlyList<string[]> Rows => _rows;

    internal void Add(params string[] cells) => _rows.Add(cells);
}
