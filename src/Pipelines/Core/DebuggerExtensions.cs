using MLPipelines.Data;

namespace MLPipelines;

/// <summary>Looking at the first rows of data, or of what a transformer or estimator makes of it.</summary>
public static class DebuggerExtensions
{
    /// <summary>The first rows of a view.</summary>
    public static DataDebuggerPreview Preview(this IDataView data, int maxRows = 100) => new(data, maxRows);

    /// <summary>The first rows of what a transformer makes of a view.</summary>
    public static DataDebuggerPreview Preview(this ITransformer transformer, IDataView data, int maxRows = 100)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        return new(transformer.Transform(data), maxRows);
    }

    /// <summary>The first rows of what an estimator makes of a view after learning from its first rows.</summary>
    public static DataDebuggerPreview Preview(this IEstimator<ITransformer> estimator, IDataView data, int maxRows = 100, int maxTrainingRows = 100)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        IDataView training = new MLContext().Data.TakeRows(data, maxTrainingRows);
        return new(estimator.Fit(training).Transform(data), maxRows);
    }

    /// <summary>The first rows that a loader reads.</summary>
    public static DataDebuggerPreview Preview<TSource>(this IDataLoader<TSource> loader, TSource source, int maxRows = 100)
    {
        ArgumentNullException.ThrowIfNull(loader);
        return new(loader.Load(source), maxRows);
    }
}
