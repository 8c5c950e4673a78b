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
public sealed class SdcaLogisticRegressionBinaryTrainer : SdcaBinaryTrainerBase<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>
{
    /// <summary>Options of <see cref="SdcaLogisticRegressionBinaryTrainer"/>.</summary>
    public sealed class Options : BinaryOptionsBase;

    internal SdcaLogisticRegressionBinaryTrainer(TrainingEnvironment environment, Options options) : base(environment, "SdcaLogisticRegression", options) { }

    private protected override CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator> Train(TrainingSet examples, TrainingEnvironment environment)
    {
        var (weights, bias) = Solve(default(LogisticDualLoss), examples, environment);
        return CalibratedLinearModelParameters.Logistic(weights, bias);
    }
}
