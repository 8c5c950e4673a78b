using System.Numerics.Tensors;

namespace MLPipelines.Trainers;

/// <summary>
/// The normal equations of weighted least squares with a ridge on the weights and a free bias, and the variances that their solution
/// has where the noise has variance 1 / weight: the diagonal of A⁻¹ X'X A⁻¹ with A = X'X + ridge.
/// </summary>
internal sealed class RidgeEquations
{
    private readonly CenteredMoments _moments;
    private readonly SymmetricFactor _factor;
    private readonly double _ridge;

    /// <param name="features">The features.</param>
    /// <param name="weights">One per row.</param>
    /// <param name="targets">One per row; <see langword="null"/> where only variances are wanted.</param>
    /// <param name="ridge">What is added to the diagonal of X'X, the bias excepted.</param>
    /// <param name="isOut">Features to leave out; those that depend on others are marked.</param>
    /// <param name="name">The name of the trainer.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal RidgeEquations(FeatureMatrix features, double[] weights, double[]? targets, double ridge, bool[] isOut, string name, CancellationToken cancellation)
    {
        if (features.ColumnCount > CenteredMoments.MaximumFeatures) throw new MLPipelinesException(
            $"{name}: {features.ColumnCount} features found, expected at most {CenteredMoments.MaximumFeatures}: the memory needed grows with the square of their number. Sdca and OnlineGradientDescent need less; L1 regularization leaves fewer features.");
        _moments = new CenteredMoments(features, weights, targets, cancellation.ThrowIfCancellationRequested);
        _ridge = ridge;
        _factor = new SymmetricFactor(_moments.Products, ridge, isOut, cancellation);
    }

    /// <summary>How many unknowns are not left out, the bias included.</summary>
    internal int ParameterCount => _factor.Rank + 1;

    internal (double[] Weights, double Bias) Solve(double targetMean)
    {
        double[] weights = [.. _moments.TargetProducts];
        _factor.Solve(weights);
        return (weights, targetMean - TensorPrimitives.Dot<double>(weights, _moments.Means));
    }

    /// <summary>The variances, that of the bias first; NaN for features that are left out.</summary>
    internal double[] Variances()
    {
        int count = _moments.Means.Length;
        double[] variances = new double[count + 1];
        double[] means = [.. _moments.Means];
        _factor.Solve(means);
        variances[0] = 1 / _moments.WeightSum + TensorPrimitives.Dot<double>(means, _moments.Means) - _ridge * TensorPrimitives.SumOfSquares<double>(means);
        Parallel.For(0, count, i =>
        {
            double[] column = new double[count];
            column[i] = 1;
            _factor.Solve(column);
            variances[i + 1] = _factor.IsOut[i] ? double.NaN : column[i] - _ridge * TensorPrimitives.SumOfSquares<double>(column);
        });
        return variances;
    }
}
