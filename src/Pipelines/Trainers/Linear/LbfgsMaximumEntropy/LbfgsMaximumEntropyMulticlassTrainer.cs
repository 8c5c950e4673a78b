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

    private protected override MaximumEntropyModelParameters Train(TrainingSet examples, TrainingEnvironment environment)
    {
        bool[] present = ExampleWeights.PresentClasses(examples, examples.ClassCount);
        float[] start = Array.ConvertAll(present, p => p ? 0 : ExampleWeights.AbsentBias);
        var (weights, biases) = LbfgsLearner.Learn<SoftmaxLoss>(examples, examples.ClassCount, start, _options, Name, environment);
        return new MaximumEntropyModelParameters(weights, biases, examples.Features.ColumnCount);
    }
}
