namespace MLPipelines.TimeSeries;

/// <summary>The observations of one series as they stand in the table.</summary>
internal sealed class RawSeries(string name)
{
    internal string Name => name;

    internal List<Observation> Rows { get; } = [];

    /// <summary>Brings them into the order of time; rows of one time keep theirs.</summary>
    internal void Sort()
    {
        for (int i = 1; i < Rows.Count; i++)
        {
            if (Rows[i].Time >= Rows[i - 1].Time) continue;
            Rows.Sort((a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : a.Row.CompareTo(b.Row));
            return;
        }
    }
}

/// <summary>One row of a series.</summary>
/// <param name="Time">A whole number, or the ticks of a date.</param>
/// <param name="Value">What was observed; NaN for nothing.</param>
/// <param name="Row">Its place in the table, counted from 0.</param>
internal readonly record struct Observation(long Time, double Value, int Row);
