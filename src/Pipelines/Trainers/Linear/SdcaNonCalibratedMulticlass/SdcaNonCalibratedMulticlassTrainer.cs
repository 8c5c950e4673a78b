namespace MLPipelines.Trainers;

/// <summary>
/// One linear function per class by stochastic dual coordinate ascent, with a loss of one's choice on how far the right class is
/// ahead of each other one. With n examples x of label y and weight v, it minimizes
/// (1/n) Σ v Σₖ≠y loss((w_y − wₖ)·x + b_y − bₖ) + l2 Σₖ (½‖wₖ‖² + l1 ‖wₖ‖₁ + ½ bₖ²). With a bias learning rate above 0, biases are not regularized.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, one linear function per class, not probabilities, and <c>PredictedLabel</c>. A class of the label's
/// key type that has no example gets the score −10³⁰.</para>
/// <para>Convergence depends on the lengths of the feature vectors, as for <see cref="SdcaMaximumEntropyMulticlassTrainer"/>.</para>
/// <para>Sources: Weston and Watkins, "Support Vector Machines for Multi-Class Pattern Recognition" (1999) for the objective;
/// Shalev-Shwartz and Zhang, "Stochastic Dual Coordinate Ascent Methods for Regularized Loss Minimization" (2013).</para>
/// </remarks>
public sealed class SdcaNonCalibratedMulticlassTrainer : MulticlassTrainer<LinearMulticlassModelParameters>
{
    /// <summary>Options of <see cref="SdcaNonCalibratedMulticlassTrainer"/>.</summary>
    public sealed class Options : SdcaOptionsBase
    {
        /// <summary>The loss of the difference of two scores: <see cref="LogLoss"/>, <see cref="HingeLoss"/>, <see cref="SmoothedHingeLoss"/> or one's own; <see langword="null"/> for the log loss.</summary>
        public ISupportSdcaClassificationLoss? Loss { get; set; }
    }

    private readonly Options _options;

    internal SdcaNonCalibratedMulticlassTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "SdcaNonCalibrated", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        options.Check();
        _options = options.Snapshot<Options>();
    }

    private protected override LinearMulticlassModelParameters Train(TrainingSet examples, TrainingEnvironment environment)
    {
        SdcaSettings settings = _options.ToSettings(examples, Name, environment, isRegression: false);
        bool[] present = ExampleWeights.PresentClasses(examples, examples.ClassCount);
        Func<IClassDualLoss> loss = _options.Loss is null or LogLoss
            ? () => new PairwiseDualLoss<LogisticDualLoss>(default, present)
            : () => new PairwiseDualLoss<CustomDualLoss>(new CustomDualLoss(_options.Loss), present);
        var solver = new MulticlassSdcaSolver(examples, present, loss, settings, environment.CancellationToken);
        solver.Run(state => environment.Report(Name, state.Pass, settings.MaximumPasses, state.Primal));
        return new LinearMulticlassModelParameters(solver.Weights, solver.Biases, examples.Features.ColumnCount);
    }
}
