using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>
/// The search among the options of one learner: direct search, whose steps a random forest over the results judges once there
/// are some. And what the search has cost: from that follows what the next improvement is expected to cost (ECI: Wang, Wu, Weimer, Zhu 2021, "FLAML: A Fast and Lightweight AutoML Library").
/// </summary>
internal sealed class Learner
{
    private const int Attempts = 20;
    private const int ResultsToJudge = 6;
    private const int MostFailures = 15;
    private static readonly SmacOptions s_forest = new();

    private readonly SearchSpace.SearchSpace _space;
    private readonly Func<Parameter, double> _cost;
    private readonly DirectSearch _search;
    private readonly Dictionary<Parameter, Move> _pending = [];
    private readonly HashSet<Parameter> _tried = [];
    private readonly List<(double[] Point, double Loss)> _history = [];
    private readonly double _firstCost;
    private double _spent, _spentAtBest, _spentBefore;
    private int _results;
    private double _before = double.PositiveInfinity;

    /// <param name="space">The learner's options.</param>
    /// <param name="starts">Points to try first; the cheap one leads.</param>
    /// <param name="cost">What a trial costs, in any unit that all learners share.</param>
    public Learner(SearchSpace.SearchSpace space, IReadOnlyList<double[]> starts, Func<Parameter, double> cost)
    {
        (_space, _cost) = (space, cost);
        _search = new DirectSearch(space.Step, starts);
        _firstCost = cost(space.SampleFromFeatureSpace(starts[0]));
    }

    public double BestLoss { get; private set; } = double.PositiveInfinity;

    public Parameter Propose(Random random)
    {
        ExpectedImprovement? expected = _search.NextStart is null && _history.Count >= ResultsToJudge ? new(_history, [.. _pending.Values.Select(move => move.Point)], s_forest, random) : null;
        for (int attempt = 1; ; attempt++)
        {
            // Of two steps that promise the same, the cheap one.
            Move move = _search.Propose(random, expected is null ? null : point => expected.At(point) / Math.Sqrt(_cost(_space.SampleFromFeatureSpace(point)) + 1));
            Parameter parameter = _space.SampleFromFeatureSpace(move.Point);
            // Steps that are too short to change a whole number lead nowhere new.
            if (attempt == Attempts) parameter = _space.SampleFromFeatureSpace(RandomSearchTuner.UniformPoint(_space.FeatureSpaceDim, random));
            if (attempt < Attempts && _tried.Contains(parameter)) continue;
            _tried.Add(parameter);
            _pending[parameter] = move;
            return parameter;
        }
    }

    public void Update(Parameter parameter, double loss)
    {
        _pending.Remove(parameter, out Move? move);
        _tried.Add(parameter);
        _spent += _cost(parameter);
        _results++;
        if (loss < BestLoss)
        {
            (_before, BestLoss) = (BestLoss, loss);
            (_spentBefore, _spentAtBest) = (_spentAtBest, _spent);
        }
        double[] point = _space.MappingToFeatureSpace(parameter);
        if (double.IsFinite(loss)) _history.Add((point, loss));
        _search.Update(point, move, loss);
    }

    /// <summary>
    /// What it is expected to cost until this learner improves on the best of all: as long as it took or takes to improve on
    /// itself, at least what it tries next; and where it lies behind, twice the time that it needs for the gap at its speed.
    /// </summary>
    public double CostOfImprovement(double bestOfAll)
    {
        double pending = _pending.Keys.Sum(_cost);
        // Without any success so far, each failure makes one look four times as far away.
        if (!double.IsFinite(BestLoss)) return _firstCost * Math.Pow(4, Math.Min(_results, MostFailures)) + 2 * _spent + pending;
        double next = _search.NextStart is { } start ? _cost(_space.SampleFromFeatureSpace(start)) : 0;
        double wait = Math.Max(Math.Max(_spent + pending - _spentAtBest, _spentAtBest - _spentBefore), next);
        double gap = BestLoss - bestOfAll;
        if (gap <= 0) return wait;
        bool once = !double.IsFinite(_before);
        double speed = (once ? Math.Abs(BestLoss) : _before - BestLoss) / Math.Max(once ? _spent : _spent - _spentBefore, 1e-12);
        return speed > 0 ? Math.Max(wait, 2 * gap / speed) : wait;
    }
}
