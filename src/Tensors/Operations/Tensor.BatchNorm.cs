using MLPipelines.Tensors.Autograd;

namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
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
    /// <param name="added">Of the shape of this tensor, added to the result: what goes past a residual block; or none.</param>
    /// <param name="isRectified">Whether max(0, y) of it all is the result.</param>
    public Tensor BatchNorm(Tensor weight, Tensor bias, Tensor runningMean, Tensor runningVariance, bool isTraining, float momentum = 0.1f, float epsilon = 1e-5f,
        Tensor added = default, bool isRectified = false)
    {
        int channels = Shape[-1], rows = Shape.Without(-1).Count;
        if (weight.Count != channels || bias.Count != channels || runningMean.Count != channels || runningVariance.Count != channels || (!added.IsNone && added.Shape != Shape))
            throw new ArgumentException($"Batch normalization of {Shape} takes four tensors of {channels} numbers, and adds one of the same shape; found {weight.Shape}, {bias.Shape}, {runningMean.Shape}, {runningVariance.Shape}{(added.IsNone ? "" : $" and {added.Shape}")}.");
        if (isTraining && rows < 2) throw new ArgumentException($"Batch normalization of {Shape} while training needs more than one number for each channel.");
        Tensor x = Dense(), plus = added.DenseOrNone(), y = NewLike(Shape), mean = isTraining ? NewLike([channels]) : runningMean, inverse = NewLike([channels]);
        var data = new NormalizationData
        {
            Rows = rows,
            Channels = channels,
            Rectified = isRectified,
            Input = x.Floats,
            Output = y.Floats,
            Added = plus.FloatsOrNull,
            Scale = weight.Dense().Floats,
            Shift = bias.Dense().Floats,
        };
        if (isTraining) Backend.BatchNormalize(data, epsilon, mean.Floats, inverse.Floats, momentum, runningMean.Floats, runningVariance.Floats);
        else Backend.BatchNormalizeByKnown(data, epsilon, mean.Floats, runningVariance.Floats, inverse.Floats);
        return Tape.Record(isTraining ? Derivatives.BatchNorm : Derivatives.BatchNormByKnown, y, [this, weight, bias, added], new Attributes { Saved = mean, Saved2 = inverse, Flag = isRectified });
    }

    internal static void BatchNormGradients(TapeNode node, Tensor gradient, bool isKnown)
    {
        Tensor input = node.A, weight = node.B, bias = node.C, added = node.D;
        Tensor x = input.Dense(), dy = gradient.Dense(), dx = input.NewLike(input.Shape), dWeight = weight.NewLike(weight.Shape), dBias = bias.NewLike(bias.Shape);
        bool isCut = node.With.Flag;
        Tensor dAdded = added.IsNone || !isCut ? gradient : input.NewLike(input.Shape);
        var data = new NormalizationData
        {
            Rows = input.Shape.Without(-1).Count,
            Channels = input.Shape[-1],
            Rectified = isCut,
            Input = x.Floats,
            Output = node.Output.Floats,
            Added = added.DenseOrNone().FloatsOrNull,
            Scale = weight.Dense().Floats,
            Shift = bias.Dense().Floats,
            OutputGradient = dy.Floats,
            InputGradient = dx.Floats,
            AddedGradient = added.IsNone || !isCut ? null : dAdded.Floats,
            ScaleGradient = dWeight.Floats,
            ShiftGradient = dBias.Floats,
        };
        x.Backend.BatchNormalizeGradient(data, node.With.Saved.Floats, node.With.Saved2.Floats, isKnown);
        node.Give(0, dx);
        node.Give(1, dWeight);
        node.Give(2, dBias);
        if (!added.IsNone) node.Give(3, dAdded);
    }
}
