namespace MLPipelines.Trainers.Trees;

/// <summary>
/// Gradient boosting: each round adds, per output, a tree of the steepest descent of the objective, with Newton steps in its leaves
/// (Friedman, "Greedy Function Approximation", 2001; Chen and Guestrin, "XGBoost", 2016; Ke et al., "LightGBM", 2017).
/// </summary>
internal static class GradientBoosting
{
    /// <summary>Learns an ensemble. The same seed gives the same trees for any number of threads.</summary>
    /// <param name="training">What is learned from.</param>
    /// <param name="objective">What is made small.</param>
    /// <param name="options">How trees grow.</param>
    /// <param name="environment">Progress and cancellation.</param>
    /// <param name="validation">What early stopping looks at.</param>
    public static TreeEnsemble Learn(BoostingSet training, BoostingObjective objective, BoostingOptions options, TrainingEnvironment environment, BoostingSet? validation = null)
    {
        BoostingCheck.Options(options, training.Features.ColumnCount);
        BoostingCheck.Rows(training, objective, options.Name);
        if (validation is not null) BoostingCheck.Rows(validation, objective, options.Name);
        using WorkTeam team = WorkTeam.For(training.Features, options);
        return new BoostingRun(training, objective, options, environment, validation, team).Run();
    }
}
