namespace MLPipelines.Data;

/// <summary>Neighbouring fields, from the first to before the limit.</summary>
internal readonly record struct FieldRange(int Min, int Limit)
{
    /// <summary>The limit of a range that reaches to the end of each row.</summary>
    internal const int RowEnd = int.MaxValue;

    internal bool IsVariable => Limit == RowEnd;
}

/// <summary>A column of a text view: its type, and the fields that it is read from by index or by name.</summary>
internal sealed class BoundColumn
{
    internal BoundColumn(string name, PrimitiveDataViewType itemType, FieldRange[] ranges, bool isVector)
    {
        (Name, ItemType, Ranges) = (name, itemType, ranges);
        int size = ranges.Where(range => !range.IsVariable).Sum(range => range.Limit - range.Min);
        if (IsVariable) Type = new VectorDataViewType(itemType);
        else if (isVector || size > 1) Type = new VectorDataViewType(itemType, size);
        else Type = itemType;
    }

    internal BoundColumn(string name, PrimitiveDataViewType itemType, string[] names, bool isVector)
    {
        (Name, ItemType, Names, Ranges) = (name, itemType, names, []);
        Type = isVector || names.Length > 1 ? new VectorDataViewType(itemType, names.Length) : itemType;
    }

    internal string Name { get; }

    internal PrimitiveDataViewType ItemType { get; }

    internal DataViewType Type { get; }

    /// <summary>The fields by index; empty when they are found by name.</summary>
    internal FieldRange[] Ranges { get; }

    /// <summary>The fields by name.</summary>
    internal string[]? Names { get; }

    internal bool IsVariable => Array.Exists(Ranges, range => range.IsVariable);

    /// <summary>The fields of a file by index.</summary>
    /// <exception cref="MLPipelinesException">The header lacks a name.</exception>
    internal FieldRange[] Resolve(string[]? header, string file)
    {
        if (Names is null) return Ranges;
        return Array.ConvertAll(Names, name =>
        {
            int at = header is null ? -1 : Array.IndexOf(header, name);
            return at >= 0 ? new FieldRange(at, at + 1) : throw TextFileErrors.NoSuchField(file, Name, name, header ?? []);
        });
    }
}
