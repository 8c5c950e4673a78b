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
        x = x.Transpose(0, 1);
        for (int layer = 0; layer < _layers; layer++)
        {
            if (layer > 0 && IsTraining && _dropout > 0) x = x.Dropout(_dropout, _random);
            x = _isBidirectional
                ? Tensor.Concat(-1, Run(_directions[2 * layer], x, isReversed: false), Run(_directions[2 * layer + 1], x, isReversed: true))
                : Run(_directions[layer], x, isReversed: false);
        }
        return x.Transpose(0, 1);
    }

    /// <summary>The states (T, N, hidden) from the input's part of the gates (T, N, gates hidden).</summary>
    private protected abstract Tensor States(Tensor gates, Tensor weight, Tensor bias, bool isReversed);

    private Tensor Run(Direction direction, Tensor x, bool isReversed) =>
        States(x.Linear(direction.InputWeight, direction.InputBias), direction.StateWeight, direction.StateBias, isReversed);

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
    private protected override Tensor States(Tensor gates, Tensor weight, Tensor bias, bool isReversed) => gates.Lstm(weight, bias, isReversed);
}

/// <summary>Gated recurrent units (Cho and others 2014; gates r, z, n): n = tanh(nₓ + σ(r) nₕ), h = (1 - σ(z)) n + σ(z) h.</summary>
/// <inheritdoc cref="Lstm"/>
public sealed class Gru(int inputs, int hidden, RandomSource random, int layers = 1, bool isBidirectional = false, float dropout = 0)
    : Recurrent(3, inputs, hidden, random, layers, isBidirectional, dropout)
{
    private protected override Tensor States(Tensor gates, Tensor weight, Tensor bias, bool isReversed) => gates.Gru(weight, bias, isReversed);
}
