using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// Stochastic gradient descent: minimizes the mean weighted loss plus l2/2 ‖w‖², one example after the other, at the rate
/// r / (1 + r l2 t) in step t.
/// </summary>
/// <remarks>Bottou, "Stochastic Gradient Descent Tricks" (2012).</remarks>
internal sealed class StochasticDescent
{
    // One pass at a small rate may improve less than noise.
    private const int PassesBetweenChecks = 5;

    private readonly TrainingSet _examples;
    private readonly IClassificationLoss _loss;
    private readonly SgdOptionsBase _options;
    private readonly ScaledWeights _weights;
    private readonly double _firstRate;
    private float _bias;
    private long _step;

    internal StochasticDescent(TrainingSet examples, IClassificationLoss loss, SgdOptionsBase options, LinearStart start)
    {
        (_examples, _loss, _options, _bias) = (examples, loss, options, start.Bias);
        _weights = new ScaledWeights(start.Weights);
        // A rate whose first step would take all of the weights away is halved to what is stable.
        _firstRate = options.LearningRate * options.L2Regularization >= 1 ? 0.5 / options.L2Regularization : options.LearningRate;
    }

    internal LinearStart Run(string name, TrainingEnvironment environment)
    {
        double loss = Objective(), improvement = 0;
        int every = _options.CheckFrequency ?? PassesBetweenChecks;
        ExamplePasses.Run(_examples, _options.NumberOfIterations, _options.Shuffle, environment.SeedFor(name), Visit, pass =>
        {
            if (!float.IsFinite(_bias)) throw LinearWeights.NotFinite();
            bool isChecked = every > 0 && pass % every == 0;
            if (isChecked)
            {
                double now = Objective();
                improvement = improvement == 0 ? loss - now : (loss - now + improvement) / 2;
                loss = now;
            }
            environment.Report(name, pass, _options.NumberOfIterations, isChecked ? loss : null);
            // An objective that rises has not settled: the steps are noisy.
            return !isChecked || Math.Abs(improvement) >= _options.ConvergenceTolerance;
        }, environment.CancellationToken);
        _weights.Settle();
        return new LinearStart(_weights.Values, _bias);
    }

    private void Visit(int row)
    {
        RowVector<float> features = _examples.Features[row];
        double slope = (double)_examples.WeightOf(row) * _loss.Derivative(_weights.Dot(features) + _bias, _examples.Labels[row]);
        double rate = _firstRate / (1 + _firstRate * _options.L2Regularization * _step++);
        _weights.Shrink(1 - rate * _options.L2Regularization);
        if (_weights.IsStretched) _weights.Settle();
        _weights.Add(features, -slope * rate);
        _bias -= (float)(slope * rate);
    }

    private double Objective()
    {
        double sum = 0;
        for (int row = 0; row < _examples.RowCount; row++)
        {
            float weight = _examples.WeightOf(row);
            if (weight > 0) sum += weight * _loss.Loss(_weights.Dot(_examples.Features[row]) + _bias, _examples.Labels[row]);
        }
        double norm = TensorPrimitives.SumOfSquares<float>(_weights.Values) * _weights.Scale * _weights.Scale;
        return sum / _examples.RowCount + 0.5 * _options.L2Regularization * norm;
    }
}
