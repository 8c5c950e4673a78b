namespace MLPipelines.Trainers;

/// <summary>Options of the trainers by stochastic gradient descent.</summary>
public abstract class SgdOptionsBase : TrainerInputBaseWithWeight
{
    private protected SgdOptionsBase() { }

    /// <summary>The weight of ½‖w‖² against the mean of the losses; not below 0. The bias is not regularized.</summary>
    public float L2Regularization = Defaults.L2Regularization;

    /// <summary>Without effect: examples are visited one after the other, so that the same seed gives the same model. Kept so that code ports.</summary>
    public int? NumberOfThreads;

    /// <summary>Training ends when the objective changes less, as a moving average over the checks.</summary>
    public double ConvergenceTolerance = 1e-4;

    /// <summary>The largest number of passes over the examples; at least 1.</summary>
    public int NumberOfIterations = Defaults.NumberOfIterations;

    /// <summary>How far the first step goes against the derivative of the loss; above 0.</summary>
    public double LearningRate = Defaults.LearningRate;

    /// <summary>Whether examples are visited in a new random order in each pass.</summary>
    public bool Shuffle = true;

    /// <summary>A factor on the weights of the examples whose label is true, for data with few of them; above 0.</summary>
    public float PositiveInstanceWeight = 1;

    /// <summary>After how many passes the objective is computed; 0 or less for never, <see langword="null"/> for 5.</summary>
    public int? CheckFrequency;

    internal static class Defaults
    {
        internal const float L2Regularization = 1e-6f;
        internal const int NumberOfIterations = 20;
        internal const double LearningRate = 0.01;
    }

    internal void Check()
    {
        OptionCheck.NotBelowZero(L2Regularization, nameof(L2Regularization));
        OptionCheck.AboveZero(NumberOfIterations, nameof(NumberOfIterations));
        OptionCheck.AboveZero((float)LearningRate, nameof(LearningRate));
        OptionCheck.AboveZero(PositiveInstanceWeight, nameof(PositiveInstanceWeight));
        if (NumberOfThreads is { } threads) OptionCheck.AboveZero(threads, nameof(NumberOfThreads));
    }
}
