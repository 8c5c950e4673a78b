using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.FastTree;

/// <summary>
/// Boosted trees for amounts that are often 0 and else spread widely, such as claims: the logarithm of the mean of a Tweedie
/// distribution, which is a sum of a random number of random amounts.
/// </summary>
/// <remarks>
/// <para>Column: <c>Score</c>, the predicted mean, above 0. Labels are not negative. Features may be missing (NaN).</para>
/// <para>The training set is held in memory, and one byte per row and feature beside it.</para>
/// <para>Source: Yang, Qian and Zou, "Insurance Premium Prediction via Gradient Tree-Boosted Tweedie Compound Poisson Models" (2016).</para>
/// </remarks>
public sealed class FastTreeTweedieTrainer : RegressionTrainer<FastTreeTweedieModelParameters>
{
    /// <summary>Options of <see cref="FastTreeTweedieTrainer"/>.</summary>
    public sealed class Options : BoostedTreeOptions
    {
        /// <summary>The power of the mean that the variance grows with: 1 for counts (Poisson), 2 for amounts without zeros (gamma), between them for both.</summary>
        public double Index = 1.5;

        /// <summary>What the early stopping rule and pruning look at.</summary>
        public EarlyStoppingMetric EarlyStoppingMetric { get; set; } = EarlyStoppingMetric.L1Norm;

        internal override void Check()
        {
            base.Check();
            if (!(Index is >= 1 and <= 2)) throw new ArgumentOutOfRangeException(nameof(Index), Index, $"{nameof(Index)} is a number between 1 and 2.");
        }
    }

    private readonly Options _options;

    internal FastTreeTweedieTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "FastTree", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    private protected override bool AcceptsMissingValues => true;

    /// <summary>Learns a model with other rows for early stopping and pruning.</summary>
    /// <param name="trainData">What is learned from.</param>
    /// <param name="validationData">What <see cref="BoostedTreeOptions.EarlyStoppingRule"/> and <see cref="BoostedTreeOptions.EnablePruning"/> look at.</param>
    public RegressionPredictionTransformer<FastTreeTweedieModelParameters> Fit(IDataView trainData, IDataView validationData) =>
        Fit(trainData, validationData, (examples, validation, environment) => Train(examples, environment, validation));

    private protected override FastTreeTweedieModelParameters Train(TrainingSet examples, TrainingEnvironment environment) => Train(examples, environment, validation: null);

    private FastTreeTweedieModelParameters Train(TrainingSet examples, TrainingEnvironment environment, TrainingSet? validation)
    {
        NumberLabels.CheckNotNegative(examples, Name, LabelColumnName);
        ExampleWeights.Sum(examples);
        BoostingObjective loss = _options.Index switch { 1 => new PoissonObjective(), 2 => new GammaObjective(), var power => new TweedieObjective(power) };
        var learning = new BoostedTreeLearning(_options, Name, environment);
        return new FastTreeTweedieModelParameters(learning.Learn(examples, BoostingSet.Of(examples), new StartingAtZero(new TweedieSteps(loss, _options.Index, _options.MaximumTreeOutput / _options.StepSize)), validation is null ? null : BoostingSet.Of(validation)));
    }
}
