using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// Linear regression by least squares, solved exactly. With n examples x of label y and weight v, it minimizes
/// Σ v (w·x + b − y)² + l2² Σ v ‖w‖². The bias is not regularized.
/// </summary>
/// <remarks>
/// <para>Column: <c>Score</c>, the predicted number. The model has standard errors, t values and p-values.</para>
/// <para>A feature that is a linear combination of those before it, such as a constant one, gets weight 0 and no standard error, as in R.</para>
/// <para>Memory: half a number in double precision per pair of features; at most 16,384 features.</para>
/// <para>Sources: Golub and Van Loan, "Matrix Computations" (2013); Hoerl and Kennard, "Ridge Regression" (1970).</para>
/// </remarks>
public sealed class OlsTrainer : RegressionTrainer<OlsModelParameters>
{
    /// <summary>Options of <see cref="OlsTrainer"/>.</summary>
    public sealed class Options : TrainerInputBaseWithWeight
    {
        /// <summary>The square of this is the weight of ‖w‖² against the mean of the squared errors; not below 0. Above 0 this is ridge regression.</summary>
        public float L2Regularization = 1e-6f;

        /// <summary>Whether standard errors, t values and p-values are computed.</summary>
        public bool CalculateStatistics = true;
    }

    private readonly Options _options;

    internal OlsTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "Ols", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        OptionCheck.NotBelowZero(options.L2Regularization, nameof(options.L2Regularization));
        _options = options.Snapshot<Options>();
    }

    private protected override OlsModelParameters Train(TrainingSet examples, TrainingEnvironment environment)
    {
        environment.Report(Name, 0, 1);
        NumberLabels.CheckFinite(examples, Name, LabelColumnName);
        double sum = ExampleWeights.Sum(examples), mean = 0;
        double[] weights = new double[examples.RowCount], targets = new double[examples.RowCount];
        for (int row = 0; row < weights.Length; row++) mean += (weights[row] = examples.WeightOf(row)) * examples.Labels[row] / sum;
        for (int row = 0; row < weights.Length; row++) targets[row] = examples.Labels[row] - mean;
        double ridge = (double)_options.L2Regularization * _options.L2Regularization * sum;
        var equations = new RidgeEquations(examples.Features, weights, targets, ridge, new bool[examples.Features.ColumnCount], Name, environment.CancellationToken);
        var (solution, bias) = equations.Solve(mean);
        OlsFit fit = FitOf(examples, solution, bias, mean, equations);
        environment.Report(Name, 1, 1, fit.ResidualSum / sum);
        return new OlsModelParameters(Array.ConvertAll(solution, weight => (float)weight), (float)bias, fit);
    }

    private OlsFit FitOf(TrainingSet examples, double[] solution, double bias, double mean, RidgeEquations equations)
    {
        double residuals = 0, total = 0;
        int count = 0;
        for (int row = 0; row < examples.RowCount; row++)
        {
            double weight = examples.WeightOf(row), score = bias;
            if (weight == 0) continue;
            count++;
            RowVector<float> vector = examples.Features[row];
            for (int i = 0; i < vector.Values.Length; i++) score += solution[vector.IsDense ? i : vector.Indices[i]] * vector.Values[i];
            residuals += weight * (examples.Labels[row] - score) * (examples.Labels[row] - score);
            total += weight * (examples.Labels[row] - mean) * (examples.Labels[row] - mean);
        }
        int degrees = count - equations.ParameterCount;
        double share = 1 - residuals / total, adjusted = degrees > 0 ? 1 - (1 - share) * (count - 1) / degrees : double.NaN;
        if (!_options.CalculateStatistics || degrees <= 0) return new OlsFit(residuals, share, adjusted, null);
        double[] errors = Array.ConvertAll(equations.Variances(), variance => Math.Sqrt(Math.Max(0, variance) * residuals / degrees));
        double[] tValues = [.. errors.Select((error, i) => (i == 0 ? bias : solution[i - 1]) / error)];
        return new OlsFit(residuals, share, adjusted, new OlsStatistics(errors, tValues, Array.ConvertAll(tValues, t => StudentDistribution.TwoSided(t, degrees))));
    }
}

/// <summary>How well a model fits.</summary>
internal sealed record OlsFit(double ResidualSum, double RSquared, double RSquaredAdjusted, OlsStatistics? Statistics);

/// <summary>Statistics per parameter, those of the bias first.</summary>
internal sealed record OlsStatistics(double[] StandardErrors, double[] TValues, double[] PValues);
