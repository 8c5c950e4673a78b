using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.FastTree;

/// <summary>A random forest for two classes: trees that learn apart from each other, each from a sample of the rows and features, and say −1 or 1.</summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, above 0 for the positive class, and <c>PredictedLabel</c>. A calibrator makes probabilities of scores.
/// Features may be missing (NaN); nothing is gained by scaling them.</para>
/// <para>The training set is held in memory, and one byte per row and feature beside it.</para>
/// <para>Sources: Breiman, "Random Forests" (2001).</para>
/// </remarks>
public sealed class FastForestBinaryTrainer : BinaryTrainer<FastForestBinaryModelParameters>
{
    /// <summary>Options of <see cref="FastForestBinaryTrainer"/>.</summary>
    public sealed class Options : FastForestOptionsBase
    {
        /// <summary>The most that a tree says, at least 0; without effect from 1 on, since labels are −1 and 1.</summary>
        public double MaximumOutputMagnitudePerTree = 100;
    }

    private readonly Options _options;

    internal FastForestBinaryTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "FastForest", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    private protected override bool AcceptsMissingValues => true;

    /// <summary>Learns a model. A forest needs no validation set: other rows are without effect.</summary>
    /// <param name="trainData">What is learned from.</param>
    /// <param name="validationData">Not looked at.</param>
    public BinaryPredictionTransformer<FastForestBinaryModelParameters> Fit(IDataView trainData, IDataView validationData) => Fit(trainData);

    private protected override bool IsCalibrated => false;

    private protected override FastForestBinaryModelParameters Train(TrainingSet examples, TrainingEnvironment environment)
    {
        ExampleWeights.PresentClasses(examples, classCount: 2);
        BoostingSet rows = BoostingSet.Of(examples) with { Labels = Array.ConvertAll(examples.Labels, label => label > 0 ? 1f : -1f) };
        return new FastForestBinaryModelParameters(RandomForest.Learn(rows, _options.ToBoosting(examples, Name, environment), environment));
    }
}
