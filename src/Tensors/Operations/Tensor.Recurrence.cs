using MLPipelines.Tensors.Autograd;

namespace MLPipelines.Tensors;

/// <summary>
/// LSTM and GRU over whole sequences (T, N, …), from a state of 0. States have a row more than there are steps, for that 0: a step finds what was before it in row
/// t and leaves its own in row t + 1, or the other way round when it goes from the last step to the first.
/// </summary>
public readonly unsafe partial struct Tensor
{
    /// <summary>The states (T, N, size) of an LSTM, from the input's part of its gates (T, N, 4 size).</summary>
    /// <param name="weight">The state's (4 size, size).</param>
    /// <param name="bias">(4 size).</param>
    /// <param name="isReversed">Whether it goes from the last step to the first.</param>
    internal Tensor Lstm(Tensor weight, Tensor bias, bool isReversed)
    {
        (int steps, int batch, int size) = (Shape[0], Shape[1], weight.Shape[1]);
        Tensor gates = Detach().Clone(), w = weight.Dense(), b = bias.Dense(), states = RowsFrom0(steps, batch, size, isReversed), cells = RowsFrom0(steps, batch, size, isReversed);
        for (int i = 0; i < steps; i++)
        {
            int t = isReversed ? steps - 1 - i : i, before = isReversed ? t + 1 : t, after = isReversed ? t : t + 1;
            Backend.Multiply(ByState(batch, size, 4) with { Adds = true }, states.RowAt(before), w.Floats, b.Floats, gates.RowAt(t));
            Backend.LstmStep(batch, size, gates.RowAt(t), cells.RowAt(before), cells.RowAt(after), states.RowAt(after));
        }
        return Tape.Record(Derivatives.Lstm, states.WithoutRow0(isReversed), [this, weight, bias], new Attributes { Saved = gates, Saved2 = states, Saved3 = cells, Flag = isReversed });
    }

    /// <summary>The states (T, N, size) of a GRU, from the input's part of its gates (T, N, 3 size).</summary>
    /// <param name="weight">The state's (3 size, size).</param>
    /// <param name="bias">(3 size).</param>
    /// <param name="isReversed">Whether it goes from the last step to the first.</param>
    internal Tensor Gru(Tensor weight, Tensor bias, bool isReversed)
    {
        (int steps, int batch, int size) = (Shape[0], Shape[1], weight.Shape[1]);
        Tensor x = Dense(), w = weight.Dense(), b = bias.Dense(), gates = NewLike(Shape), fromState = NewLike(Shape), states = RowsFrom0(steps, batch, size, isReversed);
        for (int i = 0; i < steps; i++)
        {
            int t = isReversed ? steps - 1 - i : i, before = isReversed ? t + 1 : t, after = isReversed ? t : t + 1;
            Backend.Multiply(ByState(batch, size, 3), states.RowAt(before), w.Floats, b.Floats, fromState.RowAt(t));
            Backend.GruStep(batch, size, x.RowAt(t), fromState.RowAt(t), states.RowAt(before), gates.RowAt(t), states.RowAt(after));
        }
        return Tape.Record(Derivatives.Gru, states.WithoutRow0(isReversed), [this, weight, bias], new Attributes { Saved = gates, Saved2 = states, Saved3 = fromState, Flag = isReversed });
    }

    internal static void LstmGradients(TapeNode node, Tensor gradient)
    {
        (Tensor gates, Tensor states, Tensor cells, bool isReversed) = (node.With.Saved, node.With.Saved2, node.With.Saved3, node.With.Flag);
        (int steps, int batch, int size) = (gates.Shape[0], gates.Shape[1], states.Shape[2]);
        Tensor w = node.B.Dense(), dStates = gradient.Clone(), dGates = gates.NewLike(gates.Shape), dCell = gates.NewLike([batch, size]);
        for (int i = steps - 1; i >= 0; i--)
        {
            int t = isReversed ? steps - 1 - i : i, before = isReversed ? t + 1 : t, after = isReversed ? t : t + 1;
            gates.Backend.LstmStepGradient(batch, size, gates.RowAt(t), cells.RowAt(before), cells.RowAt(after), dStates.RowAt(t), i == steps - 1 ? null : dCell.Floats, dGates.RowAt(t), dCell.Floats);
            if (i > 0) gates.Backend.Multiply(ToState(batch, size, 4), dGates.RowAt(t), w.Floats, null, dStates.RowAt(isReversed ? t + 1 : t - 1));
        }
        node.Give(0, dGates);
        GiveRecurrent(node, dGates);
    }

    internal static void GruGradients(TapeNode node, Tensor gradient)
    {
        (Tensor gates, Tensor states, Tensor fromState, bool isReversed) = (node.With.Saved, node.With.Saved2, node.With.Saved3, node.With.Flag);
        (int steps, int batch, int size) = (gates.Shape[0], gates.Shape[1], states.Shape[2]);
        Tensor w = node.B.Dense(), dStates = gradient.Clone(), dFromInput = gates.NewLike(gates.Shape), dFromState = gates.NewLike(gates.Shape), dBefore = gates.NewLike([batch, size]);
        for (int i = steps - 1; i >= 0; i--)
        {
            int t = isReversed ? steps - 1 - i : i, before = isReversed ? t + 1 : t;
            gates.Backend.GruStepGradient(batch, size, gates.RowAt(t), fromState.RowAt(t), states.RowAt(before), dStates.RowAt(t), dFromInput.RowAt(t), dFromState.RowAt(t), dBefore.Floats);
            if (i == 0) continue;
            int next = isReversed ? t + 1 : t - 1;
            gates.Backend.Multiply(ToState(batch, size, 3), dFromState.RowAt(t), w.Floats, null, dStates.RowAt(next));
            dStates.Select(0, next).AddInPlace(dBefore);
        }
        node.Give(0, dFromInput);
        GiveRecurrent(node, dFromState);
    }

    /// <summary>The derivatives by the state's weights and bias, from those by its part of the gates.</summary>
    private static void GiveRecurrent(TapeNode node, Tensor gradient)
    {
        Tensor before = node.With.Saved2.Slice(0, node.With.Flag ? 1 : 0, gradient.Shape[0]);
        if (node.Wants(1)) node.Give(1, gradient.AsRows().Transpose().MatMul(before.AsRows()));
        node.Give(2, gradient);
    }

    private Tensor RowsFrom0(int steps, int batch, int size, bool isReversed)
    {
        Tensor rows = NewLike([steps + 1, batch, size]);
        Backend.Fill(rows.RowAt(isReversed ? steps : 0), batch * size, 0);
        return rows;
    }

    private Tensor WithoutRow0(bool isReversed) => View(Shape.With(0, Shape[0] - 1), Cell.Strides, isReversed ? 0 : Cell.Strides[0]);

    private float* RowAt(int step) => Floats + (long)step * Shape[1] * Shape[2];

    private static ProductSize ByState(int batch, int size, int gates) => new()
    {
        Batch = 1,
        Rows = batch,
        Inner = size,
        Columns = gates * size,
        RowStrideA = size,
        ColumnStrideA = 1,
        RowStrideB = 1,
        ColumnStrideB = size,
    };

    private static ProductSize ToState(int batch, int size, int gates) => new()
    {
        Batch = 1,
        Rows = batch,
        Inner = gates * size,
        Columns = size,
        RowStrideA = gates * size,
        ColumnStrideA = 1,
        RowStrideB = size,
        ColumnStrideB = 1,
        Adds = true,
    };
}
