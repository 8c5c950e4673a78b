namespace MLPipelines.TimeSeries;

/// <summary>Times that do not follow each other step by step, where it was not said what to do about it.</summary>
public sealed class IrregularTimesException : MLPipelinesException
{
    internal IrregularTimesException(string message, bool isDuplicate) : base(message) => IsDuplicate = isDuplicate;

    /// <summary>Whether a time comes several times, for <see cref="PanelOptions.Duplicates"/> to settle; else times are missing or between steps, for <see cref="PanelOptions.Gaps"/>.</summary>
    public bool IsDuplicate { get; }
}
