using MLPipelines.Tensors.Autograd;

namespace MLPipelines.Tensors.Memory;

/// <summary>
/// What a <see cref="Tensor"/> refers to: a view of a storage, and its place on the tape. Cells are used again; each use has a generation of
/// its own, by which a handle of an earlier use is known.
/// </summary>
internal sealed class TensorCell
{
    internal int Generation;
    internal Storage Storage = null!;
    internal int Offset;
    internal Shape Shape;
    internal Shape Strides;
    internal ElementType Type;
    internal Device Device = null!;
    internal bool RequiresGradient;

    /// <summary>The operation that made it, when derivatives are wanted.</summary>
    internal TapeNode? Node;

    /// <summary>The derivative of the loss by it, once that has been computed.</summary>
    internal Tensor Gradient;

    /// <summary>The rows of the gradient that may differ from 0, when only tables of embeddings gave to it.</summary>
    internal RowSet? GradientRows;

    /// <summary>Of how many tensors this one is the gradient.</summary>
    internal int GradientUses;

    /// <summary>Where it stands in the list of its thread's steps; -1 outside of steps.</summary>
    internal int StepIndex = -1;

    /// <summary>Whether it lives on in the surrounding step when its own ends.</summary>
    internal bool Returns;

    private TapeNode? _spareNode;

    internal TapeNode OwnNode() => Node = _spareNode ??= new TapeNode();

    internal void Clear()
    {
        Generation++;
        Storage.GiveBack();
        Storage = null!;
        Node?.Clear();
        Node = null;
        Gradient = default;
        GradientRows = null;
        GradientUses = 0;
        RequiresGradient = false;
        StepIndex = -1;
        Returns = false;
    }
}
