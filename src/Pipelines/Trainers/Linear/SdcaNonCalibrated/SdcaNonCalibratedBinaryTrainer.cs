namespace MLPipelines.Trainers;

/// <summary>
/// A linear model of two classes by stochastic dual coordinate ascent, with a loss of one's choice. With n examples x of label
/// y = ±1 and weight v, it minimizes (1/n) Σ v loss(w·x + b, y) + l2 (½‖w‖² + l1 ‖w‖₁ + ½ b²). With the hinge loss this is a linear
/// support vector machine. With a bias learning rate above 0, the bias is not regularized.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, above 0 for the positive class, and <c>PredictedLabel</c>. A calibrator makes probabilities of scores.</para>
/// <para>Convergence depends on the lengths of the feature vectors, as for <see cref="SdcaLogisticRegressionBinaryTrainer"/>.</para>
/// <para>Source: Shalev-Shwartz and Zhang, "Stochastic Dual Coordinate Ascent Methods for Regularized Loss Minimization" (2013).</para>
/// </remarks>
public sealed class SdcaNonCalibratedBinaryTrainer : SdcaBinaryTrainerBase<LinearBinaryModelParameters>
{
    /// <summary>Options of <see cref="SdcaNonCalibratedBinaryTrainer"/>.</summary>
    public sealed class Options : BinaryOptionsBase
    {
        /// <summary>What is minimized: <see cref="LogLoss"/>, <see cref="HingeLoss"/>, <see cref="SmoothedHingeLoss"/> or one's own; <see langword="null"/> for the log loss.</summary>
        public ISupportSdcaClassificationLoss? LossFunction { get; set; }
    }

    private readonly ISupportSdcaClassificationLoss? _loss;

    internal SdcaNonCalibratedBinaryTrainer(TrainingEnvironment environment, Options options) : base(environment, "SdcaNonCalibrated", options) => _loss = options.LossFunction;

    private protected override bool IsCalibrated => false;

    private protected override LinearBinaryModelParameters Train(TrainingSet examples, TrainingEnvironment environment)
    {
        var (weights, bias) = _loss is null or LogLoss
            ? Solve(default(LogisticDualLoss), examples, environment)
            : Solve(new CustomDualLoss(_loss), examples, environment);
        return new LinearBinaryModelParameters(weights, bias);
    }
}
