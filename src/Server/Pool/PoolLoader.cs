using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace MLPipelines.Extensions.ML;

/// <summary>
/// The engine of one model, made anew when there is a newer one. Engines are safe to use from many threads, so that one is enough;
/// whoever has an engine of the model before goes on with it.
/// </summary>
internal sealed class PoolLoader<
    [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TData, [DynamicallyAccessedMembers(RowTypeMembers.Needed)] TPrediction> : IDisposable
    where TData : class where TPrediction : class, new()
{
    private readonly MLContext _context;
    private readonly ModelLoader _loader;
    private readonly IDisposable _registration;
    private Fitted _fitted;

    private sealed record Fitted(ITransformer Model, PredictionEngine<TData, TPrediction> Engine);

    internal PoolLoader(MLContext context, ModelLoader loader, ILogger logger)
    {
        (_context, _loader) = (context, loader);
        _fitted = Fit();
        _registration = ChangeToken.OnChange(loader.GetReloadToken, () =>
        {
            try
            {
                Volatile.Write(ref _fitted, Fit());
            }
            catch (Exception e) when (e is ArgumentException or MLPipelinesException or InvalidOperationException or NotSupportedException)
            {
                PoolLog.DoesNotFit(logger, typeof(TData).Name, typeof(TPrediction).Name, e);
            }
        });
    }

    internal ITransformer Model => Volatile.Read(ref _fitted).Model;

    internal PredictionEngine<TData, TPrediction> Engine => Volatile.Read(ref _fitted).Engine;

    public void Dispose()
    {
        _registration.Dispose();
        (_loader as IDisposable)?.Dispose();
    }

    private Fitted Fit()
    {
        ITransformer model = _loader.GetModel();
        return new Fitted(model, _context.Model.CreatePredictionEngine<TData, TPrediction>(model));
    }
}
