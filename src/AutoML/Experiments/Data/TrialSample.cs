using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>How much of the rows a trial learns from. It is kept with the parameters of the trial, so that a trial that is run again, here or elsewhere, learns from the same rows.</summary>
internal static class TrialSample
{
    private const string Key = "_sample_";

    /// <summary>The share of the rows, above 0 and up to 1.</summary>
    internal static double ShareOf(TrialSettings? settings) => settings?.Parameter is { ParameterType: ParameterType.Object } parameter
        && parameter.TryGetValue(Key, out Parameter? share) ? share.AsType<double>() : 1;

    internal static void Set(TrialSettings settings, double share)
    {
        if (share < 1) settings.Parameter[Key] = Parameter.FromDouble(share);
    }

    internal static void Clear(TrialSettings settings) => settings.Parameter.Remove(Key);

    /// <summary>The rows of a view that a trial learns from: spread over all of them, the same ones each time.</summary>
    internal static IDataView Take(MLContext context, IDataView rows, double share) =>
        share >= 1 ? rows : context.Data.TrainTestSplit(rows, share, seed: 0).TestSet;
}
