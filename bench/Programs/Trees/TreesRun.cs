using System.Diagnostics;
using System.Globalization;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Programs.Trees;

/// <summary>Gradient boosting with 63 leaves, a learning rate of 0.1, and an L2 of 1 as XGBoost's default is, as <c>peers/trees.py</c> does it with XGBoost and scikit-learn.</summary>
internal static class TreesRun
{
    internal static void Generate(string path, int rows, int columns) => TreesTable.Generate(rows, columns).Write(path);

    /// <summary>Prints the seconds of a fit, the median of several after a warm-up, and the loss on the test rows: log loss, or the root of the mean squared error.</summary>
    /// <param name="train">What is learned from.</param>
    /// <param name="test">What is measured on.</param>
    /// <param name="classes">The number of classes; 0 for numbers.</param>
    /// <param name="trees">The number of rounds.</param>
    /// <param name="runs">How many fits are timed; the first is not counted where there are several.</param>
    /// <param name="threads">The number of threads.</param>
    /// <param name="categories">The columns that are categories, with commas between them.</param>
    internal static void Run(string train, string test, int classes, int trees, int runs, int threads, string categories)
    {
        TreesTable rows = TreesTable.Read(train), others = TreesTable.Read(test);
        int[] codes = [.. categories.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        var set = new BoostingSet(rows.Features, rows.Labels);
        var options = new BoostingOptions { TreeCount = trees, LeafCount = 63, LearningRate = 0.1, L2 = 1, Threads = threads, CategoricalFeatures = codes, Seed = 1 };
        BoostingObjective objective = classes switch { 0 => new SquaredObjective(), 2 => new LogisticObjective(), _ => new SoftmaxObjective(classes) };
        var environment = new MLContext(seed: 1).Environment;
        var seconds = new List<double>();
        TreeEnsemble? model = null;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        using var memory = new PeakMemory();
        for (int run = 0; run < runs; run++)
        {
            var clock = Stopwatch.StartNew();
            model = GradientBoosting.Learn(set, objective, options, environment);
            seconds.Add(clock.Elapsed.TotalSeconds);
        }
        double peak = (memory.Peak - before) / 1e6;
        if (runs > 1) seconds.RemoveAt(0);
        seconds.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds[seconds.Count / 2]:F3} {Loss(model!, objective, others, classes):F5} {peak:F1}"));
    }

    private static double Loss(TreeEnsemble model, BoostingObjective objective, TreesTable rows, int classes)
    {
        double sum = 0;
        float[] scores = new float[model.OutputCount];
        for (int i = 0; i < rows.Labels.Length; i++)
        {
            model.Score(rows.Features[i], scores);
            sum += objective.Loss(rows.Labels.AsSpan(i, 1), scores);
        }
        double mean = sum / rows.Labels.Length;
        return classes == 0 ? Math.Sqrt(2 * mean) : mean;
    }
}
