namespace MLPipelines.AutoML;

/// <summary>Choosing how an experiment searches. All work on the options that the experiment has when it is run.</summary>
public static class AutoMLExperimentTuners
{
    /// <summary>Points drawn at random.</summary>
    public static AutoMLExperiment SetRandomSearchTuner(this AutoMLExperiment experiment, int? seed = null) =>
        experiment.SetTuner(_ => new RandomSearchTuner(SpaceOf(experiment), seed ?? experiment.Settings.Seed));

    /// <summary>All points of a grid, one after the other.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="step">How many values of each number are tried.</param>
    public static AutoMLExperiment SetGridSearchTuner(this AutoMLExperiment experiment, int step = 10) => experiment.SetTuner(_ => new GridSearchTuner(SpaceOf(experiment), step));

    /// <summary>A forest learns which points are promising (Hutter, Hoos, Leyton-Brown 2011).</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="numberInitialPopulation">How many random points come first.</param>
    /// <param name="fitModelEveryNTrials">There for programs written for ML.NET: the forest learns from every trial.</param>
    /// <param name="numberOfTrees">The trees of the forest.</param>
    /// <param name="nMinForSpit">Fewer points are not split.</param>
    /// <param name="splitRatio">The part of the options that a split looks at.</param>
    /// <param name="localSearchParentCount">From how many of the best points to step.</param>
    /// <param name="numRandomEISearchConfigurations">How many random points are judged besides.</param>
    /// <param name="epsilon">A step that gains less ends the stepping.</param>
    /// <param name="numNeighboursForNumericalParams">How many neighbours a number has.</param>
    public static AutoMLExperiment SetSmacTuner(this AutoMLExperiment experiment, int numberInitialPopulation = 20, int fitModelEveryNTrials = 10, int numberOfTrees = 10,
        int nMinForSpit = 2, float splitRatio = 0.8f, int localSearchParentCount = 5, int numRandomEISearchConfigurations = 5000, double epsilon = 1e-5,
        int numNeighboursForNumericalParams = 4)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fitModelEveryNTrials, 1);
        var options = new SmacOptions
        {
            NumberInitialPopulation = numberInitialPopulation,
            NumberOfTrees = numberOfTrees,
            NMinForSpit = nMinForSpit,
            SplitRatio = splitRatio,
            LocalSearchParentCount = localSearchParentCount,
            NumRandomEISearchConfigurations = numRandomEISearchConfigurations,
            Epsilon = epsilon,
            NumNeighboursForNumericalParams = numNeighboursForNumericalParams,
        };
        return experiment.SetTuner(_ => new SmacTuner(SpaceOf(experiment), options, seed: experiment.Settings.Seed));
    }

    /// <summary>Steps from the cheap start of the options to better ones (CFO: Wu, Wang, Huang 2021).</summary>
    public static AutoMLExperiment SetCostFrugalTuner(this AutoMLExperiment experiment) =>
        experiment.SetTuner(_ => new CostFrugalTuner(SpaceOf(experiment), seed: experiment.Settings.Seed));

    /// <summary>The same for each trainer of a pipeline, with the time shared out by what the next improvement is expected to cost (Wang et al. 2021). The default of SetPipeline.</summary>
    public static AutoMLExperiment SetEciCostFrugalTuner(this AutoMLExperiment experiment) =>
        experiment.SetTuner(_ => new EciCostFrugalTuner(SpaceOf(experiment), seed: experiment.Settings.Seed));

    private static SearchSpace.SearchSpace SpaceOf(AutoMLExperiment experiment) => experiment.Settings.SearchSpace!;
}
