namespace MLPipelines.Data;

/// <summary>A column of a text file as its first rows make it look.</summary>
/// <param name="Name">Its name in the header, made unique; <c>Column0</c>, <c>Column1</c>, … where it has none.</param>
/// <param name="Index">The index of its field.</param>
/// <param name="Kind"><see cref="DataKind.Boolean"/>, <see cref="DataKind.Single"/>, <see cref="DataKind.DateTime"/> or <see cref="DataKind.String"/>.</param>
public sealed record InferredColumn(string Name, int Index, DataKind Kind);

/// <summary>The shape of a text file as its first rows make it look.</summary>
/// <param name="Separator">The character between fields.</param>
/// <param name="HasHeader">Whether the first row names the fields.</param>
/// <param name="AllowQuoting">Whether double quotes around fields are to be understood (RFC 4180).</param>
/// <param name="DecimalMark">What separates the decimals of a number.</param>
/// <param name="Columns">The columns, in the order of the fields.</param>
public sealed record InferredTextFile(char Separator, bool HasHeader, bool AllowQuoting, char DecimalMark, IReadOnlyList<InferredColumn> Columns)
{
    /// <summary>
    /// Options that load the columns under their names, missing numbers as NaN. A column with a name of its own in the header
    /// is read by that name, so that other files may have their columns in another order.
    /// </summary>
    /// <param name="columns">The columns to load; <see langword="null"/> for all.</param>
    public TextLoader.Options ToOptions(IEnumerable<InferredColumn>? columns = null) => new()
    {
        Separators = [Separator],
        HasHeader = HasHeader,
        AllowQuoting = AllowQuoting,
        DecimalMarker = DecimalMark,
        MissingRealsAsNaNs = true,
        Columns = [.. (columns ?? Columns).Select(column => ByName.Contains(column.Name)
            ? new TextLoader.Column { Name = column.Name, DataKind = column.Kind, SourceNames = [column.Name] }
            : new TextLoader.Column(column.Name, column.Kind, column.Index))],
    };

    /// <summary>The names that stand in the header just so, once.</summary>
    internal IReadOnlySet<string> ByName { get; init; } = new HashSet<string>();
}
