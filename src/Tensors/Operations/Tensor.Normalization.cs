using MLPipelines.Tensors.Autograd;

namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <summary>Each row along the last axis less its mean, over its deviation, times a weight plus a bias for each feature (Ba and others 2016).</summary>
    /// <param name="weight">(features), or none.</param>
    /// <param name="bias">(features), or none.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public Tensor LayerNorm(Tensor weight = default, Tensor bias = default, float epsilon = 1e-5f) => Normalized(new GroupSize(Shape.Without(-1).Count, 1, 1, Shape[-1]), weight, bias, epsilon);

    /// <summary>The same over groups of channels and all places of an example (Wu and He 2018).</summary>
    /// <param name="groups">Into how many groups the channels are divided.</param>
    /// <param name="weight">(C) for a tensor (N, …, C), or none.</param>
    /// <param name="bias">(C), or none.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public Tensor GroupNorm(int groups, Tensor weight = default, Tensor bias = default, float epsilon = 1e-5f)
    {
        if (Rank < 2 || groups < 1 || Shape[-1] % groups != 0) throw new ArgumentException($"The channels of {Shape} (N, …, C) cannot be divided into {groups} groups.", nameof(groups));
        return Normalized(new GroupSize(Shape[0], Shape.Without(-1).Without(0).Count, groups, Shape[-1] / groups), weight, bias, epsilon);
    }

    private Tensor Normalized(in GroupSize size, Tensor weight, Tensor bias, float epsilon)
    {
        if ((!weight.IsNone && weight.Count != size.Channels) || (!bias.IsNone && bias.Count != size.Channels))
            throw new ArgumentException($"Weight and bias have {size.Channels} numbers, as many as {Shape} has features.");
        Tensor x = Dense(), w = weight.DenseOrNone(), b = bias.DenseOrNone(), y = NewLike(Shape), mean = NewLike([size.Outer, size.Groups]), inverse = NewLike([size.Outer, size.Groups]);
        Backend.GroupNormalize(size, x.Floats, w.FloatsOrNull, b.FloatsOrNull, epsilon, y.Floats, mean.Floats, inverse.Floats);
        return Tape.Record(Derivatives.GroupNorm, y, [this, weight, bias], new Attributes { Groups = size, Saved = mean, Saved2 = inverse });
    }

    internal static void GroupNormGradients(TapeNode node, Tensor gradient)
    {
        Tensor x = node.A.Dense(), w = node.B.DenseOrNone(), dy = gradient.Dense(), dx = x.NewLike(x.Shape);
        Tensor dWeight = node.Wants(1) ? x.NewLike(node.B.Shape) : None, dBias = node.Wants(2) ? x.NewLike(node.C.Shape) : None;
        x.Backend.GroupNormalizeGradient(node.With.Groups, x.Floats, dy.Floats, w.FloatsOrNull, node.With.Saved.Floats, node.With.Saved2.Floats, dx.Floats, dWeight.FloatsOrNull, dBias.FloatsOrNull);
        node.Give(0, dx);
        node.Give(1, dWeight);
        node.Give(2, dBias);
    }
}
