using System.Collections;
using MLPipelines.Data;

namespace MLPipelines;

/// <summary>
/// The columns of a view, in order. Of several columns with one name, the last is found by that name; the others are hidden.
/// </summary>
public sealed partial class DataViewSchema : IReadOnlyList<DataViewSchema.Column>
{
    private readonly Column[] _columns;
    private readonly Dictionary<string, int> _byName;

    private DataViewSchema(List<(string Name, DataViewType Type, Annotations Annotations)> columns)
    {
        _byName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < columns.Count; i++) _byName[columns[i].Name] = i;
        _columns = new Column[columns.Count];
        for (int i = 0; i < columns.Count; i++)
            _columns[i] = new Column(columns[i].Name, i, _byName[columns[i].Name] != i, columns[i].Type, columns[i].Annotations);
    }

    public int Count => _columns.Length;

    public Column this[int index] => _columns[index];

    /// <exception cref="ArgumentOutOfRangeException">No column has that name; the message lists those that exist.</exception>
    public Column this[string name] => GetColumnOrNull(name)
        ?? throw new ArgumentOutOfRangeException(nameof(name), $"Column '{name}' not found. The columns are: {this}.");

    public Column? GetColumnOrNull(string name) => _byName.TryGetValue(name, out int index) ? _columns[index] : null;

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _columns.GetEnumerator();

    public override string ToString() => string.Join(", ", _columns.Where(c => !c.IsHidden).Select(c => $"{c.Name}: {c.Type}"));

    /// <summary>One column: its name, place, type and annotations.</summary>
    public readonly struct Column
    {
        internal Column(string name, int index, bool isHidden, DataViewType type, Annotations annotations) =>
            (Name, Index, IsHidden, Type, Annotations) = (name, index, isHidden, type, annotations);

        public string Name { get; }

        public int Index { get; }

        /// <summary>Whether a later column of the same name hides this one.</summary>
        public bool IsHidden { get; }

        public DataViewType Type { get; }

        /// <summary>What is known of the column beyond its type, such as slot names and key values.</summary>
        public Annotations Annotations { get; }

        public override string ToString() => $"{Name}: {Type}";
    }

    /// <summary>Puts a schema together, column by column.</summary>
    public sealed class Builder
    {
        private readonly List<(string, DataViewType, Annotations)> _columns = [];

        public void AddColumn(string name, DataViewType type, Annotations? annotations = null)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            ArgumentNullException.ThrowIfNull(type);
            _columns.Add((name, type, annotations ?? Annotations.Empty));
        }

        public void AddColumns(IEnumerable<Column> columns)
        {
            foreach (Column column in columns) AddColumn(column.Name, column.Type, column.Annotations);
        }

        public DataViewSchema ToSchema() => new(_columns);
    }
}
