using System.Numerics.Tensors;

namespace MLPipelines.Trainers.FastTree;

/// <summary>What the rounds of a generalized additive model make small, as a struct, so that loops over rows are compiled for each.</summary>
internal interface IGamLoss
{
    /// <summary>Minus the derivative of the loss of each row by its score.</summary>
    void Steps(ReadOnlySpan<float> labels, ReadOnlySpan<double> scores, Span<double> steps);

    /// <summary>What pruning looks at; lower is better.</summary>
    double Loss(float label, double score);
}

/// <summary>½ (label − score)², with the validation set measured by absolute or squared errors.</summary>
internal readonly struct GamSquaredLoss(bool absolute) : IGamLoss
{
    public void Steps(ReadOnlySpan<float> labels, ReadOnlySpan<double> scores, Span<double> steps)
    {
        for (int i = 0; i < steps.Length; i++) steps[i] = labels[i] - scores[i];
    }

    public double Loss(float label, double score) => absolute ? Math.Abs(label - score) : (label - score) * (label - score);
}

/// <summary>log(1 + exp(−score)) of positive rows, log(1 + exp(score)) of the others; their classes may count the same in sum.</summary>
/// <param name="positive">How much a positive row counts.</param>
/// <param name="negative">How much another one counts.</param>
internal readonly struct GamLogisticLoss(double positive, double negative) : IGamLoss
{
    public void Steps(ReadOnlySpan<float> labels, ReadOnlySpan<double> scores, Span<double> steps)
    {
        TensorPrimitives.Sigmoid(scores, steps);
        for (int i = 0; i < steps.Length; i++) steps[i] = labels[i] > 0 ? positive * (1 - steps[i]) : -negative * steps[i];
    }

    public double Loss(float label, double score)
    {
        double margin = label > 0 ? score : -score;
        return (label > 0 ? positive : negative) * (Math.Max(0, -margin) + double.LogP1(Math.Exp(-Math.Abs(margin))));
    }
}
