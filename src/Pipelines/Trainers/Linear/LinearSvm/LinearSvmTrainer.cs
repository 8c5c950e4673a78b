namespace MLPipelines.Trainers;

/// <summary>
/// A linear support vector machine of two classes, learned example by example. See <see cref="PegasosDescent"/> for the objective and the steps.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, above 0 for the positive class, and <c>PredictedLabel</c>. A calibrator makes probabilities of scores.</para>
/// <para>Normalize features of different scales. One pass, the default, is quick and rough: <c>SdcaNonCalibrated</c> with the hinge
/// loss finds the optimum. The training set is held in memory.</para>
/// </remarks>
public sealed class LinearSvmTrainer : BinaryTrainer<LinearBinaryModelParameters>
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
        : base(environment, "LinearSvm", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    private protected override bool IsCalibrated => false;

    /// <summary>Learns a model, starting from another one.</summary>
    /// <param name="trainData">The examples.</param>
    /// <param name="modelParameters">Where the steps start; of as many features.</param>
    public BinaryPredictionTransformer<LinearBinaryModelParameters> Fit(IDataView trainData, LinearModelParameters modelParameters)
    {
        ArgumentNullException.ThrowIfNull(modelParameters);
        return Fit(trainData, (examples, environment) => Train(examples, environment, LinearStart.From(modelParameters, examples, Name)));
    }

    private protected override LinearBinaryModelParameters Train(TrainingSet examples, TrainingEnvironment environment) =>
        Train(examples, environment, LinearStart.Scattered(examples.Features.ColumnCount, _options.InitialWeightsDiameter, environment.SeedFor(Name + " start")));

    private LinearBinaryModelParameters Train(TrainingSet examples, TrainingEnvironment environment, LinearStart start)
    {
        ExampleWeights.PresentClasses(examples, classCount: 2);
        var end = new PegasosDescent(examples, _options, start).Run(Name, environment);
        return new LinearBinaryModelParameters(end.Weights, end.Bias);
    }
}
