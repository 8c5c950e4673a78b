using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>A trial that is to be run.</summary>
public class TrialSettings
{
    /// <summary>The number of the trial, from 0.</summary>
    public int TrialId { get; set; }

    public DateTime StartedAtUtc { get; set; }

    /// <summary><see langword="null"/> while the trial runs.</summary>
    public DateTime? EndedAtUtc { get; set; }

    /// <summary>What the tuner proposes.</summary>
    public Parameter Parameter { get; set; } = Parameter.CreateNestedParameter();
}
