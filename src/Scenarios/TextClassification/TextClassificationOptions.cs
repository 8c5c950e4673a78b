namespace MLPipelines.Scenarios.TextClassification;

/// <summary>What to learn a text classifier from, and how.</summary>
public sealed record TextClassificationOptions
{
    /// <summary>The columns of text, read as one text in this order.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = ["Text"];

    /// <summary>The column of labels; any type.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>What is tried, the one to prefer first; <see langword="null"/> for <see cref="TextClassificationCandidate.For"/>.</summary>
    public IReadOnlyList<TextClassificationCandidate>? Candidates { get; init; }

    /// <summary>From this number of rows on, candidates are compared on one part held out of five; below, on all five in turn. Default 2,000.</summary>
    public int RowsForOneHoldOut { get; init; } = 2000;

    /// <summary>Candidates are compared on at most so many rows, learned from and held out. Default 16,000.</summary>
    public int MaximumValidationRows { get; init; } = 16_000;

    /// <summary>How much lower, relatively, the log loss of a candidate must be to be chosen over the preferred one. Default 0.01.</summary>
    public double MinimumGain { get; init; } = 0.01;
}
