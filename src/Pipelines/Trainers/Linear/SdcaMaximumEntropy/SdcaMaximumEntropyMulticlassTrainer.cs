namespace MLPipelines.Trainers;

/// <summary>
/// Multinomial logistic regression by stochastic dual coordinate ascent. With n examples x of label y and weight v, it minimizes
/// (1/n) Σ v (log Σₖ exp(wₖ·x + bₖ) − w_y·x − b_y) + l2 Σₖ (½‖wₖ‖² + l1 ‖wₖ‖₁ + ½ bₖ²). With a bias learning rate above 0, biases are not regularized.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, the probability of each class, and <c>PredictedLabel</c>. A class of the label's key type that
/// has no example gets probability 0.</para>
/// <para>Convergence depends on the lengths of the feature vectors: about 1 is best, as text features have it; numeric columns
/// that are not normalized (NormalizeMinMax, NormalizeMeanVariance) need very many passes. Nothing is normalized silently.</para>
/// <para>Memory: one number per row and class, and one (two with L1) per feature and class.</para>
/// <para>Sources: Shalev-Shwartz and Zhang, "Stochastic Dual Coordinate Ascent Methods for Regularized Loss Minimization"
/// (2013), "Accelerated Proximal SDCA" (2014); Yu, Huang and Lin, "Dual Coordinate Descent Methods for Logistic Regression and
/// Maximum Entropy Models" (2011).</para>
/// </remarks>
public sealed class SdcaMaximumEntropyMulticlassTrainer : MulticlassTrainer<MaximumEntropyModelParameters>
{
    /// <summary>Options of <see cref="SdcaMaximumEntropyMulticlassTrainer"/>.</summary>
    public sealed class Options : SdcaOptionsBase;

    private readonly Options _options;

    internal SdcaMaximumEntropyMulticlassTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "SdcaMaximumEntropy", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    private protected override MaximumEntropyModelParameters Train(TrainingSet examples, TrainingEnvironment environment)
    {
        SdcaSettings settings = _options.ToSettings(examples, Name, environment, isRegression: false);
        bool[] present = ExampleWeights.PresentClasses(examples, examples.ClassCount);
        var solver = new MulticlassSdcaSolver(examples, present, () => new SoftmaxDualLoss(present.Length), settings, environment.CancellationToken);
        solver.Run(state => environment.Report(Name, state.Pass, settings.MaximumPasses, state.Primal));
        return new MaximumEntropyModelParameters(solver.Weights, solver.Biases, examples.Features.ColumnCount);
    }
}
