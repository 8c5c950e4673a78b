namespace MLPipelines.Trainers;

/// <summary>Where the training of one linear function starts.</summary>
/// <param name="Weights">One per feature; a copy of its own.</param>
/// <param name="Bias">The bias.</param>
internal readonly record struct LinearStart(float[] Weights, float Bias)
{
    internal static LinearStart Zero(int featureCount) => new(new float[featureCount], 0);

    /// <summary>Random numbers between plus and minus half a diameter.</summary>
    internal static LinearStart Scattered(int featureCount, float diameter, int seed)
    {
        if (diameter == 0) return Zero(featureCount);
        var random = new Random(seed);
        float[] weights = new float[featureCount];
        for (int i = 0; i < weights.Length; i++) weights[i] = diameter * (random.NextSingle() - 0.5f);
        return new LinearStart(weights, diameter * (random.NextSingle() - 0.5f));
    }

    /// <summary>A model that was learned before.</summary>
    internal static LinearStart From(LinearModelParameters model, TrainingSet examples, string trainer) =>
        model.FeatureCount == examples.Features.ColumnCount ? new LinearStart(model.WeightSpan.ToArray(), model.Bias)
            : throw new ArgumentException($"{trainer}: a model of {model.FeatureCount} features found to start from, the data has {examples.Features.ColumnCount}.", nameof(model));
}
