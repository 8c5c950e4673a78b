namespace MLPipelines.Trainers.FastTree;

/// <summary>Finds after how many trees the validation loss was best: its own, or the mean of the last few, which ends once it has become worse.</summary>
internal sealed class PruningWindow(BoostedTreeOptions options)
{
    private readonly Queue<double> _window = new();
    private double _bestLoss = double.PositiveInfinity;
    private int _count;
    private bool _ended;

    /// <summary>The number of trees to keep.</summary>
    internal int Best { get; private set; }

    internal void Add(double loss)
    {
        _count++;
        if (_ended) return;
        if (options.UseTolerantPruning)
        {
            _window.Enqueue(loss);
            if (_window.Count > options.PruningWindowSize) _window.Dequeue();
            loss = _window.Average();
            _ended = loss > _bestLoss * (1 + options.PruningThreshold);
        }
        if (loss < _bestLoss) (_bestLoss, Best) = (loss, _count);
    }
}
