namespace MLPipelines.Trainers;

/// <summary>
/// Multinomial logistic regression by L-BFGS. With examples x of label y and weight v, it minimizes
/// Σ v (log Σₖ exp(wₖ·x + bₖ) − w_y·x − b_y) + l2/2 Σₖ ‖wₖ‖² + l1 Σₖ ‖wₖ‖₁. Biases are not regularized.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, the probability of each class, and <c>PredictedLabel</c>. A class of the label's key type that
/// has no example gets probability 0.</para>
/// <para>The optimum is unique up to numbers added to all classes alike and does not depend on feature scale except
/// through the regularization; but features of very different scales slow the descent: normalize them.</para>
/// <para>Memory: the features twice, one number per row and class, and 2 × HistorySize + 5 numbers per weight.</para>
/// <para>Sources: Nocedal and Wright, "Numerical Optimization" (2006); Andrew and Gao, "Scalable Training of L1-Regularized
/// Log-Linear Models" (2007).</para>
/// </remarks>
public sealed class LbfgsMaximumEntropyMulticlassTrainer : MulticlassTrainer<MaximumEntropyModelParameters>
{
    /// <summary>Options of <see cref="LbfgsMaximumEntropyMulticlassTrainer"/>.</summary>
    public sealed class Options : LbfgsOptionsBase;

    private readonly Options _options;

    internal LbfgsMaximumEntropyMulticlassTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "LbfgsMaximumEntropy", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    /// <summary>Learns a model, starting from another one.</summary>
    /// <param name="trainData">The examples.</param>
    /// <param name="modelParameters">Where the descent starts; of as many features and classes.</param>
    public MulticlassPredictionTransformer<MaximumEntropyModelParameters> Fit(IDataView trainData, MaximumEntropyModelParameters modelParameters)
    {
        ArgumentNullException.ThrowIfNull(modelParameters);
        return Fit(trainData, (examples, environment) =>
        {
            if (modelParameters.FeatureCount != examples.Features.ColumnCount || modelParameters.ScoreCount != examples.ClassCount) throw new ArgumentException(
                $"{Name}: a model of {modelParameters.FeatureCount} features and {modelParameters.ScoreCount} classes found to start from, column '{FeatureColumnName}' has {examples.Features.ColumnCount} and '{LabelColumnName}' {examples.ClassCount}.", nameof(modelParameters));
            return Train(examples, environment, modelParameters);
        });
    }

    private protected override MaximumEntropyModelParameters Train(TrainingSet examples, TrainingEnvironment environment) => Train(examples, environment, start: null);

    private MaximumEntropyModelParameters Train(TrainingSet examples, TrainingEnvironment environment, MaximumEntropyModelParameters? start)
    {
        bool[] present = ExampleWeights.PresentClasses(examples, examples.ClassCount);
        float[] first = start is null ? new float[present.Length] : [.. start.GetBiases()];
        for (int k = 0; k < present.Length; k++)
        {
            // A class may have come or gone since the model was learned.
            if (!present[k]) first[k] = ExampleWeights.AbsentBias;
            else if (first[k] == ExampleWeights.AbsentBias) first[k] = 0;
        }
        var (weights, biases) = LbfgsLearner.Learn<SoftmaxLoss>(examples, examples.ClassCount, (start?.CopyOfWeights(), first), _options, Name, environment);
        return new MaximumEntropyModelParameters(weights, biases, examples.Features.ColumnCount);
    }
}
