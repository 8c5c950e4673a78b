using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors.Autograd;

/// <summary>One operation that was done: what it was, from what, with which numbers, and in which order.</summary>
internal sealed class TapeNode
{
    private Tensor[] _inputs = new Tensor[4];
    private int _inputCount;

    internal Operation Operation { get; private set; } = null!;
    internal long Order { get; private set; }
    internal Tensor Output { get; private set; }
    internal Attributes With { get; private set; }

    /// <summary>The pass that has this node on its list.</summary>
    internal long Pass { get; set; }

    internal ReadOnlySpan<Tensor> Inputs => _inputs.AsSpan(0, _inputCount);

    internal Tensor A => _inputs[0];
    internal Tensor B => _inputs[1];
    internal Tensor C => _inputs[2];
    internal Tensor D => _inputs[3];

    /// <summary>Whether the derivative by an input is wanted.</summary>
    internal bool Wants(int input) => input < _inputCount && !_inputs[input].IsNone && _inputs[input].RequiresGradient;

    /// <summary>Adds a derivative to the gradient of an input.</summary>
    internal void Give(int input, Tensor gradient)
    {
        if (!gradient.IsNone && Wants(input)) Tape.Give(_inputs[input].Cell, gradient);
    }

    /// <summary>Adds a derivative to a part of the gradient of an input, which is 0 elsewhere: many parts cost what one whole costs.</summary>
    internal void GivePart(int input, Tensor gradient, int axis, int start)
    {
        if (!Wants(input)) return;
        TensorCell target = _inputs[input].Cell;
        if (target.Gradient.IsNone || !Tape.IsOwn(target)) Tape.Give(target, gradient.PutIntoZeros(axis, start, target.Shape[axis]));
        else
        {
            target.GradientRows?.MarkAll();
            target.Gradient.Put(target.Gradient.Slice(axis, start, gradient.Shape[axis]) + gradient, axis, start);
        }
    }

    internal void Set(Operation operation, long order, Tensor output, ReadOnlySpan<Tensor> inputs, in Attributes with)
    {
        (Operation, Order, Output, With, Pass) = (operation, order, output, with, 0);
        if (_inputs.Length < inputs.Length) _inputs = new Tensor[inputs.Length * 2];
        inputs.CopyTo(_inputs);
        _inputCount = inputs.Length;
    }

    internal void Clear()
    {
        _inputs.AsSpan(0, _inputCount).Clear();
        Output = default;
        With = default;
    }
}
