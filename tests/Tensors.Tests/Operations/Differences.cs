namespace MLPipelines.Tensors.Tests.Operations;

/// <summary>Compares derivatives with quotients of differences.</summary>
internal static class Differences
{
    private const float Width = 1f / 128;

    /// <summary>Checks the derivatives of Σ output · weights by the inputs.</summary>
    internal static void Check(Func<Tensor[], Tensor> operation, Tensor[] inputs, Tensor weights, bool[] isChecked, double tolerance = 1.5e-3)
    {
        using var step = new Step();
        for (int i = 0; i < inputs.Length; i++)
            if (isChecked[i]) inputs[i].WithGradient();
        operation(inputs).Backward(weights);
        for (int i = 0; i < inputs.Length; i++)
        {
            if (!isChecked[i]) continue;
            float[] values = inputs[i].ToArray(), derivatives = inputs[i].Gradient.ToArray();
            for (int k = 0; k < values.Length; k++)
            {
                float before = values[k];
                double above = At(before + Width), below = At(before - Width), above2 = At(before + 2 * Width), below2 = At(before - 2 * Width);
                At(before);
                double expected = (8 * (above - below) - (above2 - below2)) / (12 * Width);
                Assert.True(Math.Abs(expected - derivatives[k]) <= tolerance * Math.Max(1, Math.Abs(expected)),
                    $"The derivative by number {k} of input {i} is {derivatives[k]}; differences give {expected:g6}.");

                double At(float value)
                {
                    values[k] = value;
                    inputs[i].CopyFrom(values);
                    using var quiet = new NoGradient();
                    float[] output = operation(inputs).ToArray(), factors = weights.ToArray();
                    double sum = 0;
                    for (int o = 0; o < output.Length; o++) sum += (double)output[o] * factors[o];
                    return sum;
                }
            }
        }
    }
}
