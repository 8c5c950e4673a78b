using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>Trials in the words of leaderboards.</summary>
internal static class TrialDescription
{
    /// <summary>The trainer of a trial and its parameters by name, those that make features after a dot.</summary>
    internal static (string Trainer, IReadOnlyDictionary<string, string> Parameters) Of(SweepablePipeline? pipeline, TrialSettings settings)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (PipelineOptions(pipeline, settings) is not { } options)
        {
            AddLeaves(parameters, "", settings.Parameter);
            return ("trial", parameters);
        }
        var chosen = pipeline!.Chosen(options).ToArray();
        var trainers = chosen.Where(part => part.Estimator.IsTrainer).DefaultIfEmpty(chosen[^1]).ToArray();
        foreach (var (estimator, values) in chosen) AddLeaves(parameters, trainers.Any(part => part.Estimator == estimator) ? "" : $"{estimator.Name}.", values);
        return (string.Join('+', trainers.Select(part => part.Estimator.Name)), parameters);
    }

    /// <summary>The options that a trial has for a pipeline.</summary>
    internal static Parameter? PipelineOptions(SweepablePipeline? pipeline, TrialSettings settings) =>
        pipeline is not null && settings.Parameter.TryGetValue(AutoMLExperiment.PipelineSearchSpaceName, out Parameter? options) ? options : null;

    private static void AddLeaves(SortedDictionary<string, string> leaves, string prefix, Parameter parameter)
    {
        if (parameter.Value is null) return;
        foreach (var (name, value) in parameter)
        {
            if (value.Value is null || name.StartsWith('_') || name.EndsWith("ColumnName", StringComparison.Ordinal)) continue;
            if (value.ParameterType == ParameterType.Object) AddLeaves(leaves, $"{prefix}{name}.", value);
            else leaves[prefix + name] = value.ParameterType == ParameterType.String ? value.AsType<string>() : value.ToString();
        }
    }
}
