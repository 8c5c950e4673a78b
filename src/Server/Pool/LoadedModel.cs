using MLPipelines.Data;

namespace MLPipelines.Extensions.ML;

/// <summary>A model with the token that says when there is a newer one.</summary>
internal sealed class LoadedModel
{
    private sealed record State(ITransformer Model, ModelReloadToken Token);

    private State? _state;

    internal ITransformer Model => Current.Model;

    internal ModelReloadToken Token => Current.Token;

    private State Current => Volatile.Read(ref _state) ?? throw new InvalidOperationException("The model loader was not started. FromFile and FromUri start theirs.");

    internal void Replace(ITransformer model) => Interlocked.Exchange(ref _state, new State(model, new ModelReloadToken()))?.Token.OnReload();
}
