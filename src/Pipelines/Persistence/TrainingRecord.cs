using System.Collections.ObjectModel;
using MLPipelines.Drift;

namespace MLPipelines;

/// <summary>How a model came about; kept in the model file for people and audits, not needed to apply it.</summary>
public sealed record TrainingRecord
{
    // A list that a file leaves out is empty.
    private static readonly ReadOnlyDictionary<string, double> NoNumbers = ReadOnlyDictionary<string, double>.Empty;
    private static readonly ReadOnlyDictionary<string, string> NoTexts = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>When training ended, in UTC.</summary>
    public DateTime? TrainedAt { get; init; }

    /// <summary>What was trained, such as <c>text-classification</c>.</summary>
    public string? Scenario { get; init; }

    public string? Trainer { get; init; }

    public int? Seed { get; init; }

    /// <summary>The name of the data file, without its folder.</summary>
    public string? DataFile { get; init; }

    /// <summary>The SHA-256 of the data file, in hexadecimal.</summary>
    public string? DataSha256 { get; init; }

    public long? TrainRows { get; init; }

    public long? TestRows { get; init; }

    /// <summary>Measured on the test rows, by the names that the command line uses.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init => field = value ?? NoNumbers; } = NoNumbers;

    /// <summary>Durations in seconds, by stage.</summary>
    public IReadOnlyDictionary<string, double> Seconds { get; init => field = value ?? NoNumbers; } = NoNumbers;

    /// <summary>Other facts that a later use needs, such as which column is the label.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init => field = value ?? NoTexts; } = NoTexts;

    /// <summary>What the columns looked like, and what was predicted; <see langword="null"/> where it was not kept.</summary>
    public DataProfile? Profile { get; init; }
}
