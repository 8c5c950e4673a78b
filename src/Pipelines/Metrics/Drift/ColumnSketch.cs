namespace MLPipelines.Drift;

/// <summary>
/// What the values of one column looked like, in a few kilobytes: enough to say later whether other values are like them, and too
/// little to get single rows back.
/// </summary>
public sealed record ColumnSketch
{
    /// <summary>The kinds of columns. A kind that a reader does not know is left out of comparisons.</summary>
    public const string Number = "number", Category = "category", Text = "text", Date = "date";

    /// <summary>The name of the column.</summary>
    public required string Name { get; init; }

    /// <summary><see cref="Number"/>, <see cref="Category"/>, <see cref="Text"/> or <see cref="Date"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The number of rows, those without a value included.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows without a value: NaN, an empty text, a key of 0.</summary>
    public required long Missing { get; init; }

    /// <summary>The least number; of texts, the least number of words.</summary>
    public double? Minimum { get; init; }

    /// <summary>The largest number; of texts, the largest number of words.</summary>
    public double? Maximum { get; init; }

    /// <summary>Rising bounds of bins: a bin holds the numbers, or texts of so many words, above the bound before it and up to its own; the last bin has no upper bound.</summary>
    public IReadOnlyList<double>? Edges { get; init; }

    /// <summary>The rows in each bin, one more than <see cref="Edges"/>.</summary>
    public IReadOnlyList<long>? Counts { get; init; }

    /// <summary>The most frequent categories with their rows.</summary>
    public IReadOnlyDictionary<string, long>? Categories { get; init; }

    /// <summary>Rows with a category that is not listed.</summary>
    public long? Others { get; init; }

    /// <summary>Of texts, the number of words in all rows.</summary>
    public long? Words { get; init; }

    /// <summary>Bits that are set by the hashes of the categories, or of the frequent words, in base64; without them, only the listed categories are known.</summary>
    public string? Known { get; init; }

    /// <summary>
    /// The share of categories, or of words, that are expected to be unknown in rows of the same kind: those seen once, which is an estimate
    /// of the mass of what was not seen (Good 1953), and those that are known no more.
    /// </summary>
    public double? UnseenShare { get; init; }
}
