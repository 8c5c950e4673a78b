using MLPipelines.Trainers;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Linear models. How well they fit, in a component of its own, is left out.</summary>
internal static class LinearReaders
{
    internal static IScoringModel Binary(Component component, Payload payload)
    {
        var (weights, bias) = Weights(component, payload);
        return NestedModelReaders.CalibratedIfSo(component, new LinearBinaryModelParameters(weights, bias));
    }

    internal static IScoringModel Regression(Component component, Payload payload)
    {
        var (weights, bias) = Weights(component, payload);
        return new LinearRegressionModelParameters(weights, bias);
    }

    internal static IScoringModel Poisson(Component component, Payload payload)
    {
        var (weights, bias) = Weights(component, payload);
        return new PoissonRegressionModelParameters(weights, bias);
    }

    internal static IScoringModel MaximumEntropy(Component component, Payload payload)
    {
        var (weights, biases, features) = Classes(component, payload);
        return new MaximumEntropyModelParameters(weights, biases, features);
    }

    internal static IScoringModel Multiclass(Component component, Payload payload)
    {
        var (weights, biases, features) = Classes(component, payload);
        return new LinearMulticlassModelParameters(weights, biases, features);
    }

    /// <summary>The size of a number, the bias, how many features; how many indices (0 where all weights are stored), and these; how many weights, and these.</summary>
    private static (float[] Weights, float Bias) Weights(Component component, Payload payload)
    {
        payload.SizeOfSingle();
        float bias = payload.Finite(1)[0];
        int features = payload.Int32(1, int.MaxValue, "the number of features");
        int indexCount = payload.Int32(0, features, "the number of indices");
        int[] indices = payload.Array<int>(indexCount);
        int count = payload.Int32(0, features, "the number of weights");
        if (count != indexCount && !(indexCount == 0 && count == features)) throw component.Invalid($"{count} weights and {indexCount} indices of {features} features");
        float[] stored = payload.Finite(count);
        if (indexCount == 0 && count == features) return (stored, bias);
        component.Claim(features, "weights");
        float[] weights = new float[features];
        Scatter(component, indices, stored, features, (index, weight) => weights[index] = weight);
        return (weights, bias);
    }

    /// <summary>
    /// The size of a number, how many features, how many classes, the biases; where the weights of each class begin after their number (0 where all weights are stored), the indices after theirs, and the weights after theirs.
    /// </summary>
    private static (float[] Weights, float[] Biases, int Features) Classes(Component component, Payload payload)
    {
        payload.SizeOfSingle();
        int features = payload.Int32(1, int.MaxValue, "the number of features"), classes = payload.Int32(2, payload.Left / sizeof(float), "the number of classes");
        float[] biases = payload.Finite(classes);
        int startCount = payload.Int32();
        int stride = ClassStride.For(classes);
        // What is stored is there twice for a moment; what is not counts.
        component.Claim((long)stride * features - Math.Min((long)classes * features, payload.Left / sizeof(float)), "weights");
        if (startCount != 0 && startCount != classes + 1) throw component.Invalid($"{startCount} places where weights begin for {classes} classes");
        int[] starts = payload.Array<int>(startCount), indices = payload.Array<int>();
        int count = payload.Int32();
        long expected = startCount == 0 ? (long)classes * features : indices.Length;
        if (count != expected || (startCount == 0 && indices.Length > 0)) throw component.Invalid($"{count} weights, expected {expected}");
        ReadOnlySpan<float> stored = payload.FiniteSpan(count);
        if (startCount == 0) return (ClassStride.FromClassMajor(stored, classes, features), biases, features);
        float[] weights = new float[stride * features];
        for (int k = 0; k < classes; k++)
        {
            int own = k;
            if (starts[0] != 0 || starts[k + 1] < starts[k] || starts[k + 1] > count) throw component.Invalid("the places where weights begin do not rise, or are beyond the weights");
            Range range = starts[k]..starts[k + 1];
            Scatter(component, indices.AsSpan(range), stored[range], features, (index, weight) => weights[(index * stride) + own] = weight);
        }
        return (weights, biases, features);
    }

    private static void Scatter(Component component, ReadOnlySpan<int> indices, ReadOnlySpan<float> values, int size, Action<int, float> set)
    {
        for (int i = 0, previous = -1; i < indices.Length; previous = indices[i++])
        {
            if (indices[i] <= previous || indices[i] >= size) throw component.Invalid("its indices do not rise, or are beyond the features");
            set(indices[i], values[i]);
        }
    }
}
