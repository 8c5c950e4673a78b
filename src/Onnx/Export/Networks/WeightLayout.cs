namespace MLPipelines.Onnx.Export.Networks;

/// <summary>Brings learned numbers from PyTorch's order and from features that come last into the order of ONNX's operators.</summary>
internal static class WeightLayout
{
    /// <summary>(rows, columns) to (columns, rows).</summary>
    internal static float[] Transposed(ReadOnlySpan<float> matrix, int rows, int columns)
    {
        float[] result = new float[matrix.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++) result[column * rows + row] = matrix[row * columns + column];
        return result;
    }

    /// <summary>Rows of weights of (places, channels), as pictures lie whose features come last, to rows of (channels, places).</summary>
    internal static float[] ChannelsFirst(ReadOnlySpan<float> rows, int places, int channels)
    {
        float[] result = new float[rows.Length];
        int size = places * channels;
        for (int start = 0; start < rows.Length; start += size)
            Transposed(rows.Slice(start, size), places, channels).CopyTo(result.AsSpan(start));
        return result;
    }

    /// <summary>Weights and biases (O, …) of a convolution with the batch normalization after it as part of them.</summary>
    /// <param name="weight">The convolution's, without a bias.</param>
    /// <param name="scale">The normalization's weight (O).</param>
    /// <param name="shift">Its bias (O).</param>
    /// <param name="mean">Its running mean (O).</param>
    /// <param name="variance">Its running variance (O).</param>
    /// <param name="epsilon">What it adds to the variance.</param>
    internal static (float[] Weight, float[] Bias) Normalized(ReadOnlySpan<float> weight, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, ReadOnlySpan<float> mean, ReadOnlySpan<float> variance, float epsilon)
    {
        float[] folded = weight.ToArray(), bias = new float[scale.Length];
        int reached = weight.Length / scale.Length;
        for (int output = 0; output < bias.Length; output++)
        {
            float factor = scale[output] / MathF.Sqrt(variance[output] + epsilon);
            bias[output] = shift[output] - mean[output] * factor;
            foreach (ref float value in folded.AsSpan(output * reached, reached)) value *= factor;
        }
        return (folded, bias);
    }

    /// <summary>Four gates in PyTorch's order (input, forget, cell, output) to ONNX's (input, output, forget, cell).</summary>
    internal static float[] GatesOfLstm(ReadOnlySpan<float> gates)
    {
        int size = gates.Length / 4;
        return [.. gates[..size], .. gates[(3 * size)..], .. gates[size..(2 * size)], .. gates[(2 * size)..(3 * size)]];
    }
}
