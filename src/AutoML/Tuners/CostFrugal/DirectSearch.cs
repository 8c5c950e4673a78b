namespace MLPipelines.AutoML;

/// <summary>
/// Randomized direct search in the unit cube: from the best point so far it tries a step in a random direction and, where
/// that is no better, the step in the opposite one; a step that helped is tried again. Steps grow with success and shrink
/// without, and where they have become small the search starts again somewhere else. Since it starts at a cheap point and
/// moves by steps, it meets expensive points only on the way to better ones (FLOW2: Wu, Wang, Huang 2021, "Frugal
/// Optimization for Cost-related Hyperparameters"). Where there is something to judge points by, the most promising of many
/// random steps is taken instead of any. Any number of steps may be on their way.
/// </summary>
/// <param name="steps">Per coordinate the number of values of a choice, <see langword="null"/> for a range.</param>
/// <param name="starts">The points to try first.</param>
internal sealed class DirectSearch(int?[] steps, IEnumerable<double[]> starts)
{
    private const int LooksPerScale = 20;
    private const double FirstStep = 0.15;
    private const double LargestStep = 0.4;
    private const double SmallestStep = 0.01;

    private readonly Queue<double[]> _starts = new(starts);
    private readonly Queue<(double[] Direction, bool IsSecond)> _next = new();
    private double[]? _best;
    private double _bestLoss = double.PositiveInfinity;
    private double _step = FirstStep;
    private int _failures;
    private int _moves;

    /// <summary>The next of the points to try first; <see langword="null"/> when all have been proposed.</summary>
    public double[]? NextStart => _starts.TryPeek(out double[]? start) ? start : null;

    /// <param name="random">Where draws come from.</param>
    /// <param name="judge">What to expect of a point, the more the better; decides among several random directions.</param>
    public Move Propose(Random random, Func<double[], double>? judge = null)
    {
        if (_starts.TryDequeue(out double[]? start)) return new Move(start, null, IsSecond: true, _moves);
        if (_best is null) return new Move(RandomSearchTuner.UniformPoint(steps.Length, random), null, IsSecond: true, _moves);
        if (judge is not null) return Looks(_best, random).MaxBy(move => judge(move.Point))!;
        (double[] direction, bool isSecond) = _next.TryDequeue(out (double[], bool) queued) ? queued : (Direction(random), false);
        return new Move(Step(_best, direction, random), direction, isSecond, _moves);
    }

    /// <summary>Tells the loss at a point, which is infinite where a trial failed; a point that was not proposed has no move.</summary>
    public void Update(double[] point, Move? move, double loss)
    {
        if (loss < _bestLoss)
        {
            (_best, _bestLoss, _failures) = (point, loss, 0);
            _moves++;
            _next.Clear();
            if (move?.Direction is not { } direction) return;
            _step = Math.Min(_step * 1.3, LargestStep);
            _next.Enqueue((direction, true));
            return;
        }
        if (move?.Direction is not { } tried || move.Moves != _moves) return;
        if (!move.IsSecond) _next.Enqueue((Array.ConvertAll(tried, value => -value), true));
        if (++_failures < 2 * Math.Max(2, steps.Length)) return;
        _failures = 0;
        _step *= 0.6;
        if (_step < SmallestStep) Restart();
    }

    /// <summary>Steps of half, one and two times the length.</summary>
    private IEnumerable<Move> Looks(double[] best, Random random)
    {
        for (int i = 0; i < 3 * LooksPerScale; i++)
        {
            double scale = 0.5 * (1 << (i / LooksPerScale));
            double[] direction = Array.ConvertAll(Direction(random), value => value * scale);
            yield return new Move(Step(best, direction, random), direction, IsSecond: true, _moves);
        }
    }

    private void Restart()
    {
        (_best, _bestLoss, _step) = (null, double.PositiveInfinity, FirstStep);
        _moves++;
        _next.Clear();
    }

    /// <summary>A direction, all equally likely, of length one per coordinate.</summary>
    private double[] Direction(Random random)
    {
        var direction = new double[steps.Length];
        for (int i = 0; i < direction.Length; i++)
            direction[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double length = Math.Sqrt(direction.Average(value => value * value));
        return Array.ConvertAll(direction, value => value / length);
    }

    /// <summary>A step along the ranges; a choice, which has no directions, changes now and then.</summary>
    private double[] Step(double[] from, double[] direction, Random random)
    {
        var to = new double[from.Length];
        for (int i = 0; i < to.Length; i++)
        {
            if (steps[i] is not { } choices) to[i] = Math.Clamp(from[i] + _step * direction[i], 0, 1);
            else if (random.NextDouble() >= Math.Max(0.1, _step)) to[i] = from[i];
            else to[i] = (Math.Round(from[i] * choices) + 1 + random.Next(choices - 1)) % choices / choices;
        }
        return to;
    }
}

/// <summary>A proposed point.</summary>
/// <param name="Point">Its coordinates.</param>
/// <param name="Direction">The direction of the step; <see langword="null"/> for a start.</param>
/// <param name="IsSecond">Whether the opposite direction need not be tried.</param>
/// <param name="Moves">How often the best point had moved.</param>
internal sealed record Move(double[] Point, double[]? Direction, bool IsSecond, int Moves);
