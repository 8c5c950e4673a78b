using MLPipelines.SearchSpace;
using MLPipelines.SearchSpace.Option;

namespace MLPipelines.AutoML.Tests.Experiments;

/// <summary>Trials whose loss is a function of their number and of one parameter, x between 0 and 1.</summary>
internal sealed class ScriptedRunner(Func<int, double, CancellationToken, double> loss) : ITrialRunner
{
    internal static AutoMLExperiment Experiment(Func<int, double, CancellationToken, double> loss, AutoMLExperiment.AutoMLExperimentSettings? settings = null)
    {
        var space = new SearchSpace.SearchSpace { ["x"] = new UniformDoubleOption(0, 1, defaultValue: 0.9) };
        return new MLContext(1).Auto().CreateExperiment(settings).AddSearchSpace("s", space)
            .SetTrialRunner(_ => new ScriptedRunner(loss)).SetTuner(_ => new RandomSearchTuner(new SearchSpace.SearchSpace { ["s"] = space }, 3)).SetPerformanceMonitor(50);
    }

    public Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct)
    {
        double value = loss(settings.TrialId, X(settings.Parameter), ct);
        return Task.FromResult(new TrialResult { TrialSettings = settings, Loss = value, Metric = -value });
    }

    /// <summary>A loss that takes a while, unless it is cancelled.</summary>
    internal static double Slowly(double value, int milliseconds, CancellationToken stop)
    {
        stop.WaitHandle.WaitOne(milliseconds);
        stop.ThrowIfCancellationRequested();
        return value;
    }

    private static double X(Parameter parameter) => parameter["s"]["x"].AsType<double>();

    public void Dispose() { }
}
