using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.FastTree;

/// <summary>What is measured on the validation set after each tree, and on the training set beside it.</summary>
public enum EarlyStoppingMetric
{
    /// <summary>The mean absolute error; of two classes, the log loss.</summary>
    L1Norm = 1,

    /// <summary>The root of the mean squared error; of two classes, the log loss.</summary>
    L2Norm = 2,
}

/// <summary>What is measured on the validation set after each tree of a ranking.</summary>
public enum EarlyStoppingRankingMetric
{
    /// <summary>The normalized discounted cumulative gain of the first place.</summary>
    NdcgAt1 = 1,

    /// <summary>That of the first three places.</summary>
    NdcgAt3 = 3,
}

/// <summary>What the options of trainers have that add tree to tree.</summary>
public abstract class BoostedTreeOptions : TreeOptions
{
    private protected BoostedTreeOptions() { }

    /// <summary>How a step is found; without effect here, where all are gradient descent with Newton steps in the leaves.</summary>
    public enum OptimizationAlgorithmType
    {
        /// <summary>Steps along the gradient.</summary>
        GradientDescent,

        /// <summary>Steps with momentum.</summary>
        AcceleratedGradientDescent,

        /// <summary>Steps along conjugate directions.</summary>
        ConjugateGradientDescent,
    }

    /// <summary>Without effect. Kept so that code ports.</summary>
    public bool BestStepRankingRegressionTrees;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public bool UseLineSearch;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public int MaximumNumberOfLineSearchSteps;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public double MinimumStepSize;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public OptimizationAlgorithmType OptimizationAlgorithm = OptimizationAlgorithmType.GradientDescent;

    /// <summary>When to stop adding trees; needs a validation set. <see langword="null"/> for never.</summary>
    public EarlyStoppingRuleBase? EarlyStoppingRule { get; set; }

    /// <summary>Whether only the trees are kept up to the best on the validation set.</summary>
    public bool EnablePruning;

    /// <summary>Whether the best is that of a moving mean, so that chance decides less.</summary>
    public bool UseTolerantPruning;

    /// <summary>How much worse than the best the moving mean may become before the search for the best ends; relative, at least 0.</summary>
    public double PruningThreshold = 0.004;

    /// <summary>How many trees the moving mean is over; above 0.</summary>
    public int PruningWindowSize = 5;

    /// <summary>How much of each tree is added.</summary>
    public double LearningRate = Defaults.LearningRate;

    /// <summary>Times the learning rate; above 0.</summary>
    public double Shrinkage = 1;

    /// <summary>The share of the trees that are left out while the next one is learned; between 0 and 1.</summary>
    public double DropoutRate;

    /// <summary>Without effect: gradients are of all examples. Kept so that code ports.</summary>
    public int GetDerivativesSampleRate = 1;

    /// <summary>Whether all trees are kept although the best on the validation set were fewer.</summary>
    public bool WriteLastEnsemble;

    /// <summary>The most that a leaf adds, after the learning rate, where classes are two; at least 0.</summary>
    public double MaximumTreeOutput = 100;

    /// <summary>Without effect: training starts at 0. Kept so that code ports.</summary>
    public bool RandomStart;

    /// <summary>Without effect. Kept so that code ports.</summary>
    public bool FilterZeroLambdas;

    internal override void Check()
    {
        base.Check();
        OptionCheck.AboveZero((float)LearningRate, nameof(LearningRate));
        OptionCheck.AboveZero((float)Shrinkage, nameof(Shrinkage));
        OptionCheck.NotBelowZero((float)MaximumTreeOutput, nameof(MaximumTreeOutput));
        OptionCheck.NotBelowZero((float)PruningThreshold, nameof(PruningThreshold));
        OptionCheck.NotBelowZero((float)MinimumStepSize, nameof(MinimumStepSize));
        OptionCheck.AboveZero(PruningWindowSize, nameof(PruningWindowSize));
        OptionCheck.AboveZero(GetDerivativesSampleRate, nameof(GetDerivativesSampleRate));
        OptionCheck.Between(0, MaximumNumberOfLineSearchSteps, int.MaxValue, nameof(MaximumNumberOfLineSearchSteps));
        OptionCheck.Share(DropoutRate, nameof(DropoutRate));
    }

    /// <summary>How much of each tree is added, all in all.</summary>
    internal double StepSize => LearningRate * Shrinkage;

    internal override BoostingOptions ToBoosting(TrainingSet examples, string name, TrainingEnvironment environment) => base.ToBoosting(examples, name, environment) with
    {
        LearningRate = StepSize,
        Dart = DropoutRate > 0 ? new DartOptions(DropoutRate, MaximumDropped: 0, SkipRate: 0, Uniform: true) : null,
    };
}
