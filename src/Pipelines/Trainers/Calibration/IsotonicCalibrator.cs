using System.Collections.Immutable;

namespace MLPipelines.Calibrators;

/// <summary>
/// A function of the score that never falls: constant on each of a row of intervals, a straight line between two of them, and
/// constant beyond the first and the last.
/// </summary>
/// <remarks>
/// Zadrozny and Elkan, "Transforming Classifier Scores into Accurate Multiclass Probability Estimates" (2002). Probabilities are
/// at least 1e-15, so that one wrong row does not make a log loss infinite.
/// </remarks>
public sealed class IsotonicCalibrator : ISavedCalibrator
{
    internal const string StepName = "isotonic-calibration";
    private const float Smallest = 1e-15f;

    internal IsotonicCalibrator(float[] mins, float[] maxes, float[] values)
    {
        if (mins.Length == 0 || mins.Length != maxes.Length || mins.Length != values.Length)
            throw new MLPipelinesException($"A calibrator has {mins.Length} lower and {maxes.Length} upper borders and {values.Length} values, expected the same number of each.");
        float border = float.NegativeInfinity, value = 0;
        for (int i = 0; i < mins.Length; i++)
        {
            if (!(border < mins[i] && mins[i] <= maxes[i] && float.IsFinite(maxes[i]) && value <= values[i] && values[i] <= 1))
                throw new MLPipelinesException($"Interval {i} of a calibrator is {mins[i]} to {maxes[i]} with the value {values[i]}, expected intervals that follow each other and values that rise from 0 to 1.");
            (border, value) = (maxes[i], values[i]);
        }
        (Mins, Maxes, Values) = ([.. mins], [.. maxes], [.. values]);
    }

    /// <summary>The smallest score of each interval, rising.</summary>
    public ImmutableArray<float> Mins { get; }

    /// <summary>The largest score of each interval.</summary>
    public ImmutableArray<float> Maxes { get; }

    /// <summary>The probability on each interval, rising.</summary>
    public ImmutableArray<float> Values { get; }

    string ISavedCalibrator.TypeId => StepName;

    public float PredictProbability(float output) => float.IsNaN(output) ? output : Math.Max(Smallest, ValueAt(output));

    private float ValueAt(float score)
    {
        int at = Maxes.AsSpan().BinarySearch(score);
        if (at < 0) at = ~at;
        if (at == Maxes.Length) return Values[^1];
        if (at == 0 || score >= Mins[at]) return Values[at];
        float share = (score - Maxes[at - 1]) / (Mins[at] - Maxes[at - 1]);
        return Values[at - 1] + share * (Values[at] - Values[at - 1]);
    }

    /// <summary>
    /// The rising function with the smallest squared error. Rows of equal score are one point; then neighbours that do not rise
    /// become one interval, until all rise ("pool adjacent violators").
    /// </summary>
    internal static IsotonicCalibrator Learn(ScoredExamples examples)
    {
        int[] order = [.. Enumerable.Range(0, examples.Count).Where(row => examples.WeightOf(row) > 0)];
        Array.Sort(Array.ConvertAll(order, row => examples.Scores[row]), order);
        var intervals = new Stack<Interval>();
        for (int next = 0; next < order.Length;)
        {
            float score = examples.Scores[order[next]];
            double positive = 0, weight = 0;
            for (; next < order.Length && examples.Scores[order[next]] == score; next++)
            {
                weight += examples.WeightOf(order[next]);
                if (examples.IsPositive[order[next]]) positive += examples.WeightOf(order[next]);
            }
            var interval = new Interval(score, score, positive, weight);
            while (intervals.TryPeek(out Interval last) && last.Value >= interval.Value) interval = intervals.Pop().Joined(interval);
            intervals.Push(interval);
        }
        Interval[] rising = [.. intervals.Reverse()];
        return new IsotonicCalibrator(Array.ConvertAll(rising, i => i.Min), Array.ConvertAll(rising, i => i.Max), Array.ConvertAll(rising, i => (float)i.Value));
    }

    void ISavedCalibrator.Save(ModelStepWriter writer)
    {
        writer.WriteArray("mins", Mins.AsSpan(), Mins.Length);
        writer.WriteArray("maxes", Maxes.AsSpan(), Maxes.Length);
        writer.WriteArray("values", Values.AsSpan(), Values.Length);
    }

    internal static IsotonicCalibrator Load(ModelStepReader reader)
    {
        float[] mins = reader.ReadArray<float>("mins", -1);
        try
        {
            return new IsotonicCalibrator(mins, reader.ReadArray<float>("maxes", mins.Length), reader.ReadArray<float>("values", mins.Length));
        }
        catch (MLPipelinesException e)
        {
            throw reader.Invalid(e.Message);
        }
    }

    private readonly record struct Interval(float Min, float Max, double Positive, double Weight)
    {
        internal double Value => Positive / Weight;

        internal Interval Joined(Interval next) => new(Min, next.Max, Positive + next.Positive, Weight + next.Weight);
    }
}
