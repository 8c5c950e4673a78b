namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <summary>Each row along the last axis less its mean, over its deviation, times a weight plus a bias for each feature (Ba and others 2016).</summary>
    /// <param name="weight">(features), or none.</param>
    /// <param name="bias">(features), or none.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public Tensor LayerNorm(Tensor weight = default, Tensor bias = default, float epsilon = 1e-5f) => Standardized([-1], epsilon).Scaled(weight, bias);

    /// <summary>The same over groups of channels and all places of an example (Wu and He 2018).</summary>
    /// <param name="groups">Into how many groups the channels are divided.</param>
    /// <param name="weight">(C) for a tensor (N, …, C), or none.</param>
    /// <param name="bias">(C), or none.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public Tensor GroupNorm(int groups, Tensor weight = default, Tensor bias = default, float epsilon = 1e-5f)
    {
        if (groups < 1 || Shape[-1] % groups != 0) throw new ArgumentException($"The {Shape[-1]} channels of {Shape} cannot be divided into {groups} groups.", nameof(groups));
        return Reshape(Shape[0], -1, groups, Shape[-1] / groups).Standardized([1, 3], epsilon).Reshape(Shape).Scaled(weight, bias);
    }

    /// <summary>
    /// Each channel, the last axis, less its mean, over its deviation, times a weight plus a bias (Ioffe and Szegedy 2015). While training, mean and variance are those of the
    /// batch, and the running ones move toward them, in place; otherwise the running ones are taken.
    /// </summary>
    /// <param name="weight">(C).</param>
    /// <param name="bias">(C).</param>
    /// <param name="runningMean">(C).</param>
    /// <param name="runningVariance">(C).</param>
    /// <param name="isTraining">Whether this is training.</param>
    /// <param name="momentum">How far the running mean and variance move, from 0 to 1.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public Tensor BatchNorm(Tensor weight, Tensor bias, Tensor runningMean, Tensor runningVariance, bool isTraining, float momentum = 0.1f, float epsilon = 1e-5f)
    {
        if (!isTraining)
        {
            Tensor scale = weight / (runningVariance + epsilon).Sqrt();
            return this * scale + (bias - runningMean * scale);
        }
        Tensor rows = AsRows();
        if (rows.Shape[0] < 2) throw new ArgumentException($"Batch normalization of {Shape} while training needs more than one number for each channel.");
        using (new NoGradient())
        {
            runningMean.CopyFrom(runningMean * (1 - momentum) + rows.Mean([0]) * momentum);
            runningVariance.CopyFrom(runningVariance * (1 - momentum) + rows.Variance([0]) * momentum);
        }
        return rows.Standardized([0], epsilon).Scaled(weight, bias).Reshape(Shape);
    }

    /// <summary>Less the mean, over the deviation, of the population along some axes.</summary>
    internal Tensor Standardized(ReadOnlySpan<int> axes, float epsilon)
    {
        Tensor centered = this - Mean(axes, keep: true);
        return centered / (centered.Square().Mean(axes, keep: true) + epsilon).Sqrt();
    }

    internal Tensor Scaled(Tensor weight, Tensor bias)
    {
        Tensor scaled = weight.IsNone ? this : this * weight;
        return bias.IsNone ? scaled : scaled + bias;
    }
}
