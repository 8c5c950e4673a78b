namespace MLPipelines.Scenarios.TextClassification;

/// <summary>What a text is: all labels with their probabilities, which add up to 1.</summary>
/// <param name="Ranked">The labels, the most probable first.</param>
public sealed record TextPrediction(IReadOnlyList<LabelProbability> Ranked)
{
    /// <summary>The most probable label.</summary>
    public string Label => Ranked[0].Label;

    /// <summary>How probable it is.</summary>
    public float Probability => Ranked[0].Probability;
}
