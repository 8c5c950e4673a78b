using System.Collections.ObjectModel;

namespace MLPipelines.AutoML.Runs;

/// <summary>What a run store keeps of a run, or of a trial, which is a run within a run.</summary>
public sealed record RunRecord
{
    /// <summary>Twelve hexadecimal digits; the store gives them. Their first few name a run wherever no other starts with them.</summary>
    public string Id { get; init; } = "";

    /// <summary>Of a trial, the run that it belongs to.</summary>
    public string? ParentId { get; init; }

    /// <summary>Of a trial, its number from 1 on; of a run 0.</summary>
    public int Number { get; init; }

    /// <summary>Runs that can be compared share it: those on the same data with the same label, unless the user says otherwise.</summary>
    public string Experiment { get; init; } = "";

    /// <summary>What was done, such as <c>train</c> or <c>automl</c>; <c>trial</c> for a trial.</summary>
    public string Command { get; init; } = "";

    /// <summary>What was learned, such as <c>regression</c>.</summary>
    public string Scenario { get; init; } = "";

    /// <summary>What learned it.</summary>
    public string? Trainer { get; init; }

    public RunStatus Status { get; init; }

    /// <summary>In UTC, to the millisecond.</summary>
    public DateTime StartedAt { get; init; }

    /// <summary>In UTC; <see langword="null"/> while it runs.</summary>
    public DateTime? EndedAt { get; init; }

    public int? Seed { get; init; }

    /// <summary>The version of this library.</summary>
    public string? LibraryVersion { get; init; }

    /// <summary>The name of the machine that it ran on.</summary>
    public string? Machine { get; init; }

    /// <summary>The full path of the training data.</summary>
    public string? DataFile { get; init; }

    /// <summary>The SHA-256 of the training data, in hexadecimal.</summary>
    public string? DataSha256 { get; init; }

    /// <summary>The full path of the model that was saved.</summary>
    public string? ModelPath { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Cause { get; init; }

    /// <summary>Settings by name, in the order in which they were given.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Results by name, the one that matters most first. Those that are not finite are not kept.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>How long it took; <see langword="null"/> while it runs.</summary>
    public TimeSpan? Duration => EndedAt - StartedAt;
}
