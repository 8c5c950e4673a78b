namespace MLPipelines.Trainers;

/// <summary>What the weights of examples add up to, over all and per class.</summary>
internal static class ExampleWeights
{
    /// <summary>The bias of a class without examples: so low that its probability is exactly 0, and yet finite.</summary>
    internal const float AbsentBias = -1e30f;

    /// <exception cref="MLPipelinesException">All weights are 0.</exception>
    internal static double Sum(TrainingSet examples)
    {
        if (examples.Weights is null) return examples.RowCount;
        double sum = 0;
        foreach (float weight in examples.Weights) sum += weight;
        return sum > 0 ? sum : throw new MLPipelinesException("There is nothing to learn from: every example has weight 0.");
    }

    /// <summary>Which classes have an example whose weight is above 0. Labels below 0 stand for none.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="classCount">The number of classes.</param>
    /// <param name="allowOne">Whether one class is enough, because there are examples of none.</param>
    /// <param name="rows">The rows to look at; <see langword="null"/> for all.</param>
    /// <exception cref="MLPipelinesException">Fewer than two have.</exception>
    internal static bool[] PresentClasses(TrainingSet examples, int classCount, bool allowOne = false, int[]? rows = null)
    {
        bool[] present = new bool[classCount];
        foreach (int row in rows ?? Enumerable.Range(0, examples.RowCount))
            if (examples.WeightOf(row) > 0 && examples.Labels[row] >= 0) present[(int)examples.Labels[row]] = true;
        int found = present.Count(p => p);
        if (found == 0) throw new MLPipelinesException("There is nothing to learn from: every example has weight 0.");
        if (found == 1 && !allowOne) throw new MLPipelinesException("Every example whose weight is above 0 has the same label, expected at least two different ones.");
        return present;
    }

    /// <summary>The weight of the examples whose label is false by that of the others; both are above 0.</summary>
    internal static double NegativesPerPositive(TrainingSet examples)
    {
        double positive = 0;
        for (int row = 0; row < examples.RowCount; row++)
            if (examples.Labels[row] > 0) positive += examples.WeightOf(row);
        return (Sum(examples) - positive) / positive;
    }

    /// <summary>The examples with weights that make every class that is there count the same, and all together as before.</summary>
    internal static TrainingSet Balanced(TrainingSet examples)
    {
        double[] sums = new double[examples.ClassCount];
        for (int row = 0; row < examples.RowCount; row++) sums[(int)examples.Labels[row]] += examples.WeightOf(row);
        double share = sums.Sum() / sums.Count(sum => sum > 0);
        float[] weights = new float[examples.RowCount];
        for (int row = 0; row < weights.Length; row++)
            weights[row] = sums[(int)examples.Labels[row]] is > 0 and var sum ? (float)(examples.WeightOf(row) * share / sum) : 0;
        return new TrainingSet(examples.Features, examples.Labels, weights, examples.ClassCount);
    }

    /// <summary>The examples with the weights of those whose label is true multiplied.</summary>
    internal static TrainingSet WithPositivesTimes(float factor, TrainingSet examples)
    {
        if (factor == 1) return examples;
        float[] weights = new float[examples.RowCount];
        for (int row = 0; row < weights.Length; row++) weights[row] = examples.WeightOf(row) * (examples.Labels[row] > 0 ? factor : 1);
        return new TrainingSet(examples.Features, examples.Labels, weights, examples.ClassCount);
    }
}
