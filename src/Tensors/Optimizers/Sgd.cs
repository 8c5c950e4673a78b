using MLPipelines.Tensors.Optimizers;

namespace MLPipelines.Tensors;

/// <summary>
/// Stochastic gradient descent: v = momentum v + g + decay w, w -= rate v; with Nesterov's momentum w -= rate (g + decay w + momentum v)
/// (Sutskever and others 2013).
/// </summary>
public sealed unsafe class Sgd : Optimizer
{
    private readonly float _momentum;
    private readonly bool _isNesterov;

    /// <param name="parameters">What is learned.</param>
    /// <param name="learningRate">How far a step goes.</param>
    /// <param name="momentum">How much of the last direction is kept, from 0 to before 1.</param>
    /// <param name="isNesterov">Whether a step looks ahead along the direction.</param>
    /// <param name="weightDecay">How much of the weights themselves is added to their gradients.</param>
    public Sgd(IEnumerable<NamedTensor> parameters, float learningRate, float momentum = 0, bool isNesterov = false, float weightDecay = 0) : base(learningRate)
    {
        (_momentum, _isNesterov) = (momentum, isNesterov);
        StateNames = momentum == 0 ? [] : ["momentum"];
        Add(parameters, weightDecay);
    }

    private protected override string[] StateNames { get; }

    private protected override void Update(Slot slot, Tensor gradient, long start, int count)
    {
        var step = new SgdStep(LearningRate * slot.RateScale, _momentum, slot.WeightDecay, _isNesterov);
        gradient.Backend.Update(step, slot.Parameter.Floats + start, gradient.Floats + start, _momentum == 0 ? null : slot.State[0].Floats + start, count);
    }
}
