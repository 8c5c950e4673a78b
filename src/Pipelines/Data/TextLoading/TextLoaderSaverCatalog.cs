using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines;

/// <summary>Loading and saving delimited text: <c>mlContext.Data.LoadFromTextFile</c>, <c>CreateTextLoader</c>, <c>SaveAsText</c>.</summary>
public static partial class TextLoaderSaverCatalog
{
    /// <summary>A loader for given columns.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="columns">The columns and the fields that they are read from.</param>
    /// <param name="separatorChar">The character between fields.</param>
    /// <param name="hasHeader">Whether the first row of every file names the fields.</param>
    /// <param name="dataSample">Data to take the names of vector items and the number of fields from.</param>
    /// <param name="allowQuoting">Whether fields may be put in double quotes (RFC 4180).</param>
    /// <param name="trimWhitespace">Whether white space at the end of rows is left out.</param>
    /// <param name="allowSparse">Whether rows may be sparse: <c>5 2:6 4:3</c>.</param>
    public static TextLoader CreateTextLoader(
        this DataOperationsCatalog catalog,
        TextLoader.Column[] columns,
        char separatorChar = TextLoader.Defaults.Separator,
        bool hasHeader = TextLoader.Defaults.HasHeader,
        IMultiStreamSource? dataSample = null,
        bool allowQuoting = TextLoader.Defaults.AllowQuoting,
        bool trimWhitespace = TextLoader.Defaults.TrimWhitespace,
        bool allowSparse = TextLoader.Defaults.AllowSparse) =>
        new(catalog.Environment, OptionsOf(columns, separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse), dataSample);

    /// <summary>A loader with all its settings.</summary>
    public static TextLoader CreateTextLoader(this DataOperationsCatalog catalog, TextLoader.Options options, IMultiStreamSource? dataSample = null) =>
        new(catalog.Environment, options, dataSample);

    /// <summary>A loader for the columns that the attributes of a type describe.</summary>
    /// <typeparam name="TInput">
    /// A type whose public fields and properties have <see cref="LoadColumnAttribute"/>, <see cref="LoadColumnNameAttribute"/> or
    /// <see cref="NoColumnAttribute"/>.
    /// </typeparam>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="separatorChar">The character between fields.</param>
    /// <param name="hasHeader">Whether the first row of every file names the fields.</param>
    /// <param name="dataSample">Data to take the names of vector items and the number of fields from.</param>
    /// <param name="allowQuoting">Whether fields may be put in double quotes (RFC 4180).</param>
    /// <param name="trimWhitespace">Whether white space at the end of rows is left out.</param>
    /// <param name="allowSparse">Whether rows may be sparse: <c>5 2:6 4:3</c>.</param>
    public static TextLoader CreateTextLoader<[DynamicallyAccessedMembers(MemberColumns.Members)] TInput>(
        this DataOperationsCatalog catalog,
        char separatorChar = TextLoader.Defaults.Separator,
        bool hasHeader = TextLoader.Defaults.HasHeader,
        IMultiStreamSource? dataSample = null,
        bool allowQuoting = TextLoader.Defaults.AllowQuoting,
        bool trimWhitespace = TextLoader.Defaults.TrimWhitespace,
        bool allowSparse = TextLoader.Defaults.AllowSparse) =>
        new(catalog.Environment, OptionsOf(MemberColumns.Of<TInput>(), separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse), dataSample);

    /// <summary>A loader for the columns that the attributes of a type describe; <see cref="TextLoader.Options.Columns"/> is set to them.</summary>
    public static TextLoader CreateTextLoader<[DynamicallyAccessedMembers(MemberColumns.Members)] TInput>(
        this DataOperationsCatalog catalog, TextLoader.Options options, IMultiStreamSource? dataSample = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Columns = MemberColumns.Of<TInput>();
        return new(catalog.Environment, options, dataSample);
    }

    /// <summary>A view of given columns of text files. Nothing but the first rows is read until rows are asked for.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="path">A file, or several: see <see cref="MultiFileSource"/>.</param>
    /// <param name="columns">The columns and the fields that they are read from.</param>
    /// <param name="separatorChar">The character between fields.</param>
    /// <param name="hasHeader">Whether the first row of every file names the fields.</param>
    /// <param name="allowQuoting">Whether fields may be put in double quotes (RFC 4180).</param>
    /// <param name="trimWhitespace">Whether white space at the end of rows is left out.</param>
    /// <param name="allowSparse">Whether rows may be sparse: <c>5 2:6 4:3</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IDataView LoadFromTextFile(
        this DataOperationsCatalog catalog,
        string path,
        TextLoader.Column[] columns,
        char separatorChar = TextLoader.Defaults.Separator,
        bool hasHeader = TextLoader.Defaults.HasHeader,
        bool allowQuoting = TextLoader.Defaults.AllowQuoting,
        bool trimWhitespace = TextLoader.Defaults.TrimWhitespace,
        bool allowSparse = TextLoader.Defaults.AllowSparse) =>
        LoadFromTextFile(catalog, path, OptionsOf(columns, separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse));

    /// <summary>A view of text files, with all settings.</summary>
    public static IDataView LoadFromTextFile(this DataOperationsCatalog catalog, string path, TextLoader.Options? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var source = new MultiFileSource(path);
        return new TextLoader(catalog.Environment, options, source).Load(source);
    }

    /// <summary>A view of text files, with the columns that the attributes of a type describe.</summary>
    /// <typeparam name="TInput">
    /// A type whose public fields and properties have <see cref="LoadColumnAttribute"/>, <see cref="LoadColumnNameAttribute"/> or
    /// <see cref="NoColumnAttribute"/>.
    /// </typeparam>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="path">A file, or several: see <see cref="MultiFileSource"/>.</param>
    /// <param name="separatorChar">The character between fields.</param>
    /// <param name="hasHeader">Whether the first row of every file names the fields.</param>
    /// <param name="allowQuoting">Whether fields may be put in double quotes (RFC 4180).</param>
    /// <param name="trimWhitespace">Whether white space at the end of rows is left out.</param>
    /// <param name="allowSparse">Whether rows may be sparse: <c>5 2:6 4:3</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IDataView LoadFromTextFile<[DynamicallyAccessedMembers(MemberColumns.Members)] TInput>(
        this DataOperationsCatalog catalog,
        string path,
        char separatorChar = TextLoader.Defaults.Separator,
        bool hasHeader = TextLoader.Defaults.HasHeader,
        bool allowQuoting = TextLoader.Defaults.AllowQuoting,
        bool trimWhitespace = TextLoader.Defaults.TrimWhitespace,
        bool allowSparse = TextLoader.Defaults.AllowSparse) =>
        LoadFromTextFile(catalog, path, OptionsOf(MemberColumns.Of<TInput>(), separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse));

    /// <summary>A view of text files, with all settings; <see cref="TextLoader.Options.Columns"/> is set to those that the attributes of a type describe.</summary>
    public static IDataView LoadFromTextFile<[DynamicallyAccessedMembers(MemberColumns.Members)] TInput>(this DataOperationsCatalog catalog, string path, TextLoader.Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Columns = MemberColumns.Of<TInput>();
        return LoadFromTextFile(catalog, path, options);
    }

    private static TextLoader.Options OptionsOf(TextLoader.Column[] columns, char separator, bool hasHeader, bool allowQuoting, bool trimWhitespace, bool allowSparse)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return new TextLoader.Options
        {
            Columns = columns,
            Separators = [separator],
            HasHeader = hasHeader,
            AllowQuoting = allowQuoting,
            TrimWhitespace = trimWhitespace,
            AllowSparse = allowSparse,
        };
    }
}
