namespace MLPipelines.Drift;

/// <summary>
/// Quantiles of a stream in bounded memory, after Manku, Rajagopalan and Lindsay (1998): a full buffer is sorted and every second number
/// of it stands for two, in a buffer above. Which half is kept alternates, so that the errors of one level cancel; there is no
/// randomness. A rank is off by at most a share of levels / (2 · <see cref="BufferSize"/>), about 1 % of a million numbers and far
/// less in practice. Two sketches merge into one of all their numbers.
/// </summary>
internal sealed class QuantileSketch
{
    internal const int BufferSize = 512;

    private readonly List<Level> _levels = [new()];

    /// <summary>How many numbers were added.</summary>
    internal long Count { get; private set; }

    internal double Minimum { get; private set; } = double.PositiveInfinity;

    internal double Maximum { get; private set; } = double.NegativeInfinity;

    /// <param name="value">Not NaN.</param>
    internal void Add(double value)
    {
        Count++;
        Minimum = Math.Min(Minimum, value);
        Maximum = Math.Max(Maximum, value);
        Add(value, 0);
    }

    internal void Merge(QuantileSketch other)
    {
        Count += other.Count;
        Minimum = Math.Min(Minimum, other.Minimum);
        Maximum = Math.Max(Maximum, other.Maximum);
        for (int level = 0; level < other._levels.Count; level++)
        {
            while (_levels.Count <= level) _levels.Add(new Level());
            foreach (double value in other._levels[level].Values[..other._levels[level].Count]) Add(value, level);
        }
    }

    /// <summary>The numbers that are kept, rising, each with how many it and those before it stand for.</summary>
    internal (double[] Values, long[] UpTo) Ranks()
    {
        (double Value, long Weight)[] kept = [.. _levels.SelectMany((level, i) => level.Values[..level.Count].Select(value => (value, 1L << i))).OrderBy(pair => pair.Item1)];
        long sum = 0;
        // What a merge of odd buffers leaves over is spread, so that the last rank is the count.
        double scale = Count / (double)Math.Max(1, kept.Sum(pair => pair.Weight));
        return ([.. kept.Select(pair => pair.Value)], [.. kept.Select(pair => (long)Math.Round((sum += pair.Weight) * scale))]);
    }

    private void Add(double value, int at)
    {
        Level level = _levels[at];
        level.Values[level.Count++] = value;
        if (level.Count < BufferSize) return;
        if (_levels.Count == at + 1) _levels.Add(new Level());
        Array.Sort(level.Values);
        for (int i = level.TakesSecond ? 1 : 0; i < BufferSize; i += 2) Add(level.Values[i], at + 1);
        level.TakesSecond = !level.TakesSecond;
        level.Count = 0;
    }

    private sealed class Level
    {
        internal readonly double[] Values = new double[BufferSize];

        internal int Count;

        internal bool TakesSecond;
    }
}
