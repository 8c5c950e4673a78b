using MLPipelines.Data;

namespace MLPipelines;

/// <summary>Saving data with everything that is known of it: <c>mlContext.Data.SaveAsBinary</c> and <c>LoadFromBinary</c>.</summary>
public static class BinaryLoaderSaverCatalog
{
    /// <summary>A view of a binary file that <see cref="SaveAsBinary"/> or ML.NET wrote (<c>.idv</c>). Only the columns that are asked for are read.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="fileSource">One file or stream.</param>
    /// <exception cref="MLPipelinesException">The file is no binary data file, of a version before ML.NET 1.0 that is not understood, or damaged.</exception>
    public static IDataView LoadFromBinary(this DataOperationsCatalog catalog, IMultiStreamSource fileSource)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(fileSource);
        return new BinaryView(BinaryFile.Open(fileSource));
    }

    /// <inheritdoc cref="LoadFromBinary(DataOperationsCatalog, IMultiStreamSource)"/>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IDataView LoadFromBinary(this DataOperationsCatalog catalog, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return LoadFromBinary(catalog, new MultiFileSource(path));
    }

    /// <summary>
    /// Writes a view as a binary file, ML.NET's <c>.idv</c>: columns with their types, keys and what these mean, slot names and all other
    /// annotations, sparse vectors as such.
    /// </summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="data">The rows.</param>
    /// <param name="stream">Where to write: a stream that can seek, such as that of a file, at its start. It is left open.</param>
    /// <param name="keepHidden">Whether to write columns that are hidden by another of the same name.</param>
    public static void SaveAsBinary(this DataOperationsCatalog catalog, IDataView data, Stream stream, bool keepHidden = false)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek || stream.Position != 0)
            throw new ArgumentException("A binary file is written from the start of a stream that can seek, such as File.Create gives.", nameof(stream));
        BinarySaver.Save(BatchView.Of(data), [.. data.Schema.Where(column => keepHidden || !column.IsHidden)], stream);
    }
}
