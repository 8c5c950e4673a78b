namespace MLPipelines.Trainers;

/// <summary>Options of the trainers that minimize by L-BFGS.</summary>
public abstract class LbfgsOptionsBase : TrainerInputBaseWithWeight
{
    private protected LbfgsOptionsBase() { }

    /// <summary>The weight of ½‖w‖² against the sum of the losses; not below 0. scikit-learn's 1 / C. Biases are not regularized.</summary>
    public float L2Regularization = Defaults.L2Regularization;

    /// <summary>The weight of ‖w‖₁ against the sum of the losses; not below 0. Above 0, many weights become exactly 0.</summary>
    public float L1Regularization = Defaults.L1Regularization;

    /// <summary>Training ends when the objective improves less, relative to its value, on average over five iterations; above 0.</summary>
    public float OptimizationTolerance = Defaults.OptimizationTolerance;

    /// <summary>How many past steps shape the next one; at least 1. More need more memory: two numbers per weight and step.</summary>
    public int HistorySize = Defaults.HistorySize;

    /// <summary>At least 1.</summary>
    public int MaximumNumberOfIterations = Defaults.MaximumNumberOfIterations;

    /// <summary>Weights start at random between plus and minus half of this; 0 starts at 0. The optimum is the same.</summary>
    public float InitialWeightsDiameter;

    /// <summary>How many threads compute; <see langword="null"/> for all cores. It does not change the result.</summary>
    public int? NumberOfThreads;

    /// <summary>Keeps weights, not biases, from being below 0.</summary>
    public bool EnforceNonNegativity = Defaults.EnforceNonNegativity;

    /// <summary>Without effect: vectors are dense always. Kept so that code ports.</summary>
    public bool DenseOptimizer;

    /// <summary>Without effect: progress is reported to <see cref="MLContext.Progress"/>. Kept so that code ports.</summary>
    public bool Quiet;

    /// <summary>Without effect: the objective is convex, so the start does not change the optimum. Kept so that code ports.</summary>
    public float StochasticGradientDescentInitilaizationTolerance;

    internal static class Defaults
    {
        internal const float L2Regularization = 1;
        internal const float L1Regularization = 1;
        internal const float OptimizationTolerance = 1e-7f;
        internal const int HistorySize = 20;
        internal const int MaximumNumberOfIterations = int.MaxValue;
        internal const bool EnforceNonNegativity = false;
    }

    internal void Check()
    {
        OptionCheck.NotBelowZero(L2Regularization, nameof(L2Regularization));
        OptionCheck.NotBelowZero(L1Regularization, nameof(L1Regularization));
        OptionCheck.NotBelowZero(InitialWeightsDiameter, nameof(InitialWeightsDiameter));
        OptionCheck.AboveZero(OptimizationTolerance, nameof(OptimizationTolerance));
        OptionCheck.AboveZero(HistorySize, nameof(HistorySize));
        OptionCheck.AboveZero(MaximumNumberOfIterations, nameof(MaximumNumberOfIterations));
        if (NumberOfThreads is { } threads) OptionCheck.AboveZero(threads, nameof(NumberOfThreads));
    }
}
