namespace MLPipelines.Trainers.FastTree;

/// <summary>
/// A generalized additive model of a number: a sum of one function per feature, which can be drawn and read. See
/// <see cref="GamLearner{TLoss}"/> for how it learns.
/// </summary>
/// <remarks>
/// <para>Column: <c>Score</c>. Features may be missing (NaN). Nothing is gained by scaling them.</para>
/// <para>Memory: 2 bytes per row and feature beside the training set. The time grows with rows × features × rounds.</para>
/// <para>Source: Lou, Caruana and Gehrke, "Intelligible Models for Classification and Regression" (2012).</para>
/// </remarks>
public sealed class GamRegressionTrainer : RegressionTrainer<GamRegressionModelParameters>
{
    /// <summary>Options of <see cref="GamRegressionTrainer"/>.</summary>
    public sealed class Options : GamOptionsBase
    {
        /// <summary>What the validation set is measured by: 1 for absolute, 2 for squared errors.</summary>
        public int PruningMetrics = 2;
    }

    private readonly Options _options;

    internal GamRegressionTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "Gam", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        OptionCheck.Between(1, options.PruningMetrics, 2, nameof(options.PruningMetrics));
        _options = options.Snapshot<Options>();
    }

    private protected override bool AcceptsMissingValues => true;

    /// <summary>Learns a model, and keeps the rounds up to the best on other rows.</summary>
    /// <param name="trainData">What is learned from.</param>
    /// <param name="validationData">Measured after each round by what <see cref="Options.PruningMetrics"/> says.</param>
    public RegressionPredictionTransformer<GamRegressionModelParameters> Fit(IDataView trainData, IDataView validationData) =>
        Fit(trainData, validationData, (examples, validation, environment) => Train(examples, environment, validation));

    private protected override GamRegressionModelParameters Train(TrainingSet examples, TrainingEnvironment environment) => Train(examples, environment, validation: null);

    private GamRegressionModelParameters Train(TrainingSet examples, TrainingEnvironment environment, TrainingSet? validation)
    {
        NumberLabels.CheckFinite(examples, Name, LabelColumnName);
        ExampleWeights.Sum(examples);
        var learner = new GamLearner<GamSquaredLoss>(new GamSquaredLoss(_options.PruningMetrics == 1), examples, _options);
        return new GamRegressionModelParameters(learner.Learn(Name, environment, validation));
    }
}
