namespace MLPipelines.TimeSeries;

/// <summary>What is done where a series has no observation: its time is missing, or its value is NaN.</summary>
public enum GapHandling
{
    /// <summary>A line between neighbours where at most a tenth of a series is missing; an error where it is more, or where times are between steps.</summary>
    Automatic,

    /// <summary>An error that says how many there are and where the first is.</summary>
    Stop,

    /// <summary>A line between the observations before and after.</summary>
    Interpolate,

    /// <summary>The observation before.</summary>
    Last,

    /// <summary>0, for what was not sold and therefore not written down.</summary>
    Zero,

    /// <summary>A value that is given.</summary>
    Value,
}

/// <summary>What is done with several observations of one series at one time.</summary>
public enum DuplicateHandling
{
    /// <summary>An error that names series and time.</summary>
    Stop,

    /// <summary>They are added up, such as the sales of several shops.</summary>
    Sum,

    /// <summary>Their mean counts.</summary>
    Mean,

    /// <summary>The last in the order of the rows counts, such as a correction.</summary>
    Last,
}
