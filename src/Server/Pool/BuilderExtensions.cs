using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MLPipelines.Extensions.ML;

/// <summary>Says where the models of a pool come from. The first model of a pool may go without a name.</summary>
public static class BuilderExtensions
{
    public static PredictionEnginePoolBuilder<TData, TPrediction> FromUri<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction>(
        this PredictionEnginePoolBuilder<TData, TPrediction> builder, string uri)
        where TData : class where TPrediction : class, new() => builder.FromUri(string.Empty, new Uri(uri));

    public static PredictionEnginePoolBuilder<TData, TPrediction> FromUri<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction>(
        this PredictionEnginePoolBuilder<TData, TPrediction> builder, string modelName, string uri)
        where TData : class where TPrediction : class, new() => builder.FromUri(modelName, new Uri(uri));

    public static PredictionEnginePoolBuilder<TData, TPrediction> FromUri<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction>(
        this PredictionEnginePoolBuilder<TData, TPrediction> builder, string modelName, Uri uri)
        where TData : class where TPrediction : class, new() => builder.FromUri(modelName, uri, TimeSpan.FromMinutes(5));

    public static PredictionEnginePoolBuilder<TData, TPrediction> FromUri<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction>(
        this PredictionEnginePoolBuilder<TData, TPrediction> builder, string uri, TimeSpan period)
        where TData : class where TPrediction : class, new() => builder.FromUri(string.Empty, new Uri(uri), period);

    public static PredictionEnginePoolBuilder<TData, TPrediction> FromUri<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction>(
        this PredictionEnginePoolBuilder<TData, TPrediction> builder, string modelName, string uri, TimeSpan period)
        where TData : class where TPrediction : class, new() => builder.FromUri(modelName, new Uri(uri), period);

    /// <summary>Loads a model from a web address.</summary>
    /// <param name="builder">The pool.</param>
    /// <param name="modelName">The name to ask for it by.</param>
    /// <param name="uri">Where it is; a model file.</param>
    /// <param name="period">How often the server is asked whether it has changed: by its ETag or time where the server gives one, else by its content. 5 minutes unless given.</param>
    public static PredictionEnginePoolBuilder<TData, TPrediction> FromUri<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction>(
        this PredictionEnginePoolBuilder<TData, TPrediction> builder, string modelName, Uri uri, TimeSpan period)
        where TData : class where TPrediction : class, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(uri);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        builder.Services.TryAddTransient<UriModelLoader>();
        builder.Services.AddOptions<PredictionEnginePoolOptions<TData, TPrediction>>(modelName).Configure<UriModelLoader>((options, loader) =>
        {
            loader.Start(uri, period);
            options.ModelLoader = loader;
        });
        return builder;
    }

    public static PredictionEnginePoolBuilder<TData, TPrediction> FromFile<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction>(
        this PredictionEnginePoolBuilder<TData, TPrediction> builder, string filePath)
        where TData : class where TPrediction : class, new() => builder.FromFile(string.Empty, filePath, true);

    public static PredictionEnginePoolBuilder<TData, TPrediction> FromFile<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction>(
        this PredictionEnginePoolBuilder<TData, TPrediction> builder, string filePath, bool watchForChanges)
        where TData : class where TPrediction : class, new() => builder.FromFile(string.Empty, filePath, watchForChanges);

    public static PredictionEnginePoolBuilder<TData, TPrediction> FromFile<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction>(
        this PredictionEnginePoolBuilder<TData, TPrediction> builder, string modelName, string filePath)
        where TData : class where TPrediction : class, new() => builder.FromFile(modelName, filePath, true);

    /// <summary>Loads a model from a file.</summary>
    /// <param name="builder">The pool.</param>
    /// <param name="modelName">The name to ask for it by.</param>
    /// <param name="filePath">The model file.</param>
    /// <param name="watchForChanges">Whether it is loaded again when the file is written or replaced. It is unless it is said otherwise.</param>
    public static PredictionEnginePoolBuilder<TData, TPrediction> FromFile<
        [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction>(
        this PredictionEnginePoolBuilder<TData, TPrediction> builder, string modelName, string filePath, bool watchForChanges)
        where TData : class where TPrediction : class, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        builder.Services.TryAddTransient<FileModelLoader>();
        builder.Services.AddOptions<PredictionEnginePoolOptions<TData, TPrediction>>(modelName).Configure<FileModelLoader>((options, loader) =>
        {
            loader.Start(filePath, watchForChanges);
            options.ModelLoader = loader;
        });
        return builder;
    }
}
