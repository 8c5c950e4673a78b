using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// A linear support vector machine by steps that shrink: minimizes λ/2 ‖w‖² + mean of max(0, 1 − y (w·x + b)). Step t multiplies
/// the weights by 1 − λ r and adds the mean of r y x over the examples of a batch inside their margin, with r = 1 / (1 + λ t).
/// </summary>
/// <remarks>
/// Shalev-Shwartz, Singer, Srebro and Cotter, "Pegasos: Primal Estimated Sub-Gradient Solver for SVM" (2011); there the rate is
/// 1 / (λ t), whose first steps are huge.
/// </remarks>
internal sealed class PegasosDescent
{
    private readonly TrainingSet _examples;
    private readonly LinearSvmTrainer.Options _options;
    private readonly ScaledWeights _weights;
    private readonly List<int> _inside = [];
    private float _bias;
    private int _batchCount;
    private long _step;

    internal PegasosDescent(TrainingSet examples, LinearSvmTrainer.Options options, LinearStart start)
    {
        (_examples, _options, _weights) = (examples, options, new ScaledWeights(start.Weights));
        _bias = options.NoBias ? 0 : start.Bias;
    }

    internal LinearStart Run(string name, TrainingEnvironment environment)
    {
        ExamplePasses.Run(_examples, _options.NumberOfIterations, _options.Shuffle, environment.SeedFor(name), Visit, pass =>
        {
            if (_batchCount > 0) EndBatch();
            environment.Report(name, pass, _options.NumberOfIterations);
            return true;
        }, environment.CancellationToken);
        _weights.Settle();
        return new LinearStart(_weights.Values, _bias);
    }

    private void Visit(int row)
    {
        if (Sign(row) * (_weights.Dot(_examples.Features[row]) + _bias) < 1) _inside.Add(row);
        if (++_batchCount == _options.BatchSize) EndBatch();
    }

    private void EndBatch()
    {
        double rate = 1 / (1 + _options.Lambda * (double)++_step);
        _weights.Shrink(1 - rate * _options.Lambda);
        if (_weights.IsStretched) _weights.Settle();
        foreach (int row in _inside)
        {
            double step = rate * Sign(row) * _examples.WeightOf(row) / _batchCount;
            _weights.Add(_examples.Features[row], step);
            if (!_options.NoBias) _bias += (float)step;
        }
        if (_options.PerformProjection)
        {
            double norm = Math.Sqrt(TensorPrimitives.SumOfSquares<float>(_weights.Values)) * Math.Abs(_weights.Scale), radius = 1 / Math.Sqrt(_options.Lambda);
            if (norm > radius) _weights.Shrink(radius / norm);
        }
        _inside.Clear();
        _batchCount = 0;
    }

    private float Sign(int row) => _examples.Labels[row] > 0 ? 1 : -1;
}
