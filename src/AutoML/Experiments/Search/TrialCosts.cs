namespace MLPipelines.AutoML;

/// <summary>
/// Foretells how long trials take from how long others took: estimators say how much work they are, and the time that a unit of work
/// takes is learned for each trainer.
/// </summary>
internal sealed class TrialCosts
{
    private readonly Dictionary<string, List<double>> _secondsPerWork = [];

    internal void Learn(string trainer, double work, TimeSpan duration)
    {
        if (work <= 0) return;
        if (!_secondsPerWork.TryGetValue(trainer, out List<double>? seen)) _secondsPerWork[trainer] = seen = [];
        seen.Add(duration.TotalSeconds / work);
    }

    /// <summary>How long a trial will take; as if by the slowest trainer for one not seen yet; <see langword="null"/> before any trial.</summary>
    internal TimeSpan? Foretell(string trainer, double work)
    {
        if (_secondsPerWork.Count == 0) return null;
        double rate = _secondsPerWork.TryGetValue(trainer, out List<double>? seen) ? Typical(seen) : _secondsPerWork.Values.Max(Typical);
        return TimeSpan.FromSeconds(Math.Min(rate * work, TimeSpan.MaxValue.TotalSeconds / 2));
    }

    /// <summary>The median of the latest trials, which are the most like the next one.</summary>
    private static double Typical(List<double> values)
    {
        double[] latest = [.. values.TakeLast(5).Order()];
        return latest[latest.Length / 2];
    }
}
