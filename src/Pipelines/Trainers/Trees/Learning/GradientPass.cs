using System.Buffers;
using System.Numerics.Tensors;

namespace MLPipelines.Trainers.Trees;

/// <summary>Computes the gradients of all rows, a run of rows at a time, for all outputs.</summary>
internal sealed class GradientPass
{
    private const int RowsPerBlock = 4096, LeastRowsPerBlock = 256;

    private readonly BoostingObjective _objective;
    private readonly BoostingSet _rows;
    private readonly WorkTeam _team;
    private readonly GradientPairs[] _pairs;
    private readonly float[] _scores;
    private readonly int[] _starts;
    private readonly Extent[] _extents;

    /// <param name="objective">What is made small.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="scores">Their scores, output after output.</param>
    /// <param name="team">Who does the work.</param>
    internal GradientPass(BoostingObjective objective, BoostingSet rows, float[] scores, WorkTeam team)
    {
        (_objective, _rows, _scores, _team) = (objective, rows, scores, team);
        _pairs = [.. Enumerable.Range(0, objective.OutputCount).Select(_ => new GradientPairs(rows.RowCount))];
        _starts = objective.NeedsGroups ? rows.Groups! : Blocks(rows.RowCount, Math.Max(LeastRowsPerBlock, RowsPerBlock / objective.OutputCount));
        _extents = new Extent[(_starts.Length - 1) * objective.OutputCount];
    }

    internal GradientPairs[] Pairs => _pairs;

    /// <summary>Computes gradients and hessians as floats, each times the weight of its row.</summary>
    internal void Compute() => _team.Run(_starts.Length - 1, ComputeBlock);

    /// <summary>Makes whole numbers of them.</summary>
    internal void Fix()
    {
        int outputs = _pairs.Length, blocks = _starts.Length - 1;
        var scales = new (float Gradient, float Hessian)[outputs];
        for (int k = 0; k < outputs; k++)
        {
            var all = new Extent();
            for (int block = 0; block < blocks; block++) all = all.With(_extents[block * outputs + k]);
            scales[k] = _pairs[k].Scale(all.Gradient, all.Hessian, all.HessianSum);
        }
        _team.Run(blocks, block =>
        {
            for (int k = 0; k < outputs; k++) _pairs[k].Fix(_starts[block], _starts[block + 1], scales[k].Gradient, scales[k].Hessian);
        });
    }

    /// <summary>Looks at how great the numbers are again, where they were changed after <see cref="Compute"/>.</summary>
    internal void Measure() => _team.Run(_starts.Length - 1, block =>
    {
        for (int k = 0; k < _pairs.Length; k++) MeasureBlock(block, k);
    });

    private void ComputeBlock(int block)
    {
        int from = _starts[block], count = _starts[block + 1] - from, outputs = _pairs.Length, rows = _rows.RowCount;
        float[] room = ArrayPool<float>.Shared.Rent(Math.Max(1, 3 * count * outputs));
        Span<float> gradients = room.AsSpan(0, count * outputs), hessians = room.AsSpan(count * outputs, count * outputs), scores = room.AsSpan(2 * count * outputs, count * outputs);
        for (int k = 0; k < outputs; k++) _scores.AsSpan(k * rows + from, count).CopyTo(scores[(k * count)..]);
        _objective.Gradients(_rows.Labels.AsSpan(from, count), scores, gradients, hessians);
        for (int k = 0; k < outputs; k++)
        {
            Span<float> g = gradients.Slice(k * count, count), h = hessians.Slice(k * count, count), pairs = _pairs[k].Floats[(2 * from)..];
            if (_rows.Weights is { } weights)
            {
                TensorPrimitives.Multiply(g, weights.AsSpan(from, count), g);
                TensorPrimitives.Multiply(h, weights.AsSpan(from, count), h);
            }
            for (int i = 0; i < g.Length; i++) (pairs[2 * i], pairs[2 * i + 1]) = (g[i], h[i]);
            if (count > 0) _extents[block * outputs + k] = new Extent(TensorPrimitives.MaxMagnitude<float>(g), TensorPrimitives.Max<float>(h), TensorPrimitives.Sum<float>(h));
        }
        ArrayPool<float>.Shared.Return(room);
    }

    private void MeasureBlock(int block, int k)
    {
        Span<float> pairs = _pairs[k].Floats[(2 * _starts[block])..(2 * _starts[block + 1])];
        float gradient = 0, hessian = 0;
        double sum = 0;
        for (int i = 0; i < pairs.Length; i += 2)
        {
            gradient = Math.Max(gradient, Math.Abs(pairs[i]));
            hessian = Math.Max(hessian, pairs[i + 1]);
            sum += pairs[i + 1];
        }
        _extents[block * _pairs.Length + k] = new Extent(Math.Abs(gradient), hessian, sum);
    }

    private static int[] Blocks(int rows, int size)
    {
        int[] starts = new int[(rows + size - 1) / size + 1];
        for (int i = 0; i < starts.Length; i++) starts[i] = Math.Min(rows, i * size);
        return starts;
    }

    /// <summary>How great numbers are.</summary>
    private readonly record struct Extent(float Gradient, float Hessian, double HessianSum)
    {
        internal Extent(float gradient, float hessian, float hessianSum) : this(Math.Abs(gradient), hessian, (double)hessianSum) { }

        internal Extent With(Extent other) => new(Math.Max(Gradient, other.Gradient), Math.Max(Hessian, other.Hessian), HessianSum + other.HessianSum);
    }
}
