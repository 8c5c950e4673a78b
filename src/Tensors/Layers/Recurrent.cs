using System.Globalization;

namespace MLPipelines.Tensors.Layers;

/// <summary>
/// What LSTM and GRU have in common: layers one over the other, each in one direction or in both, over sequences (N, T, inputs) to (N, T, hidden), or
/// (N, T, 2 hidden) in both directions. Parameters have PyTorch's names: <c>weight_ih_l0</c>, <c>weight_hh_l0</c>, <c>bias_ih_l0</c>, <c>bias_hh_l0</c>, with
/// <c>_reverse</c> for the way back.
/// </summary>
public abstract class Recurrent : Layer
{
    private readonly List<Direction> _directions = [];
    private readonly int _layers;
    private readonly bool _isBidirectional;
    private readonly float _dropout;
    private readonly RandomSource _random;

    private protected Recurrent(int gates, int inputs, int hidden, RandomSource random, int layers, bool isBidirectional, float dropout)
    {
        ArgumentNullException.ThrowIfNull(random);
        (Hidden, _layers, _isBidirectional, _dropout, _random) = (hidden, layers, isBidirectional, dropout, random);
        for (int layer = 0; layer < layers; layer++)
        {
            for (int way = 0; way < (isBidirectional ? 2 : 1); way++)
            {
                string suffix = $"_l{layer.ToString(CultureInfo.InvariantCulture)}{(way == 1 ? "_reverse" : "")}";
                int from = layer == 0 ? inputs : isBidirectional ? 2 * hidden : hidden;
                _directions.Add(new Direction(
                    AddParameter("weight_ih" + suffix, Initial.Uniform([gates * hidden, from], hidden, random)),
                    AddParameter("weight_hh" + suffix, Initial.Uniform([gates * hidden, hidden], hidden, random)),
                    AddParameter("bias_ih" + suffix, Initial.Uniform([gates * hidden], hidden, random)),
                    AddParameter("bias_hh" + suffix, Initial.Uniform([gates * hidden], hidden, random))));
            }
        }
    }

    /// <summary>The size of the state.</summary>
    public int Hidden { get; }

    public override Tensor Forward(Tensor x)
    {
        if (x.Rank != 3) throw new ArgumentException($"Sequences are (N, T, inputs), not {x.Shape}.", nameof(x));
        for (int layer = 0; layer < _layers; layer++)
        {
            if (layer > 0 && IsTraining && _dropout > 0) x = x.Dropout(_dropout, _random);
            x = _isBidirectional
                ? Tensor.Concat(-1, Run(_directions[2 * layer], x, isReversed: false), Run(_directions[2 * layer + 1], x, isReversed: true))
                : Run(_directions[layer], x, isReversed: false);
        }
        return x;
    }

    /// <summary>One layer in one direction, from a state of 0.</summary>
    /// <returns>The states (N, T, hidden), where step t has the state after it.</returns>
    private Tensor Run(Direction direction, Tensor x, bool isReversed)
    {
        int steps = x.Shape[1];
        Tensor[] states = new Tensor[steps];
        Tensor inputs = x.Linear(direction.InputWeight, direction.InputBias), hidden = Tensor.Zeros([x.Shape[0], Hidden], x.Device), cell = hidden;
        for (int i = 0; i < steps; i++)
        {
            int at = isReversed ? steps - 1 - i : i;
            (hidden, cell) = Next(inputs.Select(1, at), hidden.Linear(direction.StateWeight, direction.StateBias), hidden, cell);
            states[at] = hidden;
        }
        return Tensor.Stack(1, states);
    }

    /// <summary>One step.</summary>
    /// <param name="input">The input's part of the gates (N, gates hidden).</param>
    /// <param name="state">The state's part of the gates (N, gates hidden).</param>
    /// <param name="hidden">The state (N, hidden).</param>
    /// <param name="cell">The memory (N, hidden), where there is one.</param>
    private protected abstract (Tensor Hidden, Tensor Cell) Next(Tensor input, Tensor state, Tensor hidden, Tensor cell);

    private protected Tensor Gate(Tensor gates, int number) => gates.Slice(-1, number * Hidden, Hidden);

    private sealed record Direction(Tensor InputWeight, Tensor StateWeight, Tensor InputBias, Tensor StateBias);
}

/// <summary>Long short-term memory (Hochreiter and Schmidhuber 1997; gates i, f, g, o): c = σ(f) c + σ(i) tanh(g), h = σ(o) tanh(c).</summary>
/// <param name="inputs">The last size of the sequences.</param>
/// <param name="hidden">The size of the state.</param>
/// <param name="random">Draws the first weights, and what dropout leaves out.</param>
/// <param name="layers">How many layers there are.</param>
/// <param name="isBidirectional">Whether each layer also goes back from the end.</param>
/// <param name="dropout">The rate of dropout between layers while training.</param>
public sealed class Lstm(int inputs, int hidden, RandomSource random, int layers = 1, bool isBidirectional = false, float dropout = 0)
    : Recurrent(4, inputs, hidden, random, layers, isBidirectional, dropout)
{
    private protected override (Tensor Hidden, Tensor Cell) Next(Tensor input, Tensor state, Tensor hidden, Tensor cell)
    {
        Tensor gates = input + state;
        cell = Gate(gates, 1).Sigmoid() * cell + Gate(gates, 0).Sigmoid() * Gate(gates, 2).Tanh();
        return (Gate(gates, 3).Sigmoid() * cell.Tanh(), cell);
    }
}

/// <summary>Gated recurrent units (Cho and others 2014; gates r, z, n): n = tanh(nₓ + σ(r) nₕ), h = (1 - σ(z)) n + σ(z) h.</summary>
/// <inheritdoc cref="Lstm"/>
public sealed class Gru(int inputs, int hidden, RandomSource random, int layers = 1, bool isBidirectional = false, float dropout = 0)
    : Recurrent(3, inputs, hidden, random, layers, isBidirectional, dropout)
{
    private protected override (Tensor Hidden, Tensor Cell) Next(Tensor input, Tensor state, Tensor hidden, Tensor cell)
    {
        Tensor reset = (Gate(input, 0) + Gate(state, 0)).Sigmoid(), update = (Gate(input, 1) + Gate(state, 1)).Sigmoid();
        Tensor next = (Gate(input, 2) + reset * Gate(state, 2)).Tanh();
        return (next + update * (hidden - next), cell);
    }
}
