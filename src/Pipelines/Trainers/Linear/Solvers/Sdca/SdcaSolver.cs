using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// Stochastic dual coordinate ascent for one linear function: minimizes
/// (1/n) Σᵢ weightᵢ loss(w·xᵢ + b, yᵢ) + λ (½‖w‖² + θ‖w‖₁) + λ/2 b², the last part only while the bias is regularized.
/// </summary>
/// <remarks>
/// Shalev-Shwartz and Zhang, "Stochastic Dual Coordinate Ascent Methods for Regularized Loss Minimization" (JMLR 2013) and
/// "Accelerated Proximal SDCA" (2014) for θ. A bias without regularization is found by the proximal point method: it is
/// regularized towards its own last value, which moves until it stays. Examples are visited one after the other, so the result
/// depends on the seed alone. Memory: one number per row and one or two per feature.
/// </remarks>
internal sealed class SdcaSolver<TLoss> where TLoss : struct, IDualLoss
{
    private const int RowsBetweenChecks = 8192;
    private const int RowsPerBlock = 1024;

    private readonly TrainingSet _examples;
    private readonly TLoss _loss;
    private readonly SdcaSettings _settings;
    private readonly CancellationToken _cancellation;
    private readonly float[] _norms;
    private readonly float[] _duals;
    private readonly float[] _sums;
    private readonly float[] _weights;
    private readonly float _scale;
    private float _biasSum;
    private float _biasCenter;

    internal SdcaSolver(TrainingSet examples, TLoss loss, SdcaSettings settings, float initialBias, CancellationToken cancellation)
    {
        (_examples, _loss, _cancellation, _biasCenter) = (examples, loss, cancellation, initialBias);
        _norms = RowNorms.WithBias(examples.Features);
        _settings = settings.Within(examples, _norms);
        _duals = new float[examples.RowCount];
        _sums = new float[examples.Features.ColumnCount];
        // Without a threshold, weights are the sums themselves.
        _weights = settings.L1Threshold == 0 ? _sums : new float[_sums.Length];
        _scale = (float)(1 / ((double)_settings.L2 * examples.RowCount));
    }

    internal float[] Weights => _weights;

    internal float Bias => _biasCenter + _biasSum;

    internal SdcaState State { get; private set; }

    internal bool HasConverged { get; private set; }

    /// <param name="onPass">Told of each pass.</param>
    internal void Run(Action<SdcaState> onPass)
    {
        int[] order = [.. Enumerable.Range(0, _examples.RowCount).Where(row => _examples.WeightOf(row) > 0)];
        var random = new Random(_settings.Seed);
        for (int pass = 1; pass <= _settings.MaximumPasses && !HasConverged; pass++)
        {
            if (_settings.Shuffle) random.Shuffle(order);
            double loss = 0, gap = 0;
            for (int start = 0; start < order.Length; start += RowsBetweenChecks)
            {
                _cancellation.ThrowIfCancellationRequested();
                Visit(order.AsSpan(start, Math.Min(RowsBetweenChecks, order.Length - start)), ref loss, ref gap);
            }
            State = StateOf(pass, loss, gap, isExact: false);
            if (!double.IsFinite(State.Primal) || !float.IsFinite(Bias)) throw LinearWeights.NotFinite();
            bool check = _settings.CheckFrequency is { } frequency ? frequency > 0 && pass % frequency == 0
                : BiasMayMove || State.IsWithin(_settings.Tolerance);
            if (check) Check(pass);
            onPass(State);
        }
    }

    private void Visit(ReadOnlySpan<int> rows, ref double loss, ref double gap)
    {
        foreach (int row in rows)
        {
            RowVector<float> features = _examples.Features[row];
            float label = _examples.Labels[row], weight = _examples.WeightOf(row), dual = _duals[row];
            float score = LinearScores.Dot(features, _weights) + Bias;
            AddGap(score, label, dual, weight, ref loss, ref gap);
            float change = _loss.Step(score, label, dual, _norms[row] * weight * _scale);
            if (change == 0) continue;
            _duals[row] = dual + change;
            float step = change * weight * _scale;
            _biasSum += step;
            Add(features, step);
        }
    }

    private void AddGap(float score, float label, float dual, float weight, ref double loss, ref double gap)
    {
        double own = _loss.Loss(score, label);
        loss += weight * own;
        gap += weight * (own - _loss.DualLoss(label, dual) + (double)dual * score);
    }

    private void Add(RowVector<float> features, float step)
    {
        ReadOnlySpan<float> values = features.Values;
        float threshold = _settings.L1Threshold;
        if (features.IsDense && threshold == 0)
        {
            TensorPrimitives.MultiplyAdd(values, step, _sums, _sums);
            return;
        }
        ReadOnlySpan<int> indices = features.Indices;
        for (int i = 0; i < values.Length; i++)
        {
            int index = features.IsDense ? i : indices[i];
            float sum = _sums[index] += values[i] * step;
            if (threshold > 0) _weights[index] = MathF.Max(sum - threshold, 0) + MathF.Min(sum + threshold, 0);
        }
    }

    /// <summary>Computes the duality gap; converged, or a bias that may move, may follow from it.</summary>
    private void Check(int pass)
    {
        int count = _examples.RowCount, blocks = (count + RowsPerBlock - 1) / RowsPerBlock;
        double[] losses = new double[blocks], gaps = new double[blocks];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _settings.Threads, CancellationToken = _cancellation };
        Parallel.For(0, blocks, parallel, block =>
        {
            for (int row = block * RowsPerBlock; row < Math.Min(count, (block + 1) * RowsPerBlock); row++)
            {
                float weight = _examples.WeightOf(row);
                if (weight == 0) continue;
                float score = LinearScores.Dot(_examples.Features[row], _weights) + Bias;
                AddGap(score, _examples.Labels[row], _duals[row], weight, ref losses[block], ref gaps[block]);
            }
        });
        State = StateOf(pass, losses.Sum(), gaps.Sum(), isExact: true);
        HasConverged = State.IsWithin(_settings.Tolerance);
        if (!HasConverged && BiasMayMove) _biasCenter += _biasSum;
    }

    /// <summary>Whether a free bias is about where it is wanted, given where it is drawn to, so that it may be drawn there instead.</summary>
    private bool BiasMayMove => _settings.FreeBias && BiasPenalty > (State.Gap - BiasPenalty) / 2;

    private double BiasPenalty => 0.5 * _settings.L2 * _biasSum * _biasSum;

    /// <summary>
    /// The gap is that of the problem with the regularized bias. For a free one, what its penalty may have hidden is added.
    /// </summary>
    private SdcaState StateOf(int pass, double loss, double gap, bool isExact)
    {
        double regularization = _settings.L2 * (0.5 * TensorPrimitives.SumOfSquares<float>(_weights) + _settings.L1Threshold * TensorPrimitives.SumOfMagnitudes<float>(_weights));
        double biasPenalty = _settings.FreeBias ? 0 : BiasPenalty;
        double hidden = _settings.FreeBias ? BiasPenalty : 0;
        return new SdcaState(pass, loss / _examples.RowCount + regularization + biasPenalty, Math.Max(0, gap / _examples.RowCount) + hidden, isExact);
    }
}
