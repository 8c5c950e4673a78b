using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.TimeSeries;

/// <summary>
/// The last raw scores of a series, and what they say of the next: its p-value is the share of a kernel density estimate of them that lies
/// above it.
/// </summary>
internal sealed class AnomalyScores
{
    private readonly AnomalyRule _rule;

    // Both oldest first.
    private readonly float[] _scores;
    private readonly double[] _bets;
    private int _count;
    private double _logMartingale;
    private int _quiet;

    internal AnomalyScores(AnomalyRule rule) => (_rule, _scores, _bets) = (rule, new float[rule.History], new double[rule.FindsChanges ? rule.History : 0]);

    private AnomalyScores(AnomalyScores other) =>
        (_rule, _scores, _bets, _count, _logMartingale, _quiet) = (other._rule, [.. other._scores], [.. other._bets], other._count, other._logMartingale, other._quiet);

    /// <summary>Scores that were come to elsewhere.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="scores">The last scores, oldest first; at most as many as the rule's history.</param>
    /// <param name="bets">As many bets as that, or none where there are no scores yet.</param>
    /// <param name="logMartingale">The sum of the bets.</param>
    /// <param name="quiet">For how many rows there is no further alert.</param>
    internal static AnomalyScores Of(AnomalyRule rule, ReadOnlySpan<float> scores, ReadOnlySpan<double> bets, double logMartingale, int quiet)
    {
        var result = new AnomalyScores(rule) { _count = scores.Length, _logMartingale = logMartingale, _quiet = quiet };
        scores.CopyTo(result._scores);
        if (rule.FindsChanges) bets.CopyTo(result._bets);
        return result;
    }

    internal AnomalyScores Copy() => new(this);

    /// <summary>Takes in a raw score; one that is no finite number is neither judged nor remembered.</summary>
    /// <param name="raw">The score.</param>
    /// <param name="output">Receives alert, raw score, p-value, and for change points the martingale score.</param>
    internal void Add(double raw, Span<double> output)
    {
        output.Fill(double.NaN);
        (output[0], output[1]) = (0, raw);
        float score = (float)raw;
        if (!float.IsFinite(score)) return;
        double p = PValue(score);
        p = _rule.Side switch
        {
            AnomalySide.Positive => p,
            AnomalySide.Negative => 1 - p,
            _ => Math.Min(p, 1 - p),
        };
        output[2] = p = Math.Clamp(p, AnomalyRule.LeastPValue, 1 - AnomalyRule.LeastPValue);
        bool isAlert = _rule.FindsChanges ? Bet(p, out output[3]) : p <= _rule.Threshold;
        if (_count == _scores.Length) _scores.AsSpan(1).CopyTo(_scores);
        else _count++;
        _scores[_count - 1] = score;
        // Before there is enough to compare with, nothing is known to be unusual.
        if (_count < _scores.Length) return;
        if (_rule.FindsChanges)
        {
            // One change is one alert: the score stays high as long as the change is in the history.
            bool isNew = isAlert && _quiet == 0;
            if (isNew) _quiet = _scores.Length;
            _quiet = Math.Max(0, _quiet - 1);
            isAlert = isNew;
        }
        output[0] = isAlert ? 1 : 0;
    }

    private double PValue(float score)
    {
        if (_count == 0) return 0.5;
        ReadOnlySpan<float> scores = _scores.AsSpan(0, _count);
        double mean = 0, squares = 0;
        foreach (float other in scores) mean += other;
        mean /= _count;
        foreach (float other in scores) squares += (other - mean) * (other - mean);
        // √Σ(x − y)² over all pairs, by their number: Σ(x − y)² = n Σ(x − mean)².
        double width = Math.Max(_count == 1 ? 1 : Math.Sqrt(squares / _count), 1e-6 / Math.Sqrt(2)), below = 0;
        foreach (float other in scores) below += Erf((score - (double)other) / (width * Math.Sqrt(2)));
        return 0.5 - (below / (2 * _count));
    }

    // Abramowitz and Stegun 7.1.26, to 1.5e-7: enough for a kernel estimate of a few scores, cheap, and what the scores of ML.NET are made with.
    private static double Erf(double x)
    {
        double t = 1 / (1 + (0.3275911 * Math.Abs(x)));
        double rest = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429)))))))) * Math.Exp(-x * x);
        return Math.CopySign(1 - rest, x);
    }

    private bool Bet(double p, out double martingale)
    {
        double bet = _rule.LogBet(p);
        if (_count == 0)
        {
            // As if the whole history had been like the first score.
            Array.Fill(_bets, bet);
            _logMartingale = bet * _bets.Length;
        }
        else
        {
            _logMartingale += bet - _bets[0];
            _bets.AsSpan(1).CopyTo(_bets);
            _bets[^1] = bet;
        }
        martingale = Math.Exp(_logMartingale);
        return martingale >= _rule.Threshold;
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.WriteArray<float>("scores", _scores.AsSpan(0, _count), _count);
        writer.WriteArray<double>("bets", _bets, _bets.Length);
        writer.WriteArray<double>("martingale", [_logMartingale], 1);
        writer.Set("quiet", _quiet);
    }

    internal static AnomalyScores Load(ModelStepReader reader, AnomalyRule rule)
    {
        var scores = new AnomalyScores(rule);
        float[] last = reader.ReadArray<float>("scores", -1);
        if (last.Length > rule.History) throw reader.Invalid($"it remembers {last.Length} scores where its history has {rule.History}");
        last.CopyTo(scores._scores, 0);
        reader.ReadArray<double>("bets", scores._bets.Length).CopyTo(scores._bets, 0);
        (scores._count, scores._logMartingale, scores._quiet) = (last.Length, reader.ReadArray<double>("martingale", 1)[0], reader.GetInt32("quiet"));
        return scores;
    }
}
