using MLPipelines.Data;

namespace MLPipelines;

public static partial class TextLoaderSaverCatalog
{
    private const string SavedSeparators = "\t ,;|";

    /// <summary>
    /// Writes a view as delimited text in UTF-8. Without further settings <c>LoadFromTextFile</c> loads it again exactly, out of the
    /// description of the columns that the file starts with: names, types, slot names and values. What keys mean is not in the file;
    /// <c>SaveAsBinary</c> keeps that too.
    /// </summary>
    /// <remarks>
    /// Numbers are written in as many digits as they need, NaN as <c>?</c>, key k as k − 1, a missing key as an empty field, truth values as
    /// 1 and 0, times as ISO 8601; text is quoted where it has to be.
    /// </remarks>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="data">The rows.</param>
    /// <param name="stream">Where to write; it is left open.</param>
    /// <param name="separatorChar">The character between fields: tab, space, comma, semicolon or vertical bar.</param>
    /// <param name="headerRow">Whether to write the names of columns and slots first, where there are any.</param>
    /// <param name="schema">Whether to write the description of the columns, as lines that start with <c>#@</c>.</param>
    /// <param name="keepHidden">Whether to write columns that are hidden by another of the same name.</param>
    /// <param name="forceDense">Whether to write every item of every vector, rather than only those that are not 0 where these are few.</param>
    /// <exception cref="ArgumentOutOfRangeException">The separator is another character.</exception>
    /// <exception cref="ArgumentException">A column of varying length is not the last one, and the file is to describe its columns.</exception>
    /// <exception cref="NotSupportedException">Text cannot hold the values of a column.</exception>
    public static void SaveAsText(
        this DataOperationsCatalog catalog,
        IDataView data,
        Stream stream,
        char separatorChar = TextLoader.Defaults.Separator,
        bool headerRow = true,
        bool schema = true,
        bool keepHidden = false,
        bool forceDense = false)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(stream);
        if (!SavedSeparators.Contains(separatorChar))
            throw new ArgumentOutOfRangeException(nameof(separatorChar), separatorChar, "Fields are separated by tab, space, comma, semicolon or vertical bar.");
        DataViewSchema.Column[] columns = [.. data.Schema.Where(column => keepHidden || !column.IsHidden)];
        if (columns.Length == 0) throw new ArgumentException("The data has no columns to save.", nameof(data));
        TextSaver.Save(BatchView.Of(data), columns, stream, separatorChar, headerRow, schema, forceDense);
    }
}
