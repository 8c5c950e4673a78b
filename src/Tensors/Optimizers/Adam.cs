using MLPipelines.Tensors.Optimizers;

namespace MLPipelines.Tensors;

/// <summary>
/// Adam (Kingma and Ba 2015): steps by the mean gradient over the root of its mean square, both corrected for their start at 0. The weight decay is
/// added to the gradient; <see cref="AdamW"/> takes it from the weights.
/// </summary>
public unsafe class Adam : Optimizer
{
    private readonly float _beta1, _beta2, _epsilon;

    /// <param name="parameters">What is learned.</param>
    /// <param name="learningRate">How far a step goes at most, about.</param>
    /// <param name="beta1">How much of the mean gradient is kept.</param>
    /// <param name="beta2">How much of the mean square is kept.</param>
    /// <param name="epsilon">Added to the root, against division by 0.</param>
    /// <param name="weightDecay">How much of the weights themselves is added to their gradients.</param>
    public Adam(IEnumerable<NamedTensor> parameters, float learningRate = 1e-3f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0)
        : base(learningRate)
    {
        (_beta1, _beta2, _epsilon) = (beta1, beta2, epsilon);
        Add(parameters, weightDecay);
    }

    private protected virtual bool IsDecoupled => false;

    private protected override string[] StateNames { get; } = ["mean", "square"];

    private protected override void Update(Slot slot, Tensor gradient, long start, int count)
    {
        var step = new AdamStep(LearningRate * slot.RateScale, _beta1, _beta2, _epsilon, slot.WeightDecay, IsDecoupled,
            (float)(1 - Math.Pow(_beta1, Steps)), (float)(1 - Math.Pow(_beta2, Steps)));
        gradient.Backend.Update(step, slot.Parameter.Floats + start, gradient.Floats + start, slot.State[0].Floats + start, slot.State[1].Floats + start, count);
    }
}

/// <summary>Adam with the weight decay taken from the weights instead of added to their gradients (Loshchilov and Hutter 2019).</summary>
/// <inheritdoc cref="Adam(IEnumerable{NamedTensor}, float, float, float, float, float)"/>
public sealed class AdamW(IEnumerable<NamedTensor> parameters, float learningRate = 1e-3f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0.01f)
    : Adam(parameters, learningRate, beta1, beta2, epsilon, weightDecay)
{
    private protected override bool IsDecoupled => true;
}
