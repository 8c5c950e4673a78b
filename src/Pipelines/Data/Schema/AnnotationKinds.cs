namespace MLPipelines.Data;

/// <summary>The names of the annotations that the library writes and reads.</summary>
public static class AnnotationKinds
{
    /// <summary>What each item of a vector is called: a vector of text.</summary>
    public const string SlotNames = "SlotNames";

    /// <summary>What each category of a key column means: a vector of the original type.</summary>
    public const string KeyValues = "KeyValues";

    /// <summary>Whether the values are already on one scale: a truth value.</summary>
    public const string IsNormalized = "IsNormalized";

    /// <summary>The task that a score column answers, such as <c>MulticlassClassification</c>: text.</summary>
    public const string ScoreColumnKind = "ScoreColumnKind";

    /// <summary>What a score column holds: <c>Score</c>, <c>PredictedLabel</c> or <c>Probability</c>: text.</summary>
    public const string ScoreValueKind = "ScoreValueKind";

    /// <summary>Which columns were made by one scorer: a number that they share.</summary>
    public const string ScoreColumnSetId = "ScoreColumnSetId";

    /// <summary>The label that each item of a score vector stands for: a vector of the label's own type.</summary>
    public const string TrainingLabelValues = "TrainingLabelValues";

    /// <summary>Pairs of first and last slot that belong to one categorical column: a vector of 32-bit integers.</summary>
    public const string CategoricalSlotRanges = "CategoricalSlotRanges";
}
