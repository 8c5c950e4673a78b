namespace MLPipelines.Scenarios.Reports;

/// <summary>A table to show: a title, heads, and rows of cells. Columns whose head starts with '#' hold numbers and stand to the right.</summary>
public sealed class TextTable(string title, params string[] heads)
{
    private readonly List<string[]> _rows = [];

    public string Title => title;

    public IReadOnlyList<string> Heads { get; } = [.. heads.Select(head => head.TrimStart('#'))];

    public IReadOnlyList<bool> AreNumbers { get; } = [.. heads.Select(head => head.StartsWith('#'))];

    public IReadOnlyList<string[]> Rows => _rows;

    /// <summary>Adds a row; a page shows what follows the first line of a cell in small letters.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);
}
