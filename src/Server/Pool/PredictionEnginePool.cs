using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MLPipelines.Extensions.ML;

/// <summary>
/// Prediction engines of models that may be replaced while they are used. Add it to an application's services by
/// <see cref="ServiceCollectionExtensions.AddPredictionEnginePool{TData, TPrediction}(IServiceCollection)"/>. A replaced model is used by the next
/// prediction; one that cannot be loaded, or does not fit the classes, is reported in the log, and the one before it stays.
/// </summary>
public class PredictionEnginePool<
    [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction> : IDisposable
    where TData : class where TPrediction : class, new()
{
    private readonly MLContext _context;
    private readonly IOptionsFactory<PredictionEnginePoolOptions<TData, TPrediction>> _options;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, Lazy<PoolLoader<TData, TPrediction>>> _named = new(StringComparer.Ordinal);
    private readonly PoolLoader<TData, TPrediction>? _default;
    private bool _isDisposed;

    public PredictionEnginePool(IServiceProvider serviceProvider, IOptions<MLOptions> mlContextOptions, IOptionsFactory<PredictionEnginePoolOptions<TData, TPrediction>> predictionEngineOptions)
    {
        ArgumentNullException.ThrowIfNull(serviceProvider);
        ArgumentNullException.ThrowIfNull(mlContextOptions);
        ArgumentNullException.ThrowIfNull(predictionEngineOptions);
        (_context, _options) = (mlContextOptions.Value.MLContext, predictionEngineOptions);
        _logger = serviceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("MLPipelines.Extensions.ML.PredictionEnginePool");
        if (_options.Create(string.Empty).ModelLoader is { } loader) _default = new PoolLoader<TData, TPrediction>(_context, loader, _logger);
    }

    /// <summary>The model that was given no name.</summary>
    public ITransformer GetModel() => GetModel(string.Empty);

    /// <summary>The newest model of a name.</summary>
    public ITransformer GetModel(string modelName) => Pool(modelName).Model;

    public PredictionEngine<TData, TPrediction> GetPredictionEngine() => GetPredictionEngine(string.Empty);

    /// <summary>An engine of the newest model of a name. It may be used by several threads at once.</summary>
    /// <exception cref="ArgumentException">No model of that name was configured.</exception>
    public PredictionEngine<TData, TPrediction> GetPredictionEngine(string modelName) => Pool(modelName).Engine;

    public void ReturnPredictionEngine(PredictionEngine<TData, TPrediction> engine) => ReturnPredictionEngine(string.Empty, engine);

    /// <summary>Kept so that code for ML.NET works as it is: an engine need not be given back.</summary>
    public void ReturnPredictionEngine(string modelName, PredictionEngine<TData, TPrediction> engine) => ArgumentNullException.ThrowIfNull(engine);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || Interlocked.Exchange(ref _isDisposed, value: true)) return;
        _default?.Dispose();
        foreach (var pool in _named.Values)
            if (pool.IsValueCreated) pool.Value.Dispose();
    }

    private PoolLoader<TData, TPrediction> Pool(string modelName)
    {
        ArgumentNullException.ThrowIfNull(modelName);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        if (modelName.Length == 0) return _default ?? throw new ArgumentException("No model without a name was configured. FromFile(path) configures one; for a model with a name, say the name.", nameof(modelName));
        return _named.GetOrAdd(modelName, name => new Lazy<PoolLoader<TData, TPrediction>>(() => Open(name), LazyThreadSafetyMode.PublicationOnly)).Value;
    }

    private PoolLoader<TData, TPrediction> Open(string modelName) => new(_context,
        _options.Create(modelName).ModelLoader ?? throw new ArgumentException($"No model '{modelName}' was configured. FromFile(\"{modelName}\", path) configures it.", nameof(modelName)), _logger);
}
