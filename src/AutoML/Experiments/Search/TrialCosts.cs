namespace MLPipelines.AutoML;

/// <summary>
/// Foretells how long trials take from how long others took: estimators say how much work they are, and the time that a unit of work
/// takes is learned for each trainer, from its largest trials. The shortest trial of all stands for what every trial takes besides.
/// </summary>
internal sealed class TrialCosts
{
    private readonly Dictionary<string, List<(double Work, double Seconds)>> _seen = [];
    private double _least = double.PositiveInfinity;

    internal void Learn(string trainer, double work, TimeSpan duration)
    {
        if (work <= 0) return;
        if (!_seen.TryGetValue(trainer, out var trials)) _seen[trainer] = trials = [];
        trials.Add((work, duration.TotalSeconds));
        _least = Math.Min(_least, duration.TotalSeconds);
    }

    /// <summary>How long a trial will take; as if by a middling trainer for one not seen yet; <see langword="null"/> before any trial.</summary>
    internal TimeSpan? Foretell(string trainer, double work)
    {
        if (_seen.Count == 0) return null;
        double rate = _seen.TryGetValue(trainer, out var trials) ? Rate(trials) : Median(_seen.Values.Select(Rate));
        return TimeSpan.FromSeconds(Math.Min(_least + (rate * work), TimeSpan.MaxValue.TotalSeconds / 2));
    }

    /// <summary>Seconds per work; small trials say little of large ones.</summary>
    private double Rate(List<(double Work, double Seconds)> trials) =>
        Median(trials.TakeLast(8).OrderByDescending(trial => trial.Work).Take(3).Select(trial => Math.Max(trial.Seconds - _least, 0.25 * trial.Seconds) / trial.Work));

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
