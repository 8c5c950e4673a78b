namespace MLPipelines.Data;

/// <summary>The rows of text files. Every reading opens the files again.</summary>
internal sealed class TextView(TextLoader loader, IMultiStreamSource source) : BatchView
{
    public override DataViewSchema Schema => loader.GetOutputSchema();

    public override BatchCursor OpenBatches(ColumnSet columns) => new TextCursor(loader, source, columns);
}
