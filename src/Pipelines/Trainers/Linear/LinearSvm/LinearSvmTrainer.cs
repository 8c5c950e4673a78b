namespace MLPipelines.Trainers;

/// <summary>
/// A linear support vector machine of two classes, learned example by example. See <see cref="PegasosDescent"/> for the objective and the steps.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, above 0 for the positive class, and <c>PredictedLabel</c>. A calibrator makes probabilities of scores.</para>
/// <para>Normalize features of different scales. One pass, the default, is quick and rough: <c>SdcaNonCalibrated</c> with the hinge
/// loss finds the optimum. The training set is held in memory.</para>
/// </remarks>
public sealed class LinearSvmTrainer : OnlineBinaryTrainer
{
    /// <summary>Options of <see cref="LinearSvmTrainer"/>.</summary>
    public sealed class Options : OnlineLinearOptions
    {
        /// <summary>λ: the weight of ½‖w‖² against the mean of the losses; above 0.</summary>
        public float Lambda = 0.001f;

        /// <summary>How many examples make a step; at least 1.</summary>
        public int BatchSize = 1;

        /// <summary>Whether weights that are longer than 1 / √λ, as those of the optimum never are, are cut to that after a step.</summary>
        public bool PerformProjection;

        /// <summary>Whether the bias stays 0.</summary>
        public bool NoBias;

        /// <summary>The column that says how much each example counts; <see langword="null"/> when all count the same.</summary>
        public string? ExampleWeightColumnName;

        internal override void Check()
        {
            base.Check();
            OptionCheck.AboveZero(Lambda, nameof(Lambda));
            OptionCheck.AboveZero(BatchSize, nameof(BatchSize));
        }
    }

    private readonly Options _options;

    internal LinearSvmTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "LinearSvm", options, options.ExampleWeightColumnName) => _options = options.Snapshot<Options>();

    private protected override LinearStart Descend(TrainingSet examples, TrainingEnvironment environment, LinearStart start) =>
        new PegasosDescent(examples, _options, start).Run(Name, environment);
}
