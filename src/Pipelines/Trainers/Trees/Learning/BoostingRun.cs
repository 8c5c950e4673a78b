using System.Buffers;

namespace MLPipelines.Trainers.Trees;

/// <summary>One run of gradient boosting.</summary>
internal sealed class BoostingRun
{
    private readonly BoostingSet _training;
    private readonly BoostingObjective _objective;
    private readonly BoostingOptions _options;
    private readonly TrainingEnvironment _environment;
    private readonly WorkTeam _team;
    private readonly BinnedMatrix _matrix;
    private readonly GrowerSet _growers;
    private readonly GradientPass _pass;
    private readonly TrainingScores _scores;
    private readonly ValidationScores? _validation;
    private readonly BoostingSample _sample;
    private readonly double[] _bias;
    private readonly List<GrownTree> _trees = [];
    private readonly Dropout? _dropout;

    internal BoostingRun(BoostingSet training, BoostingObjective objective, BoostingOptions options, TrainingEnvironment environment, BoostingSet? validation, WorkTeam team)
    {
        (_training, _objective, _options, _environment, _team) = (training, objective, options, environment, team);
        // Trees of several outputs grow side by side; otherwise the threads share a tree.
        bool sideBySide = objective.OutputCount > 1 && team.Size > 1 && !options.IsInOrder;
        _matrix = new BinnedMatrix(training.Features, options, team, sideBySide ? 1 : team.Size);
        _growers = new GrowerSet(_matrix, options, team, sideBySide);
        _bias = objective.InitialScores(training);
        _scores = new TrainingScores(_matrix, _bias, team);
        _pass = new GradientPass(objective, training, _scores.Values, team);
        _validation = validation is null ? null : new ValidationScores(validation, objective, _bias, team);
        _sample = new BoostingSample(training, options);
        _dropout = options.Dart is null ? null : new Dropout(options);
    }

    internal TreeEnsemble Run()
    {
        int outputs = _objective.OutputCount, best = 0;
        double bestLoss = double.PositiveInfinity;
        for (int round = 0; round < _options.TreeCount; round++)
        {
            _dropout?.Drop(round, (index, factor) => AddRound(index, factor));
            GrownTree[] grown = GrowRound(round);
            double weight = _dropout?.NewWeight() ?? 1;
            _trees.AddRange(grown);
            AddRound(round, weight, _sample.IsSampled);
            _dropout?.Restore((index, factor) => AddRound(index, factor));
            double? loss = _validation?.Loss();
            _environment.Report(_options.Name, round + 1, _options.TreeCount, loss);
            if (Array.TrueForAll(grown, tree => tree.NodeCount == 0) && !_sample.IsSampled) break;
            if (loss is not { } value || _options.EarlyStoppingRounds <= 0 || _dropout is not null) continue;
            if (value < bestLoss) (bestLoss, best) = (value, round + 1);
            else if (round + 1 - best >= _options.EarlyStoppingRounds) break;
        }
        int count = best > 0 ? best * outputs : _trees.Count;
        DecisionTree[] trees = [.. _trees.Take(count).Select((tree, i) => tree.ToTree(_matrix, _dropout?.Weights[i / outputs] ?? 1))];
        return new TreeEnsemble(_matrix.FeatureCount, outputs, trees, _bias);
    }

    private GrownTree[] GrowRound(int round)
    {
        var grown = new GrownTree[_objective.OutputCount];
        _pass.Compute();
        if (_sample.Draw(round, _pass.Pairs)) _pass.Measure();
        _pass.Fix();
        _growers.Run(grown.Length, (grower, k) =>
        {
            GrownTree tree = grower.Grow(_pass.Pairs[k], _sample.Rows, round * grown.Length + k);
            Finish(grower, tree);
            if (!_sample.IsSampled && _dropout is null) _scores.Add(grower, tree, k);
            grown[k] = tree;
        });
        return grown;
    }

    /// <summary>Sets what leaves say: the learning rate, a quantile in place of a Newton step, and nothing where a tree has no split.</summary>
    private void Finish(TreeGrower grower, GrownTree tree)
    {
        if (tree.NodeCount == 0) tree.LeafValues[0] = 0;
        else if (_objective.RenewedQuantile is { } share)
        {
            float[] scores = _scores.Values;
            grower.ForLeaves(leaf => tree.LeafValues[leaf] = LeafQuantile.Of(grower.RowsOf(leaf), _training.Labels, scores, _training.Weights, share));
        }
        else if (_objective.SetsLeaves) grower.ForLeaves(leaf => tree.LeafValues[leaf] = LeafValue(grower.RowsOf(leaf)));
        for (int leaf = 0; leaf <= tree.NodeCount; leaf++) tree.LeafValues[leaf] *= _options.LearningRate;
        if (_training.Weights is { } weights) grower.SetCovers(tree, weights);
    }

    private double LeafValue(ReadOnlySpan<int> rows)
    {
        int count = rows.Length;
        float[] room = ArrayPool<float>.Shared.Rent(Math.Max(1, 3 * count));
        Span<float> labels = room.AsSpan(0, count), scores = room.AsSpan(count, count), weights = room.AsSpan(2 * count, _training.Weights is null ? 0 : count);
        for (int i = 0; i < count; i++) (labels[i], scores[i]) = (_training.Labels[rows[i]], _scores.Values[rows[i]]);
        for (int i = 0; i < weights.Length; i++) weights[i] = _training.Weights![rows[i]];
        double value = _objective.LeafValue(labels, scores, weights);
        ArrayPool<float>.Shared.Return(room);
        return value;
    }

    /// <summary>Adds the trees of a round, times a factor, to the scores; those of the training set may have them already.</summary>
    private void AddRound(int round, double factor, bool toTraining = true)
    {
        int outputs = _objective.OutputCount;
        for (int k = 0; k < outputs; k++)
        {
            GrownTree tree = _trees[round * outputs + k];
            if (toTraining || _dropout is not null) _scores.AddByWalk(tree, k, factor);
            _validation?.Add(tree.ToTree(_matrix), k, factor);
        }
    }
}
