using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.AutoML;

/// <summary>Makes the columns of a loader: all numbers are one vector, and so are all truth values, unless they are to stay apart.</summary>
internal sealed class ColumnGrouping
{
    private readonly List<TextLoader.Column> _columns = [];
    private readonly List<(string Name, ColumnPurpose Purpose)> _purposes = [];

    internal ColumnGrouping(IReadOnlyList<(ColumnFinding Finding, ColumnPurpose Purpose)> columns, bool groupsColumns, InferredTextFile layout)
    {
        HashSet<string> taken = [.. columns.Select(column => column.Finding.Name)];
        // Each column by itself, but those of one kind of number under that kind.
        foreach (var group in columns.GroupBy(column => groupsColumns && column.Purpose == ColumnPurpose.Number ? (column.Finding.Kind, Index: -1) : (column.Finding.Kind, column.Finding.Index)))
        {
            ColumnFinding[] members = [.. group.Select(column => column.Finding)];
            bool isVector = group.Key.Index < 0 && (members.Length > 1 || !layout.HasHeader);
            string name = isVector ? Unique(group.Key.Kind == DataKind.Boolean ? "BooleanFeatures" : "Features", taken) : members[0].Name;
            var column = new TextLoader.Column(name, group.Key.Kind, Ranges(members));
            // Found by name, columns may stand in another order in other files, and slots have names.
            if (Array.TrueForAll(members, member => layout.ByName.Contains(member.Name))) column.SourceNames = Array.ConvertAll(members, member => member.Name);
            _columns.Add(column);
            _purposes.Add((name, group.First().Purpose));
        }
    }

    internal IReadOnlyList<TextLoader.Column> Columns => _columns;

    internal IReadOnlyList<(string Name, ColumnPurpose Purpose)> Purposes => _purposes;

    private static TextLoader.Range[] Ranges(ColumnFinding[] members)
    {
        List<TextLoader.Range> ranges = [];
        foreach (ColumnFinding member in members)
        {
            if (ranges.Count > 0 && ranges[^1].Max == member.Index - 1) ranges[^1].Max = member.Index;
            else ranges.Add(new TextLoader.Range(member.Index));
        }
        return [.. ranges];
    }

    private static string Unique(string name, HashSet<string> taken)
    {
        string unique = name;
        for (int n = 1; !taken.Add(unique); n++) unique = string.Create(CultureInfo.InvariantCulture, $"{name}{n:00}");
        return unique;
    }
}
