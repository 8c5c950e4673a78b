namespace MLPipelines.Data;

/// <summary>
/// Loads the rows of a query, from any database that has an ADO.NET driver. Every reading of a view opens a connection of its
/// own, runs the query and streams its rows; nothing is held.
/// <para>
/// Values are converted where nothing is lost: any number, truth value or text of a number into number columns, dates with
/// and without offset into times (in UTC), and anything into text. NULL is NaN in floating-point columns, empty text, the
/// missing key, or the zero of a time.
/// </para>
/// <para>
/// Errors are <see cref="MLPipelinesException"/> and name the query, the row and the column: a database that cannot be
/// reached, a query that it refuses, a field that the query does not give, a value that is not of the column's type, and NULL
/// in columns of integers and truth values, which have no missing value (ML.NET reads it as 0 and false).
/// </para>
/// </summary>
public sealed partial class DatabaseLoader : IDataLoader<DatabaseSource>
{
    private readonly DataViewSchema _schema;

    /// <exception cref="ArgumentException">There are no columns, or one of them says something that cannot be.</exception>
    internal DatabaseLoader(TrainingEnvironment environment, Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Columns is not { Length: > 0 } columns) throw new ArgumentException("A database loader needs at least one column.", nameof(options));
        Environment = environment;
        Columns = [.. columns.Select((column, i) => new DatabaseColumn(column, i))];
        var schema = new DataViewSchema.Builder();
        foreach (DatabaseColumn column in Columns)
            schema.AddColumn(column.Name, column.Type, column.SlotNames is { } names ? ColumnAnnotations.WithSlotNames(names) : null);
        _schema = schema.ToSchema();
    }

    internal TrainingEnvironment Environment { get; }

    internal IReadOnlyList<DatabaseColumn> Columns { get; }

    public DataViewSchema GetOutputSchema() => _schema;

    /// <summary>A view of a query; the database is asked when rows are read.</summary>
    public IDataView Load(DatabaseSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new DatabaseView(this, source);
    }

    /// <summary>The settings of a loader.</summary>
    public sealed class Options
    {
        /// <summary>The columns and the fields of the query that they are read from.</summary>
        public Column[]? Columns;
    }
}
