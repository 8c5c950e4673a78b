namespace MLPipelines.Trainers;

/// <summary>
/// A linear model of two classes by stochastic gradient descent, with a loss of one's choice. With n examples x of label y = ±1 and
/// weight v, it minimizes (1/n) Σ v loss(w·x + b, y) + l2/2 ‖w‖². The bias is not regularized.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, above 0 for the positive class, and <c>PredictedLabel</c>. A calibrator makes probabilities of scores.</para>
/// <para>As for <see cref="SgdCalibratedTrainer"/>: normalize, and mind that few examples need many passes.</para>
/// </remarks>
public sealed class SgdNonCalibratedTrainer : SgdBinaryTrainerBase<LinearBinaryModelParameters>
{
    /// <summary>Options of <see cref="SgdNonCalibratedTrainer"/>.</summary>
    public sealed class Options : SgdOptionsBase
    {
        /// <summary>What is minimized.</summary>
        public IClassificationLoss LossFunction = new LogLoss();
    }

    internal SgdNonCalibratedTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "SgdNonCalibrated", options, options.LossFunction ?? new LogLoss()) { }

    private protected override bool IsCalibrated => false;

    private protected override LinearBinaryModelParameters CreateModel(float[] weights, float bias) => new(weights, bias);
}
