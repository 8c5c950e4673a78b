namespace MLPipelines.Trainers;

/// <summary>Options of the trainers that use stochastic dual coordinate ascent.</summary>
public abstract class SdcaOptionsBase : TrainerInputBaseWithWeight
{
    private protected SdcaOptionsBase() { }

    /// <summary>λ: the weight of ½‖w‖² against the mean of the losses; at least 1e-9, smaller ones are raised to it. <see langword="null"/> chooses by the number of examples (<see cref="SdcaDefaults"/>).
    /// For classes it is raised, too, where the passes are far from enough for it: to the mean of ‖x‖² / (4 · passes · examples).</summary>
    public float? L2Regularization;

    /// <summary>
    /// θ: the weight of ‖w‖₁ relative to that of ½‖w‖², so that λ θ ‖w‖₁ is added; not below 0. <see langword="null"/> is 0
    /// (<see cref="SdcaDefaults"/> says why).
    /// </summary>
    public float? L1Regularization;

    /// <summary>How many threads compute the duality gap; <see langword="null"/> for all cores. Updates are made one after the other, so the number does not change the result.</summary>
    public int? NumberOfThreads;

    /// <summary>Training ends when the duality gap, which bounds the distance to the optimum, is smaller relative to the objective; above 0, at most 1.</summary>
    public float ConvergenceTolerance = 0.1f;

    /// <summary>The largest number of passes over the examples; <see langword="null"/> chooses by their number (<see cref="SdcaDefaults"/>).</summary>
    public int? MaximumNumberOfIterations;

    /// <summary>Whether examples are visited in a new random order in each pass.</summary>
    public bool Shuffle = true;

    /// <summary>After how many passes the duality gap is computed; 0 or less for never. <see langword="null"/>: when the last pass suggests that it is small enough.</summary>
    public int? ConvergenceCheckFrequency;

    /// <summary>
    /// 0: the bias is regularized as a weight (but never shrunk by θ). Above 0: it is not regularized. The optimum is the same for all values above 0.
    /// </summary>
    public float BiasLearningRate;

    internal void Check()
    {
        if (L2Regularization is { } l2) OptionCheck.NotBelowZero(l2, nameof(L2Regularization));
        if (L1Regularization is { } l1) OptionCheck.NotBelowZero(l1, nameof(L1Regularization));
        if (MaximumNumberOfIterations is { } passes) OptionCheck.AboveZero(passes, nameof(MaximumNumberOfIterations));
        if (NumberOfThreads is { } threads) OptionCheck.AboveZero(threads, nameof(NumberOfThreads));
        if (!(ConvergenceTolerance > 0 && ConvergenceTolerance <= 1))
            throw new ArgumentOutOfRangeException(nameof(ConvergenceTolerance), ConvergenceTolerance, "ConvergenceTolerance is a number above 0 and at most 1.");
        OptionCheck.NotBelowZero(BiasLearningRate, nameof(BiasLearningRate));
    }

    internal SdcaSettings ToSettings(TrainingSet examples, string name, TrainingEnvironment environment, bool isRegression)
    {
        int passes = MaximumNumberOfIterations ?? SdcaDefaults.MaximumPasses(examples.RowCount);
        float l2 = L2Regularization ?? (isRegression ? SdcaDefaults.RegressionL2(examples.RowCount) : SdcaDefaults.L2(examples.RowCount, passes));
        return new SdcaSettings
        {
            L2 = Math.Max(l2, SdcaDefaults.SmallestL2),
            L1Threshold = L1Regularization ?? SdcaDefaults.L1Threshold,
            MaximumPasses = passes,
            RaiseL2 = !isRegression,
            Tolerance = ConvergenceTolerance,
            CheckFrequency = ConvergenceCheckFrequency is { } frequency ? Math.Max(0, frequency) : null,
            Shuffle = Shuffle,
            Seed = environment.SeedFor(name),
            FreeBias = BiasLearningRate > 0,
            Threads = NumberOfThreads ?? Environment.ProcessorCount,
        };
    }
}
