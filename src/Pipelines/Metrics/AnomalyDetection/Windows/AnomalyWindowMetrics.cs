namespace MLPipelines.TimeSeries;

/// <summary>
/// How well a streaming detector finds windows of anomalies, early and with few false alerts, as the Numenta Anomaly Benchmark measures
/// it (Lavin and Ahmad 2015, "Evaluating Real-time Anomaly Detection Algorithms"). With σ(y) = 2/(1 + e^(5y)) − 1: the first alert in
/// a window gains A_TP σ(y)/σ(−1), y from −1 at the first row of the window to nearly 0 at its last; each alert elsewhere costs up to
/// A_FP, less if it is shortly behind a window (σ of the distance from its end in lengths of it); a window without an alert costs A_FN.
/// </summary>
public sealed class AnomalyWindowMetrics
{
    /// <summary>An alert: what it adds to its window or, without one (−1), to the sum.</summary>
    private readonly record struct Alert(double Score, double Worth, int Window);

    private AnomalyWindowMetrics(double threshold, double sum, AnomalyWindowProfile profile, int windows, int found, int alertsInWindows, int falseAlerts)
    {
        (Threshold, Sum, WindowCount, FoundWindowCount) = (threshold, sum, windows, found);
        (AlertsInWindows, FalseAlerts) = (alertsInWindows, falseAlerts);
        double baseline = -profile.FalseNegative * windows;
        Score = 100 * (sum - baseline) / (profile.TruePositive * windows - baseline);
    }

    /// <summary>The score that alerts: this one and higher ones.</summary>
    public double Threshold { get; }

    /// <summary>100 when every window is found at its first row and nothing else alerts, 0 as for a detector that never alerts; below 0 when it is worse than that; NaN without windows.</summary>
    public double Score { get; }

    /// <summary>The gains less the costs, before they are scaled.</summary>
    public double Sum { get; }

    public int WindowCount { get; }

    public int FoundWindowCount { get; }

    /// <summary>The number of rows inside windows that alert.</summary>
    public int AlertsInWindows { get; }

    /// <summary>The number of rows outside windows that alert.</summary>
    public int FalseAlerts { get; }

    /// <summary>The metrics at one threshold.</summary>
    public static AnomalyWindowMetrics At(double threshold, IReadOnlyList<AnomalyScoredSeries> series, AnomalyWindowProfile? profile = null)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (double.IsNaN(threshold)) throw new ArgumentException("The threshold is NaN; expected a number.", nameof(threshold));
        return Sweep(series, profile ?? AnomalyWindowProfile.Standard, threshold, best: false);
    }

    /// <summary>The metrics at the threshold that is best for all series together, as the benchmark chooses it.</summary>
    public static AnomalyWindowMetrics AtBestThreshold(IReadOnlyList<AnomalyScoredSeries> series, AnomalyWindowProfile? profile = null)
    {
        ArgumentNullException.ThrowIfNull(series);
        return Sweep(series, profile ?? AnomalyWindowProfile.Standard, double.NegativeInfinity, best: true);
    }

    private static AnomalyWindowMetrics Sweep(IReadOnlyList<AnomalyScoredSeries> series, AnomalyWindowProfile profile, double least, bool best)
    {
        var alerts = new List<Alert>();
        int windows = 0;
        foreach (AnomalyScoredSeries one in series)
        {
            Collect(one, profile, windows, alerts);
            windows += one.Windows.Count;
        }
        alerts.Sort((a, b) => b.Score.CompareTo(a.Score));
        double[] gains = new double[windows];
        Array.Fill(gains, -profile.FalseNegative);
        double sum = -profile.FalseNegative * windows;
        int found = 0, inside = 0, outside = 0;
        AnomalyWindowMetrics Now(double threshold) => new(threshold, sum, profile, windows, found, inside, outside);
        AnomalyWindowMetrics result = Now(best ? double.PositiveInfinity : least);
        for (int i = 0; i < alerts.Count && alerts[i].Score >= least; i++)
        {
            (double score, double worth, int window) = alerts[i];
            if (window < 0)
            {
                outside++;
                sum += worth;
            }
            else
            {
                inside++;
                if (gains[window] == -profile.FalseNegative) found++;
                double gain = Math.Max(gains[window], worth);
                sum += gain - gains[window];
                gains[window] = gain;
            }
            bool lastOfScore = i + 1 == alerts.Count || alerts[i + 1].Score < score;
            if (lastOfScore && (!best || sum > result.Sum)) result = Now(best ? score : least);
        }
        return result;
    }

    private static void Collect(AnomalyScoredSeries series, AnomalyWindowProfile profile, int firstWindow, List<Alert> alerts)
    {
        ReadOnlySpan<double> scores = series.Scores.Span;
        int next = 0;
        for (int row = 0; row < scores.Length; row++)
        {
            if (next < series.Windows.Count && row > series.Windows[next].Last) next++;
            if (row < series.Probation || !(scores[row] > double.NegativeInfinity)) continue;
            bool inside = next < series.Windows.Count && row >= series.Windows[next].First;
            double worth = inside ? profile.TruePositive * Gain(series.Windows[next], row)
                : profile.FalsePositive * (next == 0 ? -1 : Cost(series.Windows[next - 1], row));
            alerts.Add(new(scores[row], worth, inside ? firstWindow + next : -1));
        }
    }

    private static double Gain(AnomalyWindow window, int row) => Sigmoid(-(window.Last - row + 1.0) / window.Length) / Sigmoid(-1);

    /// <summary>Behind a window; a window of one row forgives nothing.</summary>
    private static double Cost(AnomalyWindow window, int row) => (row - window.Last) / (window.Length - 1.0) is var lengths && lengths > 3 ? -1 : Sigmoid(lengths);

    private static double Sigmoid(double y) => 2 / (1 + Math.Exp(5 * y)) - 1;
}
