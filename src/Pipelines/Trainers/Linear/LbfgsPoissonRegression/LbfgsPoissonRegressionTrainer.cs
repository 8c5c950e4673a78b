namespace MLPipelines.Trainers;

/// <summary>
/// Poisson regression by L-BFGS, for labels that count something: the mean is exp(w·x + b). With examples x of label y and weight v,
/// it minimizes Σ v (exp(w·x + b) − y (w·x + b)) + l2/2 ‖w‖² + l1 ‖w‖₁. The bias is not regularized.
/// </summary>
/// <remarks>
/// <para>Column: <c>Score</c>, the predicted mean. Labels must not be negative.</para>
/// <para>Features of very different scales slow the descent: normalize them. Memory: the features twice, one number per row,
/// and 2 × HistorySize + 5 numbers per weight.</para>
/// <para>Sources: Nelder and Wedderburn, "Generalized Linear Models" (1972); Nocedal and Wright, "Numerical Optimization" (2006).</para>
/// </remarks>
public sealed class LbfgsPoissonRegressionTrainer : RegressionTrainer<PoissonRegressionModelParameters>
{
    /// <summary>Options of <see cref="LbfgsPoissonRegressionTrainer"/>.</summary>
    public sealed class Options : LbfgsOptionsBase;

    private readonly Options _options;

    internal LbfgsPoissonRegressionTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "LbfgsPoissonRegression", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    /// <summary>Learns a model, starting from another one.</summary>
    /// <param name="trainData">The examples.</param>
    /// <param name="linearModel">Where the descent starts; of as many features.</param>
    public RegressionPredictionTransformer<PoissonRegressionModelParameters> Fit(IDataView trainData, LinearModelParameters linearModel)
    {
        ArgumentNullException.ThrowIfNull(linearModel);
        return Fit(trainData, (examples, environment) => Train(examples, environment, LinearStart.From(linearModel, examples, Name)));
    }

    private protected override PoissonRegressionModelParameters Train(TrainingSet examples, TrainingEnvironment environment) => Train(examples, environment, start: null);

    private PoissonRegressionModelParameters Train(TrainingSet examples, TrainingEnvironment environment, LinearStart? start)
    {
        NumberLabels.CheckNotNegative(examples, Name, LabelColumnName);
        var (weights, biases) = LbfgsLearner.Learn<PoissonScoreLoss>(examples, scoreCount: 1, (start?.Weights, [start?.Bias ?? 0]), _options, Name, environment);
        return new PoissonRegressionModelParameters(weights, biases[0]);
    }
}
