using MLPipelines.Calibrators;

namespace MLPipelines.Trainers;

/// <summary>
/// Logistic regression by stochastic gradient descent. With n examples x of label y = ±1 and weight v, it minimizes
/// (1/n) Σ v log(1 + exp(−y (w·x + b))) + l2/2 ‖w‖². The bias is not regularized.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, the log of the odds; <c>Probability</c>; <c>PredictedLabel</c>.</para>
/// <para>Normalize features of different scales. The default rate and number of passes end well before the optimum where there are
/// few examples; <c>SdcaLogisticRegression</c> and <c>LbfgsLogisticRegression</c> find it. The training set is held in memory.</para>
/// <para>Source: Bottou, "Stochastic Gradient Descent Tricks" (2012).</para>
/// </remarks>
public sealed class SgdCalibratedTrainer : SgdBinaryTrainerBase<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>
{
    /// <summary>Options of <see cref="SgdCalibratedTrainer"/>.</summary>
    public sealed class Options : SgdOptionsBase;

    internal SgdCalibratedTrainer(TrainingEnvironment environment, Options options) : base(environment, "SgdCalibrated", options, new LogLoss()) { }

    private protected override CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator> CreateModel(float[] weights, float bias) =>
        CalibratedLinearModelParameters.Logistic(weights, bias);
}
