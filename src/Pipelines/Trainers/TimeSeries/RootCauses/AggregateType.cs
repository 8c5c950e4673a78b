namespace MLPipelines.TimeSeries;

/// <summary>How a point is made out of those below it.</summary>
public enum AggregateType
{
    /// <summary>It is not known; points that are not there are added up.</summary>
    Unknown = 0,

    Sum = 1,

    Avg = 2,

    Min = 3,

    Max = 4,
}
