namespace MLPipelines.Trainers;

/// <summary>A loss of the scores of one example, for gradient methods.</summary>
internal interface IScoreLoss
{
    /// <summary>Replaces scores by the derivatives of the loss; returns the loss.</summary>
    /// <param name="scores">One per class, or one.</param>
    /// <param name="label">The class, or 0 or 1, or a number.</param>
    static abstract double ToGradient(Span<float> scores, float label);
}

/// <summary>Multinomial logistic loss: log Σ exp(s) − s of the label.</summary>
internal readonly struct SoftmaxLoss : IScoreLoss
{
    public static double ToGradient(Span<float> scores, float label)
    {
        double own = scores[(int)label];
        double loss = Softmax.Apply(scores) - own;
        scores[(int)label] -= 1;
        return loss;
    }
}

/// <summary>Logistic loss of one score: log(1 + exp(−s)) for label 1, log(1 + exp(s)) for label 0.</summary>
internal readonly struct LogisticScoreLoss : IScoreLoss
{
    public static double ToGradient(Span<float> scores, float label)
    {
        double margin = label > 0 ? scores[0] : -scores[0];
        double tail = Math.Exp(-Math.Abs(margin));
        // The probability of the wrong class, computed from the side that keeps its digits.
        double wrong = margin > 0 ? tail / (1 + tail) : 1 / (1 + tail);
        scores[0] = (float)(label > 0 ? -wrong : wrong);
        return double.LogP1(tail) + Math.Max(0, -margin);
    }
}

/// <summary>Poisson loss of the logarithm of a mean: exp(s) − label · s.</summary>
internal readonly struct PoissonScoreLoss : IScoreLoss
{
    public static double ToGradient(Span<float> scores, float label)
    {
        double mean = Math.Exp(scores[0]), loss = mean - (double)label * scores[0];
        scores[0] = (float)(mean - label);
        return loss;
    }
}
