namespace MLPipelines.Drift;

/// <summary>Takes the values of a column, one after the other.</summary>
internal interface IValueSink
{
    void AddMissing();

    /// <param name="value">Not NaN.</param>
    void AddNumber(double value);

    /// <param name="value">Not empty.</param>
    void AddText(ReadOnlySpan<char> value);
}
