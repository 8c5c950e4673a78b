namespace MLPipelines.Data;

/// <summary>Works out the type and the fields of each column that was asked for.</summary>
internal static class ColumnBinder
{
    internal static BoundColumn[] Bind(TextLoader.Column[] columns, TextLoader loader, TextSample sample)
    {
        int fieldCount = loader.InputSize > 0 ? loader.InputSize : sample.FieldCount;
        FieldRange[][] ranges = Array.ConvertAll(columns, column => RangesOf(column, fieldCount));
        TakeOthers(columns, ranges);

        var bound = new BoundColumn[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            TextLoader.Column column = columns[i];
            string name = string.IsNullOrWhiteSpace(column.Name) ? throw new ArgumentException($"Column {i} has no name.", nameof(columns)) : column.Name.Trim();
            PrimitiveDataViewType kind = column.DataKind.ToType();
            PrimitiveDataViewType itemType = column.KeyCount is { } keys ? keys.ToKeyType(kind) : kind;
            if (column.SourceNames is { Length: > 0 } names)
            {
                if (!loader.HasHeader && loader.FixedHeader is null)
                    throw new ArgumentException($"Column '{name}' is read from fields by name, which needs a header (hasHeader: true).", nameof(columns));
                bound[i] = new BoundColumn(name, itemType, names, column.IsVector);
            }
            else
            {
                bool isVector = column.IsVector || Array.Exists(column.Source!, range => range.ForceVector || range.AllOther || (range.Max is null && (range.AutoEnd || range.VariableEnd)));
                CheckApart(name, ranges[i]);
                bound[i] = new BoundColumn(name, itemType, ranges[i], isVector);
            }
        }
        return bound;
    }

    internal static DataViewSchema ToSchema(IReadOnlyList<BoundColumn> columns, string[]? header)
    {
        var schema = new DataViewSchema.Builder();
        foreach (BoundColumn column in columns)
        {
            string[]? names = column.Type is VectorDataViewType { IsKnownSize: true } ? column.Names ?? CellsOf(column.Ranges, header) : null;
            schema.AddColumn(column.Name, column.Type, names is null ? null : ColumnAnnotations.WithSlotNames(names));
        }
        return schema.ToSchema();
    }

    private static string[]? CellsOf(FieldRange[] ranges, string[]? header) => header is null ? null
        : [.. ranges.SelectMany(range => Enumerable.Range(range.Min, range.Limit - range.Min)).Select(i => i < header.Length ? header[i] : "")];

    private static FieldRange[] RangesOf(TextLoader.Column column, int fieldCount)
    {
        if (column.SourceNames is { Length: > 0 }) return [];
        if (column.Source is not { Length: > 0 } source) throw new ArgumentException($"Column '{column.Name}' says neither by index nor by name which fields it is read from.");
        return Array.ConvertAll(source, range =>
        {
            if (range.Min < 0 || range.Max < range.Min) throw new ArgumentException($"Column '{column.Name}': fields {range.Min} to {range.Max} are no range.");
            if (range.Max is { } max) return new FieldRange(range.Min, max + 1);
            if (range.AutoEnd && fieldCount == 0)
                throw new ArgumentException($"Column '{column.Name}' reads all fields from {range.Min} on. How many there are is not known: give a sample of the data (dataSample), InputSize, or the last index.");
            if (range.AutoEnd && fieldCount <= range.Min)
                throw new ArgumentException($"Column '{column.Name}' reads all fields from {range.Min} on, and there are only {fieldCount}.");
            return new FieldRange(range.Min, range.AutoEnd ? fieldCount : range.VariableEnd ? FieldRange.RowEnd : range.Min + 1);
        });
    }

    /// <summary>Puts the fields that no other range names in the place of the range that asks for all others.</summary>
    private static void TakeOthers(TextLoader.Column[] columns, FieldRange[][] ranges)
    {
        var all = columns.SelectMany((column, c) => (column.Source ?? []).Select((range, r) => (Column: c, Range: r, range.AllOther))).ToList();
        var others = all.FindAll(place => place.AllOther && ranges[place.Column].Length > place.Range);
        if (others.Count == 0) return;
        if (others.Count > 1) throw new ArgumentException("Only one range can be all the fields that the others leave.");
        var (column, at, _) = others[0];
        FieldRange whole = ranges[column][at];
        List<FieldRange> free = [];
        int next = whole.Min;
        foreach (FieldRange taken in all.Where(place => !place.AllOther && ranges[place.Column].Length > place.Range).Select(place => ranges[place.Column][place.Range]).OrderBy(range => range.Min))
        {
            if (taken.Min >= whole.Limit) break;
            if (taken.Min > next) free.Add(new FieldRange(next, taken.Min));
            next = Math.Max(next, taken.Limit);
        }
        if (next < whole.Limit) free.Add(whole with { Min = next });
        if (free.Count == 0) throw new ArgumentException($"Column '{columns[column].Name}': the other columns leave no fields.");
        ranges[column] = [.. ranges[column][..at], .. free, .. ranges[column][(at + 1)..]];
    }

    private static void CheckApart(string name, FieldRange[] ranges)
    {
        FieldRange[] ordered = [.. ranges.OrderBy(range => range.Min)];
        for (int i = 1; i < ordered.Length; i++)
            if (ordered[i].Min < ordered[i - 1].Limit)
                throw new ArgumentException($"Column '{name}' reads field {ordered[i].Min} twice.");
    }
}
