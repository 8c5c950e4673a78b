using System.Numerics.Tensors;

namespace MLPipelines.Trainers;

/// <summary>
/// The weights of naive Bayes, one class against the rest: strength · ln(p jk / q jk), with p jk = (s jk + m b j) / (S k + m) the smoothed
/// share of feature j in class k and q jk = (s j¬k + m b j) / (S ¬k + m) that in the other classes. s jk is the sum of the feature over the
/// examples of the class, S k that of all features; b j is the share of the feature among all examples, and m the mean of S k.
/// </summary>
/// <remarks>After Wang and Manning, "Baselines and Bigrams" (2012), where the ratio scales the features; here the weights are regularized towards it.</remarks>
internal static class NaiveBayesPrior
{
    /// <returns>Feature-major, with the stride of <see cref="ClassStride"/>; for two classes, one problem.</returns>
    internal static float[] Weights(TrainingSet examples, int[] classes, int[]? rows, float strength)
    {
        FeatureMatrix features = examples.Features;
        int classCount = examples.ClassCount, problems = classCount == 2 ? 1 : classCount;
        int stride = ClassStride.For(classCount), outputStride = ClassStride.For(problems);
        float[] sums = new float[checked(features.ColumnCount * stride)];
        for (int i = 0; i < (rows?.Length ?? features.RowCount); i++)
        {
            int row = rows is null ? i : rows[i];
            float weight = examples.WeightOf(row);
            var vector = features[row];
            for (int item = 0; item < vector.Values.Length; item++)
            {
                float value = vector.Values[item];
                if (value < 0) throw new MLPipelinesException($"LinearSvm: row {row} has the negative feature value {value}; a prior of naive Bayes needs features that are not negative. Set PriorStrength to 0.");
                sums[(vector.IsDense ? item : vector.Indices[item]) * stride + classes[row]] += value * weight;
            }
        }
        double[] totals = new double[classCount];
        for (int feature = 0; feature < features.ColumnCount; feature++)
            for (int k = 0; k < classCount; k++) totals[k] += sums[feature * stride + k];
        double all = totals.Sum(), mass = all / classCount;
        float[] offsets = Array.ConvertAll(totals, total => (float)(Math.Log(all - total + mass) - Math.Log(total + mass)));

        float[] weights = problems == 1 ? new float[features.ColumnCount] : sums;
        Parallel.For(0, (features.ColumnCount + 1023) / 1024, block =>
        {
            int end = Math.Min(features.ColumnCount, (block + 1) * 1024);
            if (problems == 1) TwoClasses(sums, stride, weights, block * 1024, end, mass / all, strength, offsets[1]);
            else for (int feature = block * 1024; feature < end; feature++) OneAgainstRest(sums.AsSpan(feature * stride, stride), mass / all, strength, offsets);
        });
        return weights;
    }

    private static void TwoClasses(float[] sums, int stride, float[] weights, int first, int end, double share, float strength, float offset)
    {
        for (int feature = first; feature < end; feature++)
        {
            float no = sums[feature * stride], yes = sums[feature * stride + 1], background = (float)((no + yes) * share);
            // A feature that no example has says nothing.
            if (background > 0) weights[feature] = strength * (MathF.Log((yes + background) / (no + background)) + offset);
        }
    }

    /// <summary>Turns the sums of a feature into its weights, in place.</summary>
    private static void OneAgainstRest(Span<float> own, double share, float strength, float[] offsets)
    {
        float sum = TensorPrimitives.Sum<float>(own), background = (float)(sum * share);
        if (!(background > 0)) return;
        for (int k = 0; k < offsets.Length; k++)
        {
            // Rounding may leave a difference just below zero.
            own[k] = (own[k] + background) / (MathF.Max(sum - own[k], 0) + background);
        }
        Span<float> used = own[..offsets.Length];
        TensorPrimitives.Log(used, used);
        TensorPrimitives.Add(used, offsets, used);
        TensorPrimitives.Multiply(used, strength, used);
    }
}
