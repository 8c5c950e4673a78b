using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.FastTree;

/// <summary>The scores that the first trees of an ensemble give rows, and their mean loss.</summary>
internal sealed class MeasuredScores
{
    private readonly BoostingObjective _objective;
    private readonly BoostingSet _rows;
    private readonly double[] _sums;
    private readonly float[] _scores;

    internal MeasuredScores(BoostingObjective objective, BoostingSet rows, double bias)
    {
        (_objective, _rows, _sums, _scores) = (objective, rows, new double[rows.RowCount], new float[rows.RowCount]);
        Array.Fill(_sums, bias);
    }

    /// <summary>The mean loss with one more tree.</summary>
    internal double Add(DecisionTree tree)
    {
        float[] dense = new float[_rows.Features.ColumnCount];
        for (int row = 0; row < _sums.Length; row++)
        {
            var features = _rows.Features[row];
            if (!features.IsDense) features.CopyTo(dense);
            _sums[row] += tree.Score(features.IsDense ? features.Values : dense);
            _scores[row] = (float)_sums[row];
        }
        return _rows.Groups is { } starts ? OfGroups(starts) : OfRows();
    }

    private double OfRows()
    {
        double sum = 0, weights = 0;
        for (int row = 0; row < _scores.Length; row++)
        {
            double weight = _rows.Weights is null ? 1 : _rows.Weights[row];
            sum += weight * _objective.Loss(_rows.Labels.AsSpan(row, 1), _scores.AsSpan(row, 1));
            weights += weight;
        }
        return sum / weights;
    }

    private double OfGroups(int[] starts)
    {
        double sum = 0;
        for (int g = 0; g + 1 < starts.Length; g++) sum += _objective.Loss(_rows.Labels.AsSpan(starts[g]..starts[g + 1]), _scores.AsSpan(starts[g]..starts[g + 1]));
        return sum / (starts.Length - 1);
    }
}
