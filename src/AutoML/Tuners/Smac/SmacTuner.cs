using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

/// <summary>
/// Sequential model-based search: after some random points a random forest learns the loss over the space, and the next point
/// is where the loss is expected to fall most below the best so far, found by stepping from the best points and among random
/// ones (SMAC: Hutter, Hoos, Leyton-Brown 2011). Points on their way count at what the forest expects of them, so that the
/// next goes elsewhere.
/// </summary>
internal sealed class SmacTuner : ITuner
{
    private const double NeighbourDeviation = 0.2;

    private readonly SearchSpace.SearchSpace _space;
    private readonly SmacOptions _options;
    private readonly TrialRandom _random;
    private readonly int?[] _steps;
    private readonly Dictionary<Parameter, double[]> _pending = [];
    private readonly HashSet<Parameter> _tried = [];
    private readonly List<(double[] Point, double Loss)> _history = [];

    public SmacTuner(SearchSpace.SearchSpace searchSpace, SmacOptions? options = null, IEnumerable<TrialResult>? trialResults = null, int? seed = null)
    {
        (_space, _options, _random, _steps) = (searchSpace, options ?? new SmacOptions(), new TrialRandom(seed), searchSpace.Step);
        foreach (TrialResult result in trialResults ?? []) Update(result);
    }

    public Parameter Propose(TrialSettings settings)
    {
        Random random = _random.For(settings);
        Parameter parameter = _space.SampleFromFeatureSpace(
            _tried.Count == 0 ? _space.Default : _history.Count < _options.NumberInitialPopulation ? Uniform(random) : Promising(random));
        for (int i = 0; i < 20 && _tried.Contains(parameter); i++) parameter = _space.SampleFromFeatureSpace(Uniform(random));
        _tried.Add(parameter);
        _pending[parameter] = _space.MappingToFeatureSpace(parameter);
        return parameter;
    }

    public void Update(TrialResult result)
    {
        Parameter parameter = result.TrialSettings.Parameter;
        _pending.Remove(parameter);
        _tried.Add(parameter);
        if (result.IsSucceed) _history.Add((_space.MappingToFeatureSpace(parameter), result.Loss));
    }

    private double[] Uniform(Random random) => RandomSearchTuner.UniformPoint(_steps.Length, random);

    private double[] Promising(Random random)
    {
        var expected = new ExpectedImprovement(_history, _pending.Values, _options, random);
        IEnumerable<double[]> climbed = _history.OrderBy(trial => trial.Loss).Take(_options.LocalSearchParentCount).Select(trial => Climb(trial.Point, expected, random));
        return climbed.Concat(Enumerable.Range(0, _options.NumRandomEISearchConfigurations).Select(_ => Uniform(random))).MaxBy(expected.At)!;
    }

    /// <summary>Steps to the best neighbour while that helps.</summary>
    private double[] Climb(double[] from, ExpectedImprovement expected, Random random)
    {
        double gain = expected.At(from);
        while (true)
        {
            double[] best = Neighbours(from, random).MaxBy(expected.At)!;
            double next = expected.At(best);
            if (next - gain <= _options.Epsilon) return from;
            (from, gain) = (best, next);
        }
    }

    /// <summary>Points that differ in one coordinate: some near by in a range, every other value of a choice.</summary>
    private IEnumerable<double[]> Neighbours(double[] point, Random random)
    {
        for (int i = 0; i < point.Length; i++)
            for (int n = 0; n < (_steps[i] is { } choices ? choices : _options.NumNeighboursForNumericalParams); n++)
            {
                double[] neighbour = [.. point];
                neighbour[i] = _steps[i] is { } count ? (double)n / count
                    : Math.Clamp(point[i] + NeighbourDeviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()), 0, 1);
                yield return neighbour;
            }
    }
}

/// <summary>How <see cref="SmacTuner"/> searches, with ML.NET's names.</summary>
internal sealed record SmacOptions
{
    /// <summary>How many random points come first.</summary>
    public int NumberInitialPopulation { get; init; } = 20;

    public int NumberOfTrees { get; init; } = 10;

    /// <summary>Fewer points are not split.</summary>
    public int NMinForSpit { get; init; } = 2;

    /// <summary>The part of the coordinates that a split looks at.</summary>
    public double SplitRatio { get; init; } = 0.8;

    /// <summary>From how many of the best points to step.</summary>
    public int LocalSearchParentCount { get; init; } = 5;

    public int NumRandomEISearchConfigurations { get; init; } = 5000;

    /// <summary>A step that gains less ends the stepping.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>How many neighbours a number has.</summary>
    public int NumNeighboursForNumericalParams { get; init; } = 4;
}
