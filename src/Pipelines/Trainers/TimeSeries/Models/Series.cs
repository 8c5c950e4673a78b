namespace MLPipelines.TimeSeries;

/// <summary>Observations of one quantity at equal steps of time, oldest first.</summary>
public sealed class Series
{
    /// <param name="name">What is observed; empty for the only one.</param>
    /// <param name="values">Finite numbers, one per step, without gaps.</param>
    /// <param name="seasons">The lengths of its seasons in steps, from 2 on and rising, such as 24 and 168 for hours; empty for none.</param>
    /// <exception cref="ArgumentException">A value is not finite, or the seasons are not rising numbers above 1.</exception>
    public Series(string name, ReadOnlyMemory<double> values, params IReadOnlyList<int> seasons)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(seasons);
        for (int i = 0; i < seasons.Count; i++)
            if (seasons[i] <= (i == 0 ? 1 : seasons[i - 1])) throw new ArgumentException($"Series '{name}' has the seasons {string.Join(", ", seasons)}; expected rising numbers above 1.", nameof(seasons));
        for (int i = 0; i < values.Length; i++)
            if (!double.IsFinite(values.Span[i])) throw new ArgumentException($"Series '{name}' is {values.Span[i]} at position {i}; expected finite numbers. Fill the gaps first.", nameof(values));
        (Name, Values, Seasons) = (name, values, seasons);
    }

    private Series(Series whole, int count) => (Name, Values, Seasons) = (whole.Name, whole.Values[..count], whole.Seasons);

    public string Name { get; }

    public ReadOnlyMemory<double> Values { get; }

    public int Length => Values.Length;

    public IReadOnlyList<int> Seasons { get; }

    /// <summary>The shortest season, or 1 without any.</summary>
    public int Season => Seasons.Count == 0 ? 1 : Seasons[0];

    /// <summary>What was known after the first observations.</summary>
    public Series First(int count) => count == Length ? this : new(this, count);
}
