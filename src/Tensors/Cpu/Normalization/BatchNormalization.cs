namespace MLPipelines.Tensors.Cpu.Normalization;

/// <summary>
/// Batch normalization over the last dimension (Ioffe and Szegedy 2015): y = γ (x - μ) / sqrt(σ² + ε) + β, with mean and variance of each channel over
/// all rows, or known ones; then, as options, plus another tensor of the same shape and max(0, y), so that a residual block is read and
/// written once.
/// </summary>
/// <remarks>Means and variances are summed by parts that follow from the shape, around a number of each part, and joined in double precision.</remarks>
internal static unsafe class BatchNormalization
{
    /// <summary>Normalizes by the rows' own mean and variance and keeps both, the latter as 1 / sqrt(σ² + ε), for the gradient.</summary>
    internal static void Train(in NormalizationData data, float epsilon, float* mean, float* inverse)
    {
        using Scratch scratch = Scratch.Open();
        NormalizationWork work = NormalizationWork.Share(data, mean, inverse, scratch);
        Crew.Run(work.Parts, KernelWidths.Pick(&NormalizationPasses.Moments<Lanes1>, &NormalizationPasses.Moments<Lanes8>, &NormalizationPasses.Moments<Lanes16>), &work);
        for (int channel = 0; channel < data.Channels; channel++)
        {
            (double average, double variance) = work.Joined(channel);
            mean[channel] = (float)average;
            inverse[channel] = (float)(1 / Math.Sqrt(variance + epsilon));
        }
        Apply(work);
    }

    /// <summary>Moves running statistics towards those of the last rows by <paramref name="momentum"/>, with the variance divided by n - 1, as PyTorch does.</summary>
    internal static void Follow(in NormalizationData data, float epsilon, float momentum, float* mean, float* inverse, float* runningMean, float* runningVariance)
    {
        double unbiased = data.Rows > 1 ? data.Rows / (data.Rows - 1.0) : 1;
        for (int channel = 0; channel < data.Channels; channel++)
        {
            double variance = Math.Max(0, (1 / ((double)inverse[channel] * inverse[channel])) - epsilon) * unbiased;
            runningMean[channel] += momentum * (mean[channel] - runningMean[channel]);
            runningVariance[channel] += momentum * ((float)variance - runningVariance[channel]);
        }
    }

    /// <summary>Normalizes by known statistics, given as means and as 1 / sqrt(σ² + ε).</summary>
    internal static void Infer(in NormalizationData data, float* mean, float* inverse)
    {
        using Scratch scratch = Scratch.Open();
        Apply(NormalizationWork.Share(data, mean, inverse, scratch));
    }

    /// <summary>1 / sqrt(σ² + ε) of each channel.</summary>
    internal static void Inverse(int channels, float* variance, float epsilon, float* inverse)
    {
        for (int channel = 0; channel < channels; channel++) inverse[channel] = (float)(1 / Math.Sqrt((double)variance[channel] + epsilon));
    }

    /// <summary>
    /// The gradients by x, γ, β and what was added. <paramref name="known"/>: the statistics did not come from the rows, so no gradient goes through them.
    /// Where something was added and rectified, <see cref="NormalizationData.Output"/> tells which numbers were above zero, and
    /// <see cref="NormalizationData.AddedGradient"/> is needed.
    /// </summary>
    internal static void Backward(in NormalizationData data, float* mean, float* inverse, bool known)
    {
        using Scratch scratch = Scratch.Open();
        NormalizationWork work = NormalizationWork.Share(data, mean, inverse, scratch);
        Scales(ref work);
        Crew.Run(work.Parts, KernelWidths.Pick(&NormalizationPasses.GradientSums<Lanes1>, &NormalizationPasses.GradientSums<Lanes8>, &NormalizationPasses.GradientSums<Lanes16>), &work);
        for (int channel = 0; channel < data.Channels; channel++)
        {
            (double sum, double product) = work.Summed(channel);
            if (data.ScaleGradient != null) data.ScaleGradient[channel] = (float)(product * inverse[channel]);
            if (data.ShiftGradient != null) data.ShiftGradient[channel] = (float)sum;
            // dx = a (g - mean g - (x - μ) / σ² · mean(g (x - μ))), in the two numbers that are not g's.
            work.Slope[channel] = known ? 0 : (float)(-work.Scale[channel] * (double)inverse[channel] * inverse[channel] * product / data.Rows);
            work.Level[channel] = known ? 0 : (float)(-work.Scale[channel] * sum / data.Rows);
        }
        Crew.Run(work.Parts, KernelWidths.Pick(&NormalizationPasses.InputGradient<Lanes1>, &NormalizationPasses.InputGradient<Lanes8>, &NormalizationPasses.InputGradient<Lanes16>), &work);
    }

    private static void Apply(NormalizationWork work)
    {
        Scales(ref work);
        Crew.Run(work.Parts, KernelWidths.Pick(&NormalizationPasses.Apply<Lanes1>, &NormalizationPasses.Apply<Lanes8>, &NormalizationPasses.Apply<Lanes16>), &work);
    }

    /// <summary>y = x scale + shift. The gradient works them out again and gets the same bits, so that it knows the sign of y without y.</summary>
    private static void Scales(ref NormalizationWork work)
    {
        NormalizationData data = work.Data;
        for (int channel = 0; channel < data.Channels; channel++)
        {
            float scale = (data.Scale == null ? 1 : data.Scale[channel]) * work.Inverse[channel];
            work.Scale[channel] = scale;
            work.Shift[channel] = MathF.FusedMultiplyAdd(-work.Mean[channel], scale, data.Shift == null ? 0 : data.Shift[channel]);
        }
    }
}
