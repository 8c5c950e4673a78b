namespace MLPipelines.Data;

/// <summary>The rows of a query. Every reading runs it again.</summary>
internal sealed class DatabaseView(DatabaseLoader loader, DatabaseSource source) : BatchView
{
    public override DataViewSchema Schema => loader.GetOutputSchema();

    public override BatchCursor OpenBatches(ColumnSet columns) => new DatabaseCursor(loader, source, columns);
}
