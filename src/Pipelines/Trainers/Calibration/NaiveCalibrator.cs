namespace MLPipelines.Calibrators;

/// <summary>
/// The range of scores cut into bins of the same width: the probability is the share of positive rows in a score's bin. Scores
/// beyond the range belong to the first or the last bin.
/// </summary>
public sealed class NaiveCalibrator : ISavedCalibrator
{
    internal const string StepName = "naive-calibration";
    private const int BinCount = 200;

    private readonly float[] _shares;

    internal NaiveCalibrator(float min, float binSize, float[] binProbs)
    {
        if (!float.IsFinite(min) || !(binSize >= 0) || binProbs.Length == 0 || binProbs.AsSpan().ContainsAnyExceptInRange(0, 1))
            throw new MLPipelinesException($"A calibrator has {binProbs.Length} bins of width {binSize} from {min} on, expected finite numbers and shares between 0 and 1.");
        (Min, BinSize, _shares) = (min, binSize, binProbs);
    }

    /// <summary>The width of a bin, in the unit of the score.</summary>
    public float BinSize { get; }

    /// <summary>The score at which the first bin begins.</summary>
    public float Min { get; }

    /// <summary>The probability in each bin; 0 for a bin without rows.</summary>
    public IReadOnlyList<float> BinProbs => _shares;

    string ISavedCalibrator.TypeId => StepName;

    public float PredictProbability(float output) => float.IsNaN(output) ? output : _shares[BinOf(output, Min, BinSize, _shares.Length)];

    private static int BinOf(float score, float min, float width, int count) =>
        width > 0 ? (int)Math.Clamp((score - min) / width, 0, count - 1) : 0;

    internal static NaiveCalibrator Learn(ScoredExamples examples)
    {
        float min = examples.Scores.Min(), width = (examples.Scores.Max() - min) / BinCount;
        float[] rows = new float[BinCount], shares = new float[BinCount];
        for (int row = 0; row < examples.Count; row++)
        {
            int bin = BinOf(examples.Scores[row], min, width, BinCount);
            rows[bin]++;
            if (examples.IsPositive[row]) shares[bin]++;
        }
        for (int bin = 0; bin < BinCount; bin++)
            if (rows[bin] > 0) shares[bin] /= rows[bin];
        return new NaiveCalibrator(min, width, shares);
    }

    void ISavedCalibrator.Save(ModelStepWriter writer)
    {
        writer.Set("min", Min);
        writer.Set("bin-size", BinSize);
        writer.WriteArray<float>("probabilities", _shares, _shares.Length);
    }

    internal static NaiveCalibrator Load(ModelStepReader reader)
    {
        try
        {
            return new NaiveCalibrator((float)reader.GetDouble("min"), (float)reader.GetDouble("bin-size"), reader.ReadArray<float>("probabilities", -1));
        }
        catch (MLPipelinesException e)
        {
            throw reader.Invalid(e.Message);
        }
    }
}
