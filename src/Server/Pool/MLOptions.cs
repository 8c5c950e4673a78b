namespace MLPipelines.Extensions.ML;

/// <summary>The context that pools load models with.</summary>
public class MLOptions
{
    /// <summary>Made on first use unless it is set.</summary>
    public MLContext MLContext
    {
        get => field ??= new MLContext();
        set;
    }
}
