using MLPipelines.Transforms.TimeSeries;

namespace MLPipelines.TimeSeries;

/// <summary>When scores are alerts.</summary>
/// <param name="History">How many scores a new one is compared with; 1 or more.</param>
/// <param name="Side">On which side anomalies are looked for.</param>
/// <param name="Martingale">How p-values add up to change points; none for spikes, which are judged by their own p-value.</param>
/// <param name="Epsilon">The exponent of the power martingale, between 0 and 1.</param>
/// <param name="Threshold">The p-value at or below which a spike, or the martingale score at or above which a change, is an alert.</param>
internal sealed record AnomalyRule(int History, AnomalySide Side, MartingaleType Martingale, double Epsilon, double Threshold)
{
    /// <summary>The smallest p-value that counts, since a martingale has no bound at 0.</summary>
    internal const double LeastPValue = 1e-8;

    internal bool FindsChanges => Martingale != MartingaleType.None;

    /// <summary>The numbers that a row gets: alert, raw score, p-value, and for change points the martingale score.</summary>
    internal int Length => FindsChanges ? 4 : 3;

    internal static AnomalyRule Spikes(double confidence, int pvalueHistoryLength, AnomalySide side)
    {
        Check(confidence, pvalueHistoryLength, nameof(pvalueHistoryLength));
        if (!Enum.IsDefined(side)) throw new ArgumentOutOfRangeException(nameof(side), side, "Expected one of the sides.");
        return new(pvalueHistoryLength, side, MartingaleType.None, 0.1, 1 - (confidence / 100));
    }

    internal static AnomalyRule Changes(double confidence, int changeHistoryLength, MartingaleType martingale, double eps)
    {
        Check(confidence, changeHistoryLength, nameof(changeHistoryLength));
        if (martingale is not (MartingaleType.Power or MartingaleType.Mixture)) throw new ArgumentOutOfRangeException(nameof(martingale), martingale, "Expected Power or Mixture: change points are found by a martingale.");
        if (eps is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(eps), eps, "Expected a number between 0 and 1.");
        var rule = new AnomalyRule(changeHistoryLength, AnomalySide.TwoSided, martingale, eps, 0);
        // The score of a history of p-values that are all as small as this.
        return rule with { Threshold = Math.Exp(changeHistoryLength * rule.LogBet(Math.Clamp(1 - (confidence / 100), LeastPValue, 1 - LeastPValue))) };
    }

    /// <summary>The logarithm of what a p-value multiplies the martingale by.</summary>
    internal double LogBet(double p)
    {
        double log = Math.Log(p);
        return Martingale == MartingaleType.Power ? Math.Log(Epsilon) + ((Epsilon - 1) * log) : Math.Log((p * log) + 1 - p) - (2 * Math.Log(-log)) - log;
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("history", History);
        writer.Set("side", Side.ToString());
        writer.Set("martingale", Martingale.ToString());
        writer.WriteArray<double>("rule", [Epsilon, Threshold], 2);
    }

    internal static AnomalyRule Load(ModelStepReader reader)
    {
        double[] numbers = reader.ReadArray<double>("rule", 2);
        int history = reader.GetInt32("history");
        bool isKnown = Enum.TryParse(reader.GetString("side"), out AnomalySide side) & Enum.TryParse(reader.GetString("martingale"), out MartingaleType martingale);
        if (!isKnown || history < 1 || numbers[0] is not (> 0 and < 1) || !(numbers[1] >= 0)) throw reader.Invalid("its rule for alerts is none that this version knows");
        return new(history, side, martingale, numbers[0], numbers[1]);
    }

    private static void Check(double confidence, int history, string name)
    {
        if (confidence is not (>= 0 and <= 100)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "Expected a percentage from 0 to 100.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(history, name);
    }
}
