namespace MLPipelines.TimeSeries;

/// <summary>
/// Follows one metric and says how surprising each value is, by the mean of three surprises: how far the value is from a slow average
/// of the values before it (spikes), how far a faster average is from the slow one (level changes), and how unlike the last values are
/// to the runs before them (patterns and seasons). Each is measured by its own history, so neither units nor noise matter. Memory is
/// constant, and so is the time per value.
/// </summary>
internal sealed class MetricWatch
{
    /// <summary>The weight of a value in the slow average, which so reaches back about 100 values.</summary>
    private const double SlowWeight = 0.01;

    /// <summary>In the fast average: about 10 values.</summary>
    private const double FastWeight = 0.1;

    /// <summary>Values beyond are taken for this: squares of differences stay finite.</summary>
    private const double Largest = 1e150;

    private readonly SurpriseHistory _spikes, _levels, _patterns;
    private readonly PatternNovelty _novelty;
    private double _slow, _fast;
    private int _count;

    internal MetricWatch() => (_spikes, _levels, _patterns, _novelty) = (new(), new(), new(), new());

    private MetricWatch(SurpriseHistory spikes, SurpriseHistory levels, SurpriseHistory patterns, PatternNovelty novelty) =>
        (_spikes, _levels, _patterns, _novelty) = (spikes, levels, patterns, novelty);

    /// <summary>The surprise of the next value in nats, 0 or more; 0 for the first dozens of values.</summary>
    /// <param name="value">A finite number.</param>
    internal double Observe(double value)
    {
        value = Math.Clamp(value, -Largest, Largest);
        double spike = 0, level = 0;
        if (_count++ == 0)
        {
            _slow = _fast = value;
        }
        else
        {
            // The mean of all values, until there are so many that the weight is its own.
            _fast += Math.Max(FastWeight, 1.0 / _count) * (value - _fast);
            spike = Math.Abs(value - _slow);
            level = Math.Abs(_fast - _slow);
            _slow += Math.Max(SlowWeight, 1.0 / _count) * (value - _slow);
        }
        // Past this many values the weights are their own.
        _count = Math.Min(_count, (int)(1 / SlowWeight));
        return (SurpriseOf(spike, _spikes) + SurpriseOf(level, _levels) + SurpriseOf(_novelty.Observe(value), _patterns)) / 3;
    }

    /// <summary>All that is remembered; <see cref="Load"/> goes on from it.</summary>
    internal void Save(ModelStepWriter writer)
    {
        writer.WriteArray<double>("averages", [_count, _fast, _slow], 3);
        Write(writer, "spikes", _spikes.ToArray());
        Write(writer, "levels", _levels.ToArray());
        Write(writer, "patterns", _patterns.ToArray());
        Write(writer, "values", _novelty.Remembered);
    }

    internal static MetricWatch Load(ModelStepReader reader)
    {
        double[] averages = reader.ReadArray<double>("averages", 3);
        if (Array.Exists(averages, number => !double.IsFinite(number))) throw reader.Invalid("the averages are not finite numbers");
        return new(History(reader, "spikes"), History(reader, "levels"), History(reader, "patterns"), PatternNovelty.Of(Numbers(reader, "values", PatternNovelty.Capacity)))
        {
            _count = (int)averages[0],
            _fast = averages[1],
            _slow = averages[2],
        };
    }

    internal MetricWatch Copy() =>
        new(SurpriseHistory.Of(_spikes.ToArray()), SurpriseHistory.Of(_levels.ToArray()), SurpriseHistory.Of(_patterns.ToArray()), PatternNovelty.Of(_novelty.Remembered))
        {
            _count = _count,
            _fast = _fast,
            _slow = _slow,
        };

    private static double SurpriseOf(double deviation, SurpriseHistory history)
    {
        double surprise = history.Of(deviation);
        history.Add(deviation);
        return surprise;
    }

    private static void Write(ModelStepWriter writer, string name, ReadOnlySpan<double> numbers) => writer.WriteArray(name, numbers, numbers.Length);

    private static SurpriseHistory History(ModelStepReader reader, string name) => SurpriseHistory.Of(Numbers(reader, name, SurpriseHistory.Capacity));

    private static double[] Numbers(ModelStepReader reader, string name, int most)
    {
        double[] numbers = reader.ReadArray<double>(name, -1);
        if (numbers.Length > most || Array.Exists(numbers, number => !double.IsFinite(number))) throw reader.Invalid($"'{name}' holds {numbers.Length} numbers; at most {most} finite ones are expected");
        return numbers;
    }
}
