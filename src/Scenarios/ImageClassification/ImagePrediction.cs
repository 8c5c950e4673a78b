namespace MLPipelines.Scenarios.ImageClassification;

/// <summary>What a picture shows: all labels with their probabilities, which add up to 1.</summary>
/// <param name="Ranked">The labels, the most probable first.</param>
public sealed record ImagePrediction(IReadOnlyList<LabelProbability> Ranked)
{
    /// <summary>The most probable label.</summary>
    public string Label => Ranked[0].Label;

    /// <summary>How probable it is.</summary>
    public float Probability => Ranked[0].Probability;

    /// <summary>How probable a label is; 0 for one that the model does not know.</summary>
    public float ProbabilityOf(string label) => Ranked.FirstOrDefault(ranked => ranked.Label == label).Probability;
}
