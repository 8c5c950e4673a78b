namespace MLPipelines.Data;

/// <summary>What is known of a text file already, and how much of it to look at. What is given here is not guessed.</summary>
public sealed record TextFileInferenceOptions
{
    /// <summary>The character between fields.</summary>
    public char? Separator { get; init; }

    /// <summary>Whether the first row names the fields.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>Whether fields may be in double quotes.</summary>
    public bool? AllowQuoting { get; init; }

    /// <summary>What separates the decimals of a number: a point or a comma.</summary>
    public char? DecimalMark { get; init; }

    /// <summary>How many bytes are read, after decompression. Types are those of all rows in them.</summary>
    public int SampleBytes { get; init; } = 1 << 20;

    /// <summary>How many rows separator, quotes and header are guessed from.</summary>
    public int SampleRows { get; init; } = 2000;
}
