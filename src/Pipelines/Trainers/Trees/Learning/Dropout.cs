using MLPipelines.Data;

namespace MLPipelines.Trainers.Trees;

/// <summary>Leaves some rounds out while the next one is learned, and weighs them and it so that their sum stays about as it was. See <see cref="DartOptions"/>.</summary>
internal sealed class Dropout(BoostingOptions options)
{
    private readonly DartOptions _dart = options.Dart!;
    private readonly List<double> _weights = [];
    private readonly List<int> _dropped = [];

    /// <summary>The weight of each round.</summary>
    internal IReadOnlyList<double> Weights => _weights;

    /// <summary>Chooses rounds and takes them out of the scores.</summary>
    internal void Drop(int round, Action<int, double> add)
    {
        _dropped.Clear();
        var random = new SplitMixRandom(options.Seed, round, -3);
        if (round == 0 || random.NextSingle() < _dart.SkipRate) return;
        double mean = _weights.Average();
        for (int i = 0; i < _weights.Count; i++)
        {
            if (_dart.MaximumDropped > 0 && _dropped.Count >= _dart.MaximumDropped) break;
            if (random.NextSingle() < _dart.DropRate * (_dart.Uniform ? 1 : _weights[i] / mean)) _dropped.Add(i);
        }
        foreach (int i in _dropped) add(i, -_weights[i]);
    }

    /// <summary>The weight of the round that was learned without those.</summary>
    internal double NewWeight()
    {
        double rate = _dart.XgboostWeights ? options.LearningRate : 1;
        _weights.Add(_dropped.Count == 0 ? 1 : 1 / (_dropped.Count + rate));
        return _weights[^1];
    }

    /// <summary>Puts the rounds back, with less weight.</summary>
    internal void Restore(Action<int, double> add)
    {
        double rate = _dart.XgboostWeights ? options.LearningRate : 1;
        foreach (int i in _dropped)
        {
            _weights[i] *= _dropped.Count / (_dropped.Count + rate);
            add(i, _weights[i]);
        }
    }
}
