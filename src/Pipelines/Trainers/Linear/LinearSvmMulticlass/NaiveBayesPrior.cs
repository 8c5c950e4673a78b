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
        double all = TensorPrimitives.Sum<double>(totals), mass = all / classCount;
        float[] offsets = Array.ConvertAll(totals, total => (float)(Math.Log(all - total + mass) - Math.Log(total + mass)));

        float[] weights = new float[checked(features.ColumnCount * outputStride)];
        Parallel.For(0, (features.ColumnCount + 255) / 256, block =>
        {
            float[] others = new float[classCount];
            for (int feature = block * 256; feature < Math.Min(features.ColumnCount, (block + 1) * 256); feature++)
            {
                Span<float> own = sums.AsSpan(feature * stride, classCount);
                float sum = TensorPrimitives.Sum<float>(own);
                // A feature that no example has says nothing.
                if (!(sum > 0)) continue;
                float background = (float)(sum * mass / all);
                // Rounding may leave a difference just below zero.
                for (int k = 0; k < classCount; k++) others[k] = MathF.Max(sum - own[k], 0) + background;
                TensorPrimitives.Add(own, background, own);
                TensorPrimitives.Divide(own, others, own);
                TensorPrimitives.Log(own, own);
                TensorPrimitives.Add(own, offsets, own);
                TensorPrimitives.Multiply(own, strength, own);
                if (problems == 1) weights[feature * outputStride] = own[1];
                else own.CopyTo(weights.AsSpan(feature * outputStride));
            }
        });
        return weights;
    }
}
