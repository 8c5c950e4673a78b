namespace MLPipelines.Cli.Explaining;

/// <summary>How much a column matters to a model.</summary>
/// <param name="Column">The column of the file.</param>
/// <param name="Importance">Higher for a column that matters more.</param>
/// <param name="StandardError">How uncertain it is; NaN where it is not measured.</param>
internal readonly record struct ColumnImportance(string Column, double Importance, double StandardError = double.NaN);

/// <summary>What importance is made of.</summary>
internal enum ImportanceKind
{
    /// <summary>How much worse the predictions are when the values of a column are dealt out to other rows.</summary>
    Permutation,

    /// <summary>The mean size of what a column contributes to the score of a row.</summary>
    Contribution,

    /// <summary>The share of the gain of all splits of trees.</summary>
    Gain,

    /// <summary>The share of all splits of trees.</summary>
    Splits,
}
