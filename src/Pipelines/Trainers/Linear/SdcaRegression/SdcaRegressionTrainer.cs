namespace MLPipelines.Trainers;

/// <summary>
/// Linear regression by stochastic dual coordinate ascent. With n examples x of label y and weight v, it minimizes
/// (1/n) Σ v (w·x + b − y)² + l2 (½‖w‖² + l1 ‖w‖₁), or another loss in place of the square. The bias is not regularized,
/// unless its learning rate is set to 0.
/// </summary>
/// <remarks>
/// <para>Column: <c>Score</c>, the predicted number.</para>
/// <para>Convergence depends on the lengths of the feature vectors: about 1 is best; columns that are not normalized
/// (NormalizeMinMax, NormalizeMeanVariance) need very many passes. Nothing is normalized silently.</para>
/// <para>Sources: Shalev-Shwartz and Zhang, "Stochastic Dual Coordinate Ascent Methods for Regularized Loss Minimization"
/// (2013), "Accelerated Proximal SDCA" (2014); Rockafellar, "Monotone Operators and the Proximal Point Algorithm" (1976) for the bias.</para>
/// </remarks>
public sealed class SdcaRegressionTrainer : RegressionTrainer<LinearRegressionModelParameters>
{
    /// <summary>Options of <see cref="SdcaRegressionTrainer"/>.</summary>
    public sealed class Options : SdcaOptionsBase
    {
        public Options()
        {
            ConvergenceTolerance = 0.01f;
            BiasLearningRate = 1;
        }

        /// <summary>What is minimized; <see langword="null"/> for the squared loss.</summary>
        public ISupportSdcaRegressionLoss? LossFunction;
    }

    private readonly Options _options;

    internal SdcaRegressionTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "SdcaRegression", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    private protected override LinearRegressionModelParameters Train(TrainingSet examples, TrainingEnvironment environment)
    {
        NumberLabels.CheckFinite(examples, Name, LabelColumnName);
        double weightSum = ExampleWeights.Sum(examples), sum = 0;
        for (int row = 0; row < examples.RowCount; row++) sum += (double)examples.WeightOf(row) * examples.Labels[row];
        // A free bias starts near where it will end.
        float initialBias = _options.BiasLearningRate > 0 ? (float)(sum / weightSum) : 0;
        return _options.LossFunction is null or SquaredLoss
            ? Solve(default(SquaredDualLoss), examples, initialBias, environment)
            : Solve(new CustomDualLoss(_options.LossFunction), examples, initialBias, environment);
    }

    private LinearRegressionModelParameters Solve<TLoss>(TLoss loss, TrainingSet examples, float initialBias, TrainingEnvironment environment)
        where TLoss : struct, IDualLoss
    {
        SdcaSettings settings = _options.ToSettings(examples, Name, environment, isRegression: true);
        var solver = new SdcaSolver<TLoss>(examples, loss, settings, initialBias, environment.CancellationToken);
        solver.Run(state => environment.Report(Name, state.Pass, settings.MaximumPasses, state.Primal));
        return new LinearRegressionModelParameters(solver.Weights, solver.Bias);
    }
}
