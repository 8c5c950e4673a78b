namespace MLPipelines.Transforms.TimeSeries;

/// <summary>How <see cref="SrCnnAnomalyDetector"/> looks for anomalies.</summary>
/// <param name="WindowSize">How many points are looked at.</param>
/// <param name="BackAddWindowSize">How many guessed points are put behind them.</param>
/// <param name="LookaheadWindowSize">From how many slopes the next point is guessed.</param>
/// <param name="AveragingWindowSize">How many frequencies are averaged.</param>
/// <param name="JudgementWindowSize">How many points the last one is compared with, itself among them.</param>
/// <param name="Threshold">The score above which a point is an anomaly.</param>
internal sealed record SrCnnSettings(int WindowSize, int BackAddWindowSize, int LookaheadWindowSize, int AveragingWindowSize, int JudgementWindowSize, double Threshold)
{
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal SrCnnSettings Checked()
    {
        Check(WindowSize, "windowSize", 3, int.MaxValue / 8);
        Check(BackAddWindowSize, "backAddWindowSize", 1, int.MaxValue / 8);
        Check(LookaheadWindowSize, "lookaheadWindowSize", 1, WindowSize - 2);
        Check(AveragingWindowSize, "averagingWindowSize", 1, WindowSize);
        Check(JudgementWindowSize, "judgementWindowSize", 1, WindowSize);
        if (!(Threshold is > 0 and < 1)) throw new ArgumentOutOfRangeException("threshold", Threshold, "Expected a number between 0 and 1.");
        return this;
    }

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("window", WindowSize);
        writer.Set("back-add", BackAddWindowSize);
        writer.Set("lookahead", LookaheadWindowSize);
        writer.Set("averaging", AveragingWindowSize);
        writer.Set("judgement", JudgementWindowSize);
        writer.Set("threshold", Threshold);
    }

    internal static SrCnnSettings Load(ModelStepReader reader)
    {
        var settings = new SrCnnSettings(reader.GetInt32("window"), reader.GetInt32("back-add"), reader.GetInt32("lookahead"),
            reader.GetInt32("averaging"), reader.GetInt32("judgement"), reader.GetDouble("threshold"));
        try
        {
            return settings.Checked();
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw reader.Invalid(e.Message);
        }
    }

    private static void Check(int value, string name, int least, int most)
    {
        if (value < least || value > most) throw new ArgumentOutOfRangeException(name, value, $"Expected a whole number from {least} to {most}.");
    }
}
