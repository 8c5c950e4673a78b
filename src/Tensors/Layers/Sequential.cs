using System.Collections;
using System.Globalization;

namespace MLPipelines.Tensors.Layers;

/// <summary>
/// Layers one after the other, named by their numbers: <c>[new Linear(…), new Dropout(…), new Linear(…)]</c>. Where no derivatives are wanted, what a
/// layer made is given back as soon as the next has taken it.
/// </summary>
public sealed class Sequential : Layer, IEnumerable<Layer>
{
    private readonly List<Layer> _layers = [];

    /// <summary>Adds a layer at the end.</summary>
    public void Add(Layer layer)
    {
        Add(_layers.Count.ToString(CultureInfo.InvariantCulture), layer);
        _layers.Add(layer);
    }

    public override Tensor Forward(Tensor x)
    {
        if (NoGradient.IsOpen) return Predict(x);
        foreach (Layer layer in _layers) x = layer.Forward(x);
        return x;
    }

    public IEnumerator<Layer> GetEnumerator() => _layers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Tensor Predict(Tensor x)
    {
        using var all = new Step();
        foreach (Layer layer in _layers)
        {
            Tensor next = Alone(layer, x);
            if (next != x && all.Owns(x)) x.Release();
            x = next;
        }
        return all.Return(x);
    }

    private static Tensor Alone(Layer layer, Tensor x)
    {
        using var step = new Step();
        return step.Return(layer.Forward(x));
    }
}
