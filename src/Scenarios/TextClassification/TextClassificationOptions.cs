namespace MLPipelines.Scenarios.TextClassification;

/// <summary>What to learn a text classifier from, and how.</summary>
public sealed record TextClassificationOptions
{
    /// <summary>The columns of text, read as one text in this order.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = ["Text"];

    /// <summary>The column of labels; any type.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>What is tried; <see langword="null"/> for <see cref="TextClassificationCandidate.For"/>.</summary>
    public IReadOnlyList<TextClassificationCandidate>? Candidates { get; init; }

    /// <summary>From this number of rows on, candidates are compared on one part held out of five; below, on all five in turn. Default 2,000.</summary>
    public int RowsForOneHoldOut { get; init; } = 2000;
}
