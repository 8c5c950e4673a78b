using System.Globalization;
using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>
/// Foretells how long trials take from how long others took. The work of a trial is its rows times, for trees, their number and the
/// depth of their leaves; the time that one unit of work takes is learned for each trainer.
/// </summary>
internal sealed class TrialCosts
{
    private readonly Dictionary<string, List<double>> _secondsPerWork = [];

    /// <summary>The work of a trial, in no particular unit; it depends on the parameters alone.</summary>
    internal static double Work(Parameter parameter, double rows)
    {
        double trees = Find(parameter, "NumberOfTrees") ?? 0, leaves = Find(parameter, "NumberOfLeaves") ?? Find(parameter, "MaximumNumberOfLeaves") ?? 2;
        // A part of the time goes into reading rows and making bins, whatever the trees.
        return rows * (trees > 0 ? 8 + (trees * Math.Log2(Math.Max(2, leaves))) : 8);
    }

    internal void Learn(string trainer, double work, TimeSpan duration)
    {
        if (work <= 0) return;
        if (!_secondsPerWork.TryGetValue(trainer, out List<double>? seen)) _secondsPerWork[trainer] = seen = [];
        seen.Add(duration.TotalSeconds / work);
    }

    /// <summary>How long a trial will take; that of the slowest trainer for one not seen yet; <see langword="null"/> before any trial.</summary>
    internal TimeSpan? Foretell(string trainer, double work)
    {
        if (_secondsPerWork.Count == 0) return null;
        double rate = _secondsPerWork.TryGetValue(trainer, out List<double>? seen) ? Median(seen) : _secondsPerWork.Values.Max(Median);
        return TimeSpan.FromSeconds(Math.Min(rate * work, TimeSpan.MaxValue.TotalSeconds / 2));
    }

    // The latest trials are the most like the next one.
    private static double Median(List<double> values)
    {
        double[] latest = [.. values.TakeLast(5).Order()];
        return latest[latest.Length / 2];
    }

    private static double? Find(Parameter parameter, string name)
    {
        if (parameter.ParameterType != ParameterType.Object || parameter.Value is null) return null;
        foreach (var (key, value) in parameter)
        {
            if (key == name && value.ParameterType is ParameterType.Integer or ParameterType.Number) return Convert.ToDouble(value.Value, CultureInfo.InvariantCulture);
            if (Find(value, name) is { } inner) return inner;
        }
        return null;
    }
}
