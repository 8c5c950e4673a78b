namespace MLPipelines.AutoML.Runs;

/// <summary>How far a run or trial has come.</summary>
public enum RunStatus
{
    /// <summary>It is under way, or its process ended without a word.</summary>
    Running,

    /// <summary>It came to its end.</summary>
    Finished,

    /// <summary>It ended with an error; <see cref="RunRecord.Cause"/> says which.</summary>
    Failed,

    /// <summary>Somebody ended it.</summary>
    Cancelled,
}
