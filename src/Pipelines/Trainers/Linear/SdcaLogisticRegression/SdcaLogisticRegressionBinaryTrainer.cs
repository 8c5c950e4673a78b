using MLPipelines.Calibrators;

namespace MLPipelines.Trainers;

/// <summary>
/// Logistic regression by stochastic dual coordinate ascent. With n examples x of label y = ±1 and weight v, it minimizes
/// (1/n) Σ v log(1 + exp(−y (w·x + b))) + l2 (½‖w‖² + l1 ‖w‖₁ + ½ b²). With a bias learning rate above 0, the bias is not regularized.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, the log of the odds; <c>Probability</c>; <c>PredictedLabel</c>.</para>
/// <para>Convergence depends on the lengths of the feature vectors: about 1 is best; numeric columns that are not normalized
/// (NormalizeMinMax, NormalizeMeanVariance) need very many passes. Nothing is normalized silently.</para>
/// <para>Sources: Shalev-Shwartz and Zhang, "Stochastic Dual Coordinate Ascent Methods for Regularized Loss Minimization"
/// (2013), "Accelerated Proximal SDCA" (2014); Yu, Huang and Lin, "Dual Coordinate Descent Methods for Logistic Regression and
/// Maximum Entropy Models" (2011).</para>
/// </remarks>
public sealed class SdcaLogisticRegressionBinaryTrainer : BinaryTrainer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>
{
    /// <summary>Options of <see cref="SdcaLogisticRegressionBinaryTrainer"/>.</summary>
    public sealed class Options : SdcaOptionsBase
    {
        /// <summary>A factor on the weights of the examples whose label is true, for data with few of them; above 0.</summary>
        public float PositiveInstanceWeight = 1;
    }

    private readonly Options _options;

    internal SdcaLogisticRegressionBinaryTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "SdcaLogisticRegression", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        OptionCheck.AboveZero(options.PositiveInstanceWeight, nameof(options.PositiveInstanceWeight));
        _options = options.Snapshot<Options>();
    }

    private protected override CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator> Train(TrainingSet examples, TrainingEnvironment environment)
    {
        ExampleWeights.PresentClasses(examples, classCount: 2);
        if (_options.PositiveInstanceWeight != 1)
        {
            float[] weights = [.. Enumerable.Range(0, examples.RowCount).Select(row => examples.WeightOf(row) * (examples.Labels[row] > 0 ? _options.PositiveInstanceWeight : 1))];
            examples = new TrainingSet(examples.Features, examples.Labels, weights, examples.ClassCount);
        }
        SdcaSettings settings = _options.ToSettings(examples, Name, environment, isRegression: false);
        var solver = new SdcaSolver<LogisticDualLoss>(examples, default, settings, initialBias: 0, environment.CancellationToken);
        solver.Run(state => environment.Report(Name, state.Pass, settings.MaximumPasses, state.Primal));
        return CalibratedLinearModelParameters.Logistic(solver.Weights, solver.Bias);
    }
}
