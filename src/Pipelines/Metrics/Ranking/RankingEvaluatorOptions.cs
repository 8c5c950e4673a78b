using System.Globalization;

namespace MLPipelines.Data;

/// <summary>What <see cref="RankingMetrics"/> are made of.</summary>
public sealed class RankingEvaluatorOptions
{
    /// <summary>How many of the first places of a group are looked at, at least 1: the number of items of each list of gains.</summary>
    public int DcgTruncationLevel = 10;

    /// <summary>The gain of each relevance from 0 up: numbers of 0 or more, with commas between.</summary>
    public string LabelGains = "0,3,7,15,31";

    internal double[] ParseGains()
    {
        ArgumentNullException.ThrowIfNull(LabelGains);
        return Array.ConvertAll(LabelGains.Split(','), text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double gain) && gain >= 0 && double.IsFinite(gain) ? gain
                : throw new FormatException($"{nameof(LabelGains)} is '{LabelGains}': found '{text}', expected a number of 0 or more. Gains look like '0,3,7,15,31'."));
    }
}
