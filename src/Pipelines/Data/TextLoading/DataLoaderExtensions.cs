using MLPipelines.Data;

namespace MLPipelines;

/// <summary>Loading by path.</summary>
public static class DataLoaderExtensions
{
    /// <summary>Reads one or several files with a loader.</summary>
    /// <param name="loader">The loader.</param>
    /// <param name="path">Paths, each of which may have wildcards, as for <see cref="MultiFileSource"/>.</param>
    public static IDataView Load(this IDataLoader<IMultiStreamSource> loader, params string[] path)
    {
        ArgumentNullException.ThrowIfNull(loader);
        return loader.Load(new MultiFileSource(path));
    }
}
