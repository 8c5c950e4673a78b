namespace MLPipelines.Data;

/// <summary>Which columns of a schema are wanted.</summary>
public readonly struct ColumnSet
{
    private readonly bool[] _active;

    private ColumnSet(bool[] active) => _active = active;

    /// <summary>The size of the schema.</summary>
    public int Count => _active.Length;

    public bool this[int index] => _active[index];

    public static ColumnSet None(DataViewSchema schema) => new(new bool[schema.Count]);

    public static ColumnSet All(DataViewSchema schema)
    {
        bool[] active = new bool[schema.Count];
        Array.Fill(active, value: true);
        return new(active);
    }

    public static ColumnSet Of(DataViewSchema schema, params IEnumerable<DataViewSchema.Column> columns)
    {
        bool[] active = new bool[schema.Count];
        foreach (var column in columns) active[column.Index] = true;
        return new(active);
    }

    public static ColumnSet Of(DataViewSchema schema, params IEnumerable<int> columns)
    {
        bool[] active = new bool[schema.Count];
        foreach (int column in columns) active[column] = true;
        return new(active);
    }

    /// <summary>The wanted indices, rising.</summary>
    public IEnumerable<int> Indices()
    {
        for (int i = 0; i < _active.Length; i++)
            if (_active[i]) yield return i;
    }
}
