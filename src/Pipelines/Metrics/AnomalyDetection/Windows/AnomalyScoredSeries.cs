namespace MLPipelines.TimeSeries;

/// <summary>What a streaming detector said of each row of a series, and where the anomalies are.</summary>
public sealed class AnomalyScoredSeries
{
    /// <param name="scores">One number per row, higher for an anomaly; NaN and infinitely small ones never alert.</param>
    /// <param name="windows">The rows that are anomalies, rising, without overlap; empty for none.</param>
    /// <exception cref="ArgumentException">The windows are not in order, or go past the end.</exception>
    public AnomalyScoredSeries(ReadOnlyMemory<double> scores, params IReadOnlyList<AnomalyWindow> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        int next = 0;
        foreach (AnomalyWindow window in windows)
        {
            if (window.First < next || window.Last >= scores.Length)
                throw new ArgumentException($"The window of rows {window.First} to {window.Last} is expected within rows {next} to {scores.Length - 1}: windows rise and do not overlap.", nameof(windows));
            next = window.Last + 1;
        }
        (Scores, Windows) = (scores, windows);
    }

    public ReadOnlyMemory<double> Scores { get; }

    public IReadOnlyList<AnomalyWindow> Windows { get; }

    /// <summary>The first rows, where a detector still learns and alerts do not count: 15 % of the rows, and at most 750.</summary>
    public int Probation => (int)Math.Min(Math.Floor(0.15 * Scores.Length), 750);
}
