using System.Buffers;
using MLPipelines.Data;

namespace MLPipelines.Trainers.Trees;

/// <summary>The scores of rows that are not learned from, and their loss.</summary>
internal sealed class ValidationScores
{
    private const int RowsPerPart = 1024;

    private readonly BoostingSet _rows;
    private readonly BoostingObjective _objective;
    private readonly WorkTeam _team;
    private readonly float[] _scores;
    private readonly int[] _starts;
    private readonly double[] _losses;

    internal ValidationScores(BoostingSet rows, BoostingObjective objective, double[] bias, WorkTeam team)
    {
        (_rows, _objective, _team) = (rows, objective, team);
        _scores = new float[checked(rows.RowCount * bias.Length)];
        for (int k = 0; k < bias.Length; k++) _scores.AsSpan(k * rows.RowCount, rows.RowCount).Fill((float)bias[k]);
        _starts = objective.NeedsGroups ? rows.Groups! : [.. Enumerable.Range(0, (rows.RowCount + RowsPerPart - 1) / RowsPerPart).Select(i => i * RowsPerPart), rows.RowCount];
        _losses = new double[_starts.Length - 1];
    }

    internal void Add(DecisionTree tree, int output, double factor) => _team.Run((_rows.RowCount + RowsPerPart - 1) / RowsPerPart, part =>
    {
        Span<float> scores = _scores.AsSpan(output * _rows.RowCount, _rows.RowCount);
        int features = _rows.Features.ColumnCount;
        float[]? room = _rows.Features.IsDense ? null : ArrayPool<float>.Shared.Rent(features);
        for (int row = part * RowsPerPart, end = Math.Min(_rows.RowCount, row + RowsPerPart); row < end; row++)
        {
            RowVector<float> vector = _rows.Features[row];
            if (room is not null) vector.CopyTo(room);
            scores[row] += (float)(factor * tree.Score(room is null ? vector.Values : room.AsSpan(0, features)));
        }
        if (room is not null) ArrayPool<float>.Shared.Return(room);
    });

    /// <summary>The mean loss; where groups count, the mean over groups.</summary>
    internal double Loss()
    {
        int outputs = _objective.OutputCount;
        _team.Run(_losses.Length, part =>
        {
            int from = _starts[part], count = _starts[part + 1] - from;
            float[] room = ArrayPool<float>.Shared.Rent(Math.Max(1, count * outputs));
            for (int k = 0; k < outputs; k++) _scores.AsSpan(k * _rows.RowCount + from, count).CopyTo(room.AsSpan(k * count));
            _losses[part] = _rows.Weights is null || _objective.NeedsGroups ? _objective.Loss(_rows.Labels.AsSpan(from, count), room.AsSpan(0, count * outputs)) : Weighted(from, count, room);
            ArrayPool<float>.Shared.Return(room);
        });
        double weights = _objective.NeedsGroups ? _losses.Length : _rows.Weights is { } w ? w.Sum(weight => (double)weight) : _rows.RowCount;
        return _losses.Sum() / weights;
    }

    private double Weighted(int from, int count, float[] scores)
    {
        int outputs = _objective.OutputCount;
        Span<float> row = stackalloc float[Math.Min(outputs, 1024)];
        if (outputs > row.Length) row = new float[outputs];
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < outputs; k++) row[k] = scores[k * count + i];
            sum += _rows.Weights![from + i] * _objective.Loss(_rows.Labels.AsSpan(from + i, 1), row);
        }
        return sum;
    }
}
