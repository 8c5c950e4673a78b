namespace MLPipelines.AutoML;

/// <summary>Choosing how an experiment searches.</summary>
public static class AutoMLExperimentTuners
{
    /// <summary>Points drawn at random.</summary>
    public static AutoMLExperiment SetRandomSearchTuner(this AutoMLExperiment experiment, int? seed = null) =>
        experiment.SetTuner(_ => new RandomSearchTuner(experiment.Settings.SearchSpace!, seed ?? experiment.Settings.Seed));

    /// <summary>placeholder</summary>
    public static AutoMLExperiment SetEciCostFrugalTuner(this AutoMLExperiment experiment) => experiment.SetRandomSearchTuner();
}
