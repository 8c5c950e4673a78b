using MLPipelines.AutoML;

namespace MLPipelines.Cli.AutoML;

/// <summary>Hears of a search on the thread that tells of it, so that all is told by when the search ends.</summary>
internal sealed class SearchListener(Action<ExperimentProgress> hear) : IProgress<ExperimentProgress>
{
    public void Report(ExperimentProgress value) => hear(value);
}
