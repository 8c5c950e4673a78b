using MLPipelines.Tensors.Autograd;
using MLPipelines.Tensors.Memory;

namespace MLPipelines.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <summary>Whether <see cref="Backward()"/> computes derivatives by this tensor, or by one that it was computed from.</summary>
    public bool RequiresGradient => Cell.RequiresGradient;

    /// <summary>What <see cref="Backward()"/> has added up since <see cref="ClearGradient"/>, for tensors that asked for it; otherwise <see cref="None"/>.</summary>
    public Tensor Gradient => Cell.Gradient;

    /// <summary>Asks for derivatives by this tensor, which was not computed from others that require them.</summary>
    public Tensor WithGradient(bool isWanted = true)
    {
        Expect(ElementType.Float32);
        if (Cell.Node is not null) throw new InvalidOperationException("This tensor was computed from one that requires gradients; Detach() gives one that was not.");
        Cell.RequiresGradient = isWanted;
        return this;
    }

    /// <summary>Adds the derivatives of this number to <see cref="Gradient"/> of every tensor that it was computed from and that asked for them.</summary>
    /// <exception cref="InvalidOperationException">This is not a single number, or was not computed from a tensor that requires gradients.</exception>
    public void Backward()
    {
        if (Count != 1) throw new InvalidOperationException($"Derivatives are of a single number, not of a tensor {Shape}. Take its Mean() or Sum(), or give the derivatives by it.");
        using var step = new Step();
        Backward(Full(Shape, 1, Device));
    }

    /// <summary>The same, for a tensor by which the derivatives of what follows are known.</summary>
    /// <param name="gradient">Of the shape of this tensor.</param>
    public void Backward(Tensor gradient)
    {
        if (gradient.Shape != Shape) throw new ArgumentException($"The derivatives have the shape {gradient.Shape}, expected {Shape}.", nameof(gradient));
        Tape.Backward(this, gradient);
    }

    /// <summary>Forgets <see cref="Gradient"/>; its memory is used again.</summary>
    public void ClearGradient()
    {
        TensorCell cell = Cell;
        if (cell.Gradient.IsNone) return;
        if (cell.GradientRows is { IsAll: false } rows)
        {
            foreach (int row in rows.Rows) cell.Gradient.Backend.Fill(cell.Gradient.Floats + (long)row * Shape[1], Shape[1], 0);
            rows.Clear();
            return;
        }
        cell.Gradient.Release();
        cell.Gradient = None;
        cell.GradientRows = null;
    }

    /// <summary>Adds the derivatives by the rows that indices took to the gradient of a table, which stays 0 elsewhere and is known to.</summary>
    internal void GiveRows(Tensor indices, Tensor gradient)
    {
        TensorCell cell = Cell;
        if (cell.Gradient.IsNone)
        {
            cell.Gradient = Zeros(Shape, Device).Keep();
            cell.Gradient.Cell.GradientUses = 1;
            cell.GradientRows = new RowSet(Shape[0]);
        }
        Tensor at = indices.Dense(), x = gradient.Dense();
        Backend.AddLines(new Lines(1, Shape[0], Shape[1], at.Count), x.Floats, at.Integers, cell.Gradient.Floats);
        cell.GradientRows?.Add(new ReadOnlySpan<long>(at.Integers, at.Count));
    }

    /// <summary>The same elements, not followed by derivatives.</summary>
    public Tensor Detach() => View(Shape, Cell.Strides, 0);
}
