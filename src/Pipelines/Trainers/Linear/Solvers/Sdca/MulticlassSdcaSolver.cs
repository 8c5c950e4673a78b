using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// Stochastic dual coordinate ascent for one linear function per class: minimizes
/// (1/n) Σᵢ weightᵢ loss(Wᵀxᵢ + b, yᵢ) + λ (½‖W‖² + θ‖W‖₁) + λ/2 ‖b‖², the last part only while biases are regularized.
/// </summary>
/// <remarks>
/// As in <see cref="SdcaSolver{TLoss}"/>, free biases are found by the proximal point method and
/// examples are visited one after the other. Memory: one number per row and class, and one or two per feature and class.
/// </remarks>
internal sealed class MulticlassSdcaSolver
{
    private const int RowsBetweenChecks = 2048;
    private const int RowsPerBlock = 256;

    private readonly TrainingSet _examples;
    private readonly Func<IClassDualLoss> _loss;
    private readonly SdcaSettings _settings;
    private readonly CancellationToken _cancellation;
    private readonly int _classCount;
    private readonly int _stride;
    private readonly float[] _norms;
    private readonly float[] _duals;
    private readonly float[] _sums;
    private readonly float[] _weights;
    private readonly float[] _biasSums;
    private readonly float[] _biasCenters;
    private readonly float[] _biases;
    private readonly float _scale;

    /// <param name="examples">The examples.</param>
    /// <param name="present">Which classes have examples; the others get the bias of <see cref="ExampleWeights.AbsentBias"/>.</param>
    /// <param name="loss">Makes the loss for a thread.</param>
    /// <param name="settings">Settings.</param>
    /// <param name="cancellation">Ends the training.</param>
    internal MulticlassSdcaSolver(TrainingSet examples, bool[] present, Func<IClassDualLoss> loss, SdcaSettings settings, CancellationToken cancellation)
    {
        (_examples, _loss, _cancellation, _classCount, _stride) = (examples, loss, cancellation, present.Length, ClassStride.For(present.Length));
        _norms = RowNorms.WithBias(examples.Features);
        _settings = settings.Within(examples, _norms);
        _duals = new float[checked(examples.RowCount * _classCount)];
        _sums = new float[checked(examples.Features.ColumnCount * _stride)];
        _weights = settings.L1Threshold == 0 ? _sums : new float[_sums.Length];
        (_biasSums, _biasCenters, _biases) = (new float[_stride], new float[_stride], new float[_stride]);
        for (int k = 0; k < _classCount; k++) _biasCenters[k] = present[k] ? 0 : ExampleWeights.AbsentBias;
        _biasCenters.CopyTo(_biases, 0);
        _scale = (float)(1 / ((double)_settings.L2 * examples.RowCount));
    }

    /// <summary>Feature-major.</summary>
    internal float[] Weights => _weights;

    internal ReadOnlySpan<float> Biases => _biases.AsSpan(0, _classCount);

    internal SdcaState State { get; private set; }

    internal bool HasConverged { get; private set; }

    /// <param name="onPass">Told of each pass.</param>
    internal void Run(Action<SdcaState> onPass)
    {
        int[] order = [.. Enumerable.Range(0, _examples.RowCount).Where(row => _examples.WeightOf(row) > 0)];
        var random = new Random(_settings.Seed);
        IClassDualLoss dualLoss = _loss();
        for (int pass = 1; pass <= _settings.MaximumPasses && !HasConverged; pass++)
        {
            if (_settings.Shuffle) random.Shuffle(order);
            double loss = 0, gap = 0;
            for (int start = 0; start < order.Length; start += RowsBetweenChecks)
            {
                _cancellation.ThrowIfCancellationRequested();
                Visit(order.AsSpan(start, Math.Min(RowsBetweenChecks, order.Length - start)), dualLoss, ref loss, ref gap);
            }
            State = StateOf(pass, loss, gap, isExact: false);
            if (!double.IsFinite(State.Primal)) throw LinearWeights.NotFinite();
            bool check = _settings.CheckFrequency is { } frequency ? frequency > 0 && pass % frequency == 0
                : BiasesMayMove || State.IsWithin(_settings.Tolerance);
            if (check) Check(pass);
            onPass(State);
        }
    }

