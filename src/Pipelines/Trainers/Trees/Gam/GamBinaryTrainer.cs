using MLPipelines.Calibrators;

namespace MLPipelines.Trainers.FastTree;

/// <summary>
/// A generalized additive model of two classes: the log of the odds is a sum of one function per feature, which can be drawn and
/// read. See <see cref="GamLearner{TLoss}"/> for how it learns.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, the log of the odds; <c>Probability</c>; <c>PredictedLabel</c>. Features may be missing (NaN). Nothing
/// is gained by scaling them.</para>
/// <para>Memory: 2 bytes per row and feature beside the training set. The time grows with rows × features × rounds.</para>
/// <para>Source: Lou, Caruana and Gehrke, "Intelligible Models for Classification and Regression" (2012).</para>
/// </remarks>
public sealed class GamBinaryTrainer : BinaryTrainer<CalibratedModelParametersBase<GamBinaryModelParameters, PlattCalibrator>>
{
    /// <summary>Options of <see cref="GamBinaryTrainer"/>.</summary>
    public sealed class Options : GamOptionsBase
    {
        /// <summary>Whether both classes count the same in sum, however many rows they have.</summary>
        public bool UnbalancedSets;
    }

    private readonly Options _options;

    internal GamBinaryTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "Gam", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    private protected override bool AcceptsMissingValues => true;

    /// <summary>Learns a model, and keeps the rounds up to the best on other rows.</summary>
    /// <param name="trainData">What is learned from.</param>
    /// <param name="validationData">Measured by the log loss after each round.</param>
    public BinaryPredictionTransformer<CalibratedModelParametersBase<GamBinaryModelParameters, PlattCalibrator>> Fit(IDataView trainData, IDataView validationData) =>
        Fit(trainData, validationData, (examples, validation, environment) => Train(examples, environment, validation));

    private protected override CalibratedModelParametersBase<GamBinaryModelParameters, PlattCalibrator> Train(TrainingSet examples, TrainingEnvironment environment) =>
        Train(examples, environment, validation: null);

    private SigmoidModelParameters<GamBinaryModelParameters> Train(TrainingSet examples, TrainingEnvironment environment, TrainingSet? validation)
    {
        ExampleWeights.PresentClasses(examples, classCount: 2);
        double positive = 1, negative = 1;
        if (_options.UnbalancedSets)
        {
            double positives = Enumerable.Range(0, examples.RowCount).Sum(row => examples.Labels[row] > 0 ? examples.WeightOf(row) : 0), all = ExampleWeights.Sum(examples);
            (positive, negative) = (all / 2 / positives, all / 2 / (all - positives));
        }
        var learner = new GamLearner<GamLogisticLoss>(new GamLogisticLoss(positive, negative), examples, _options);
        return new(new GamBinaryModelParameters(learner.Learn(Name, environment, validation)), slope: 1);
    }
}
