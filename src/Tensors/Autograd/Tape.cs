using System.Runtime.CompilerServices;
using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors.Autograd;

/// <summary>Notes what is done to tensors that want derivatives, and goes back over it from the loss to them (Wengert 1964).</summary>
internal static class Tape
{
    [ThreadStatic]
    private static long order;

    [ThreadStatic]
    private static List<TapeNode>? path;

    /// <summary>Every operation ends here, when its output has been computed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Tensor Record(Operation operation, Tensor output, ReadOnlySpan<Tensor> inputs, in Attributes with = default)
    {
        if (operation != Derivatives.Constant && Wants(inputs))
        {
            TensorCell cell = output.Cell;
            cell.RequiresGradient = true;
            cell.OwnNode().Set(operation, ++order, output, inputs, with);
        }
        StepStack.Current.EndOperation();
        return output;
    }

    /// <summary>Whether derivatives by one of the inputs are wanted.</summary>
    internal static bool Wants(ReadOnlySpan<Tensor> inputs)
    {
        if (NoGradient.IsOpen) return false;
        foreach (Tensor input in inputs)
            if (!input.IsNone && input.Cell.RequiresGradient) return true;
        return false;
    }

    /// <summary>Adds the derivatives of a loss to the gradients of all tensors that it was computed from and that want them.</summary>
    internal static void Backward(Tensor loss, Tensor seed)
    {
        if (loss.Cell.Node is not { } last)
            throw new InvalidOperationException("There is nothing to differentiate: the tensor was not computed from one that requires gradients, or NoGradient is open.");
        using var step = new Step();
        using var quiet = new NoGradient();
        Give(loss.Cell, seed.Detach());
        List<TapeNode> nodes = PathTo(last);
        foreach (TapeNode node in nodes)
        {
            TensorCell output = node.Output.Cell;
            if (output.Gradient.IsNone) continue;
            Tensor gradient = output.Gradient;
            using (new Step()) node.Operation.Differentiate(node, gradient);
            output.Gradient = default;
            if (--gradient.Cell.GradientUses == 0) gradient.Release();
        }
        nodes.Clear();
    }

    /// <summary>The operations that lead to one, each before those that it was computed from.</summary>
    private static List<TapeNode> PathTo(TapeNode last)
    {
        List<TapeNode> nodes = path ??= [];
        nodes.Clear();
        long pass = ++order;
        last.Pass = pass;
        nodes.Add(last);
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (Tensor input in nodes[i].Inputs)
            {
                if (input.IsNone || input.Cell.Node is not { } before || before.Pass == pass) continue;
                before.Pass = pass;
                nodes.Add(before);
            }
        }
        nodes.Sort(static (a, b) => b.Order.CompareTo(a.Order));
        return nodes;
    }

    /// <summary>
    /// Adds a derivative to what a tensor has. One that nobody else holds is taken as it is or added to in place; gradients of leaves, which
    /// outlive the step, are always of their own.
    /// </summary>
    internal static void Give(TensorCell target, Tensor gradient)
    {
        gradient = gradient.SumTo(target.Shape);
        bool isLeaf = target.Node is null;
        target.GradientRows?.MarkAll();
        if (!target.Gradient.IsNone)
        {
            if (IsOwn(target))
            {
                target.Gradient.AddInPlace(gradient);
                return;
            }
            gradient += target.Gradient;
            target.Gradient.Cell.GradientUses--;
        }
        if (isLeaf && !(gradient.Cell.GradientUses == 0 && gradient.Cell.Storage.Uses == 1 && gradient.IsContiguous)) gradient = gradient.Clone();
        gradient.Cell.GradientUses++;
        target.Gradient = gradient;
        if (isLeaf) gradient.Keep();
        else gradient.Cell.Returns = true;
    }

    /// <summary>Whether nobody else holds a tensor's gradient, so that it can be added to in place.</summary>
    internal static bool IsOwn(TensorCell target) =>
        target.Node is null || target.Gradient.Cell.GradientUses == 1 && target.Gradient.Cell.Storage.Uses == 1 && target.Gradient.IsContiguous;
}
