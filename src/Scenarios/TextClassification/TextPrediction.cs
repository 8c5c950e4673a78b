namespace MLPipelines.Scenarios.TextClassification;

/// <summary>A label and how probable it is, from 0 to 1.</summary>
public readonly record struct LabelProbability(string Label, float Probability);

/// <summary>What a text is: all labels with their probabilities, which add up to 1.</summary>
/// <param name="Ranked">The labels, the most probable first.</param>
public sealed record TextPrediction(IReadOnlyList<LabelProbability> Ranked)
{
    /// <summary>The most probable label.</summary>
    public string Label => Ranked[0].Label;

    /// <summary>How probable it is.</summary>
    public float Probability => Ranked[0].Probability;

    internal static TextPrediction Rank(IReadOnlyList<string> labels, ReadOnlySpan<float> probabilities)
    {
        // Sorting plain numbers is several times faster than asking a comparison; the largest comes first by its sign.
        Span<float> falling = labels.Count <= 512 ? stackalloc float[labels.Count] : new float[labels.Count];
        var ranked = new LabelProbability[labels.Count];
        for (int i = 0; i < ranked.Length; i++)
        {
            falling[i] = -probabilities[i];
            ranked[i] = new LabelProbability(labels[i], probabilities[i]);
        }
        falling.Sort(ranked.AsSpan());
        return new TextPrediction(ranked);
    }
}
