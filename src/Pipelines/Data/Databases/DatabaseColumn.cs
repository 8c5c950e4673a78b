using System.Data;

namespace MLPipelines.Data;

/// <summary>A column of a database view: its type, and the fields that it is read from by index or by name.</summary>
internal sealed class DatabaseColumn
{
    private readonly DatabaseLoader.Range[] _source;

    internal DatabaseColumn(DatabaseLoader.Column column, int index)
    {
        Name = string.IsNullOrWhiteSpace(column.Name) ? throw new ArgumentException($"Column {index} has no name.", nameof(column)) : column.Name.Trim();
        _source = column.Source is { Length: > 0 } source ? source : [new DatabaseLoader.Range(Name)];
        foreach (DatabaseLoader.Range range in _source)
            if (range.Name is null && (range.Min < 0 || range.Max < range.Min)) throw new ArgumentException($"Column '{Name}': fields {range.Min} to {range.Max} are no range.", nameof(column));
        PrimitiveDataViewType type = TypeOf(column.Type) ?? throw new ArgumentException($"Column '{Name}': {nameof(DbType)}.{column.Type} is no type of columns.", nameof(column));
        ItemType = column.KeyCount is { } keys ? keys.ToKeyType(type) : type;
        int size = _source.Sum(range => range.Name is null ? range.Max - range.Min + 1 : 1);
        Type = size > 1 || _source[0].ForceVector ? new VectorDataViewType(ItemType, size) : ItemType;
        if (Type is VectorDataViewType && Array.TrueForAll(_source, range => range.Name is not null)) SlotNames = Array.ConvertAll(_source, range => range.Name!);
    }

    internal string Name { get; }

    internal PrimitiveDataViewType ItemType { get; }

    internal DataViewType Type { get; }

    /// <summary>The names of the fields of a vector, where they are known before the query is run.</summary>
    internal string[]? SlotNames { get; }

    /// <summary>The fields by index.</summary>
    /// <param name="fields">The names of what the query gives.</param>
    /// <param name="query">What the query is called in messages.</param>
    /// <exception cref="MLPipelinesException">The query does not give a field.</exception>
    internal int[] Resolve(string[] fields, string query) => [.. _source.SelectMany(range =>
    {
        if (range.Name is { } name) return [IndexOf(name, fields, query)];
        return range.Max < fields.Length ? Enumerable.Range(range.Min, range.Max - range.Min + 1)
            : throw new MLPipelinesException($"{query} gives {fields.Length} field{(fields.Length == 1 ? "" : "s")} ({string.Join(", ", fields)}), and column \"{Name}\" is read from field {range.Max}, counted from 0.");
    })];

    private int IndexOf(string name, string[] fields, string query)
    {
        int at = Array.IndexOf(fields, name);
        // Databases write names as they like: ID for id.
        if (at < 0) at = Array.FindIndex(fields, field => field.Equals(name, StringComparison.OrdinalIgnoreCase));
        return at >= 0 ? at : throw new MLPipelinesException(
            $"{query} gives no field \"{name}\"{(name == Name ? "" : $", which column \"{Name}\" is read from")}. Its fields are: {string.Join(", ", fields.Select(field => $"\"{field}\""))}.");
    }

    /// <summary>The column type of a database type; decimal numbers become doubles.</summary>
    private static PrimitiveDataViewType? TypeOf(DbType type) => type switch
    {
        DbType.SByte => NumberDataViewType.SByte,
        DbType.Byte => NumberDataViewType.Byte,
        DbType.Int16 => NumberDataViewType.Int16,
        DbType.UInt16 => NumberDataViewType.UInt16,
        DbType.Int32 => NumberDataViewType.Int32,
        DbType.UInt32 => NumberDataViewType.UInt32,
        DbType.Int64 => NumberDataViewType.Int64,
        DbType.UInt64 => NumberDataViewType.UInt64,
        DbType.Single => NumberDataViewType.Single,
        DbType.Double or DbType.Decimal or DbType.Currency or DbType.VarNumeric => NumberDataViewType.Double,
        DbType.Boolean => BooleanDataViewType.Instance,
        DbType.String or DbType.StringFixedLength or DbType.AnsiString or DbType.AnsiStringFixedLength or DbType.Guid or DbType.Xml => TextDataViewType.Instance,
        DbType.Date or DbType.DateTime or DbType.DateTime2 => DateTimeDataViewType.Instance,
        DbType.DateTimeOffset => DateTimeOffsetDataViewType.Instance,
        DbType.Time => TimeSpanDataViewType.Instance,
        _ => null,
    };
}
