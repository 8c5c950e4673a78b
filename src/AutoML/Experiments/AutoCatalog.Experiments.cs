namespace MLPipelines.AutoML;

public sealed partial class AutoCatalog
{
    /// <summary>An experiment over a sweepable pipeline, or over trials of one's own.</summary>
    public AutoMLExperiment CreateExperiment(AutoMLExperiment.AutoMLExperimentSettings? settings = null) => new(Context, settings ?? new());
}
