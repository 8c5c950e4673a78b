using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.FastTree;

/// <summary>Boosting as FastTree's options say, with a rule that stops it and with pruning.</summary>
internal sealed class BoostedTreeLearning(BoostedTreeOptions options, string name, TrainingEnvironment environment)
{
    /// <param name="examples">The training set, for what depends on its columns.</param>
    /// <param name="training">Its rows.</param>
    /// <param name="objective">What is made small, and measured.</param>
    /// <param name="validation">The rows that are measured.</param>
    internal TreeEnsemble Learn(TrainingSet examples, BoostingSet training, BoostingObjective objective, BoostingSet? validation)
    {
        if (validation is null && options.EarlyStoppingRule is not null)
            throw new InvalidOperationException($"{name}: {nameof(options.EarlyStoppingRule)} needs a validation set: Fit(trainData, validationData).");
        TreeEnsemble trees = GradientBoosting.Learn(training, objective, options.ToBoosting(examples, name, environment), environment);
        if (validation is null || (options.EarlyStoppingRule is null && !options.EnablePruning)) return trees;
        int kept = StoppedAfter(trees, objective, training, validation);
        return kept == trees.Trees.Count ? trees : new TreeEnsemble(trees.FeatureCount, 1, [.. trees.Trees.Take(kept)], trees.Bias);
    }

    /// <summary>How many trees the rule and pruning leave.</summary>
    private int StoppedAfter(TreeEnsemble trees, BoostingObjective objective, BoostingSet training, BoostingSet validation)
    {
        EarlyStoppingRuleBase? rule = options.EarlyStoppingRule?.Start(lowerIsBetter: true);
        var measured = new MeasuredScores(objective, validation, trees.Bias[0]);
        var known = new MeasuredScores(objective, training, trees.Bias[0]);
        var pruning = new PruningWindow(options);
        int count = 0;
        while (count < trees.Trees.Count)
        {
            DecisionTree tree = trees.Trees[count++];
            double loss = measured.Add(tree);
            pruning.Add(loss);
            if (rule is not null && rule.CheckScore((float)loss, (float)known.Add(tree), out _)) break;
        }
        return options.EnablePruning && !options.WriteLastEnsemble ? pruning.Best : count;
    }
}
