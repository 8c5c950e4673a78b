using System.Numerics.Tensors;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// Steps against the derivative of a loss, one example after the other, and the average of where they led. With the hinge loss this
/// is the averaged perceptron with a margin. With the squared loss a step leads at most to the label of its example.
/// </summary>
/// <remarks>
/// Freund and Schapire, "Large Margin Classification Using the Perceptron Algorithm" (1999); Zinkevich, "Online Convex Programming
/// and Generalized Infinitesimal Gradient Ascent" (2003) for learning rates that decrease.
/// </remarks>
internal sealed class AveragedDescent
{
    private const double LargestGain = 1e6;

    private readonly TrainingSet _examples;
    private readonly IScalarLoss _loss;
    private readonly AveragedLinearOptions _options;
    private readonly ScaledWeights _weights;
    private readonly RunningAverage _average;
    private float _bias;
    private double _gain = 1;
    private long _seen;
    private long _seenInPass;

    internal AveragedDescent(TrainingSet examples, IScalarLoss loss, AveragedLinearOptions options, LinearStart start)
    {
        (_examples, _loss, _options, _bias) = (examples, loss, options, start.Bias);
        _weights = new ScaledWeights(start.Weights);
        _average = new RunningAverage(_weights);
    }

    internal LinearStart Run(string name, TrainingEnvironment environment)
    {
        ExamplePasses.Run(_examples, _options.NumberOfIterations, _options.Shuffle, environment.SeedFor(name), Visit, pass =>
        {
            _seenInPass = 0;
            if (!float.IsFinite(_bias)) throw LinearWeights.NotFinite();
            environment.Report(name, pass, _options.NumberOfIterations);
            return true;
        }, environment.CancellationToken);
        if (_options.Averaged) return _average.Average();
        _weights.Settle();
        return new LinearStart(_weights.Values, _bias);
    }

    private void Visit(int row)
    {
        RowVector<float> features = _examples.Features[row];
        float slope = _loss.Derivative(_weights.Dot(features) + _bias, _examples.Labels[row]);
        if (slope != 0 || _options.L2Regularization > 0)
        {
            double rate = _options.DecreaseLearningRate ? _options.LearningRate / Math.Sqrt(_seen + 1) : _options.LearningRate;
            // Further than to the label, squared errors grow from step to step without end.
            if (_loss is SquaredLoss) rate = Math.Min(rate, 0.5 / (1 + TensorPrimitives.SumOfSquares(features.Values)));
            double step = -rate * _examples.WeightOf(row) * slope;
            if (_options.Averaged) _average.OnAdd(features, step);
            _weights.Add(features, step);
            _weights.Shrink(1 - 2 * (double)_options.L2Regularization);
            _bias += (float)step;
        }
        _seen++;
        _seenInPass++;
        if (_options.Averaged) Count();
        else if (_weights.IsStretched) _weights.Settle();
    }

    private void Count()
    {
        _average.Count(_bias, _gain);
        if (_weights.IsStretched) _average.Settle();
        if (_options.RecencyGain > 0) _gain = _options.RecencyGainMultiplicative ? _gain * _options.RecencyGain : _gain + _options.RecencyGain;
        if (_gain > LargestGain && _options.RecencyGainMultiplicative)
        {
            _average.Fade(1 / _gain);
            _gain = 1;
        }
        if (_options.ResetWeightsAfterXExamples is { } every && _seenInPass % every == 0)
        {
            LinearStart average = _average.Average();
            average.Weights.CopyTo(_weights.Values, 0);
            _bias = average.Bias;
        }
    }
}
