using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>How much of the rows a trial learns from. It is kept with the parameters of the trial, so that a trial that is run again, here or elsewhere, learns from the same rows.</summary>
internal static class TrialSample
{
    private const string Key = "_sample_", FoldKey = "_fold_";

    /// <summary>The share of the rows, above 0 and up to 1.</summary>
    internal static double ShareOf(TrialSettings? settings) => settings?.Parameter is { ParameterType: ParameterType.Object } parameter
        && parameter.TryGetValue(Key, out Parameter? share) ? share.AsType<double>() : 1;

    /// <summary>Whether it is measured in the first fold only.</summary>
    internal static bool IsOneFold(TrialSettings? settings) => settings?.Parameter is { ParameterType: ParameterType.Object } parameter && parameter.ContainsKey(FoldKey);

    /// <summary>Whether it learns from some of the rows, or is measured in one fold only.</summary>
    internal static bool IsPart(TrialSettings settings) => ShareOf(settings) < 1 || IsOneFold(settings);

    internal static Parameter Without(Parameter parameter) => Parameter.CreateNestedParameter([.. parameter.Where(pair => pair.Key is not (Key or FoldKey))]);

    internal static void Set(TrialSettings settings, double share, bool isOneFold)
    {
        if (share < 1) settings.Parameter[Key] = Parameter.FromDouble(share);
        if (isOneFold) settings.Parameter[FoldKey] = Parameter.FromInt(1);
    }

    /// <summary>The rows of a view that a trial learns from: spread over all of them, the same ones each time.</summary>
    internal static IDataView Take(MLContext context, IDataView rows, double share) =>
        share >= 1 ? rows : context.Data.TrainTestSplit(rows, share, seed: 0).TestSet;
}
