using MLPipelines.Data;
using Microsoft.Extensions.Primitives;

namespace MLPipelines.Extensions.ML;

/// <summary>Where a pool's model comes from. Derive from it for a place of your own.</summary>
public abstract class ModelLoader
{
    /// <summary>Changes once when there is a new model; then <see cref="GetModel"/> gives it, and this method a new token.</summary>
    public abstract IChangeToken GetReloadToken();

    /// <summary>The newest model.</summary>
    public abstract ITransformer GetModel();
}
