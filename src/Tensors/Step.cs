using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors;

/// <summary>
/// The life of the tensors that are made while it is open: <c>using var step = new Step();</c> around one training step or one prediction.
/// When it ends, their memory is used again by the next, so that steps that repeat allocate nothing. Outside of steps a tensor lives as long as
/// it is referred to. Steps nest, and belong to one thread.
/// </summary>
public readonly ref struct Step : IDisposable
{
    private readonly StepStack _stack;
    private readonly int _start, _depth;

    public Step()
    {
        _stack = StepStack.Current;
        _start = _stack.Open();
        _depth = _stack.Depth;
    }

    /// <summary>Lets a tensor live on in the surrounding step, or outside of steps when there is none.</summary>
    public Tensor Return(Tensor tensor)
    {
        if (Owns(tensor)) tensor.Cell.Returns = true;
        return tensor;
    }

    /// <summary>Whether a tensor was made in this step, or in one within it.</summary>
    internal bool Owns(Tensor tensor) => tensor.Cell.StepIndex >= _start;

    /// <summary>Ends the step: the handles of its tensors are not valid any more.</summary>
    public void Dispose() => _stack.Close(_depth, _start);
}
