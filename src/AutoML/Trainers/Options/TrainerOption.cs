namespace MLPipelines.AutoML.CodeGen;

/// <summary>The columns that a sweepable trainer learns from.</summary>
public abstract class TrainerOption
{
    private protected TrainerOption() { }

    /// <summary>The column of what is predicted.</summary>
    public string LabelColumnName { get; set; } = "Label";

    /// <summary>The column of the feature vectors.</summary>
    public string FeatureColumnName { get; set; } = "Features";

    /// <summary>The column that says how much each example counts; <see langword="null"/> when all count the same.</summary>
    public string? ExampleWeightColumnName { get; set; }
}
