namespace MLPipelines.Trainers;

/// <summary>
/// The averaged perceptron: a linear model of two classes that is changed by the examples it does not get right by a margin, and
/// averaged over all examples. See <see cref="AveragedDescent"/>.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, above 0 for the positive class, and <c>PredictedLabel</c>. A calibrator makes probabilities of scores.</para>
/// <para>Normalize features of different scales: steps are as long as the features. The training set is held in memory.</para>
/// <para>Source: Freund and Schapire, "Large Margin Classification Using the Perceptron Algorithm" (1999).</para>
/// </remarks>
public sealed class AveragedPerceptronTrainer : OnlineBinaryTrainer
{
    /// <summary>Options of <see cref="AveragedPerceptronTrainer"/>.</summary>
    public sealed class Options : AveragedLinearOptions
    {
        public Options() => NumberOfIterations = DefaultIterations;

        /// <summary>What the steps decrease; <see langword="null"/> for the hinge loss.</summary>
        public IClassificationLoss? LossFunction { get; set; }

        internal const int DefaultIterations = 10;
    }

    private readonly Options _options;

    internal AveragedPerceptronTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "AveragedPerceptron", options, weightColumn: null) => _options = options.Snapshot<Options>();

    private protected override LinearStart Descend(TrainingSet examples, TrainingEnvironment environment, LinearStart start) =>
        new AveragedDescent(examples, _options.LossFunction ?? new HingeLoss(), _options, start).Run(Name, environment);
}