    private void Visit(ReadOnlySpan<int> rows, IClassDualLoss dualLoss, ref double loss, ref double gap)
    {
        float[] scores = new float[_classCount], changes = new float[_classCount], steps = new float[_stride];
        foreach (int row in rows)
        {
            RowVector<float> features = _examples.Features[row];
            float weight = _examples.WeightOf(row);
            int label = (int)_examples.Labels[row];
            Span<float> duals = _duals.AsSpan(row * _classCount, _classCount);
            LinearScores.Compute(features, _weights, _stride, _biases, scores);
            dualLoss.AddGap(scores, label, duals, weight, ref loss, ref gap);

            dualLoss.Step(scores, label, duals, _norms[row] * weight * _scale, changes);
            TensorPrimitives.Add(duals, changes, duals);
            TensorPrimitives.Multiply(changes, weight * _scale, steps);
            TensorPrimitives.Add(_biasSums, steps, _biasSums);
            TensorPrimitives.Add(_biasSums, _biasCenters, _biases);
            if (_settings.L1Threshold == 0) LinearScores.Add(features, steps, _weights, _stride);
            else LinearScores.AddAndShrink(features, steps, _sums, _weights, _stride, _settings.L1Threshold);
        }
    }

    private void Check(int pass)
    {
        int count = _examples.RowCount, blocks = (count + RowsPerBlock - 1) / RowsPerBlock;
        double[] losses = new double[blocks], gaps = new double[blocks];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _settings.Threads, CancellationToken = _cancellation };
        Parallel.For(0, blocks, parallel, block =>
        {
            float[] scores = new float[_classCount];
            IClassDualLoss dualLoss = _loss();
            for (int row = block * RowsPerBlock; row < Math.Min(count, (block + 1) * RowsPerBlock); row++)
            {
                float weight = _examples.WeightOf(row);
                if (weight == 0) continue;
                int label = (int)_examples.Labels[row];
                LinearScores.Compute(_examples.Features[row], _weights, _stride, _biases, scores);
                dualLoss.AddGap(scores, label, _duals.AsSpan(row * _classCount, _classCount), weight, ref losses[block], ref gaps[block]);
            }
        });
        State = StateOf(pass, losses.Sum(), gaps.Sum(), isExact: true);
        HasConverged = State.IsWithin(_settings.Tolerance);
        if (HasConverged || !BiasesMayMove) return;
        TensorPrimitives.Add(_biasCenters, _biasSums, _biasCenters);
        TensorPrimitives.Add(_biasSums, _biasCenters, _biases);
    }

    /// <summary>Whether free biases are about where they are wanted, given where they are drawn to, so that they may be drawn there instead.</summary>
    private bool BiasesMayMove => _settings.FreeBias && BiasPenalty > (State.Gap - BiasPenalty) / 2;

    private double BiasPenalty => 0.5 * _settings.L2 * TensorPrimitives.SumOfSquares<float>(_biasSums);

    private SdcaState StateOf(int pass, double loss, double gap, bool isExact)
    {
        double regularization = _settings.L2 * (0.5 * SumOfSquares(_weights) + _settings.L1Threshold * SumOfMagnitudes(_weights));
        double biasPenalty = _settings.FreeBias ? 0 : BiasPenalty;
        double hidden = _settings.FreeBias ? BiasPenalty : 0;
        return new SdcaState(pass, loss / _examples.RowCount + regularization + biasPenalty, Math.Max(0, gap / _examples.RowCount) + hidden, isExact);
    }

    // Millions of weights: in pieces, added in double precision.
    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        double sum = 0;
        for (int start = 0; start < values.Length; start += 4096) sum += TensorPrimitives.SumOfSquares(values.Slice(start, Math.Min(4096, values.Length - start)));
        return sum;
    }

    private static double SumOfMagnitudes(ReadOnlySpan<float> values)
    {
        double sum = 0;
        for (int start = 0; start < values.Length; start += 4096) sum += TensorPrimitives.SumOfMagnitudes(values.Slice(start, Math.Min(4096, values.Length - start)));
        return sum;
    }
}
