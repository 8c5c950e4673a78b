using System.Diagnostics;
using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Scenarios.TabularPrediction;

/// <summary>How well a trainer did on rows that it did not learn from.</summary>
/// <param name="Trainer">Its name.</param>
/// <param name="Settings">Its settings; those that are absent had its defaults.</param>
/// <param name="Error">Log loss for classes, root mean squared error for numbers: less is better. NaN where it could not learn.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Problem">Why it could not learn; <see langword="null"/> where it could.</param>
public sealed record TrainerTrial(string Trainer, IReadOnlyDictionary<string, double> Settings, double Error, double Seconds, string? Problem = null)
{
    public override string ToString() => string.Join(' ', Settings.Select(setting => string.Create(CultureInfo.InvariantCulture, $"{setting.Key}={setting.Value}")).Prepend(Trainer));
}

/// <summary>Chooses between trainers by rows that are held out.</summary>
internal sealed class TrainerChoice(MLContext context, TabularTask task, string labelColumn, TimeSpan? timeLimit)
{
    /// <summary>Below this the luck of the draw is greater than what trainers differ by.</summary>
    private const int FewestRows = 100;

    /// <summary>Up to this many rows each is held out once; of more a part is enough.</summary>
    private const int MostRowsForFolds = 20_000;

    /// <summary>More rows tell no more of which trainer is the better one.</summary>
    private const double MostRows = 60_000;

    private const int Folds = 4;

    /// <summary>What did best first; empty where there are too few rows to tell.</summary>
    /// <param name="rows">The rows to learn from.</param>
    /// <param name="chain">The chain with a trainer.</param>
    internal IReadOnlyList<TrainerTrial> Try(IDataView rows, Func<string, IReadOnlyDictionary<string, double>, IEstimator<ITransformer>> chain)
    {
        BatchView view = BatchView.Of(rows);
        int count = view.ReadColumns(view.Schema[labelColumn].Index)[0].RowCount;
        if (count < FewestRows) return [];
        IReadOnlyList<DataOperationsCatalog.TrainTestData> parts = Parts(rows, count);
        var trials = new List<TrainerTrial>();
        var all = Stopwatch.StartNew();
        foreach (var (trainer, settings) in TabularTrainers.CandidatesFor(task, count))
        {
            if (trials.Count > 0 && all.Elapsed > timeLimit) break;
            var watch = Stopwatch.StartNew();
            try
            {
                double error = parts.Average(part => ErrorOf(chain(trainer, settings).Fit(part.TrainSet).Transform(part.TestSet)));
                trials.Add(new(trainer, settings, error, watch.Elapsed.TotalSeconds));
            }
            catch (Exception e) when (e is MLPipelinesException or InvalidOperationException or ArgumentException)
            {
                trials.Add(new(trainer, settings, double.NaN, watch.Elapsed.TotalSeconds, e.Message));
            }
        }
        return [.. trials.OrderBy(trial => double.IsNaN(trial.Error) ? double.PositiveInfinity : trial.Error)];
    }

    private IReadOnlyList<DataOperationsCatalog.TrainTestData> Parts(IDataView rows, int count)
    {
        string? strata = task == TabularTask.Classification ? labelColumn : null;
        if (count <= MostRowsForFolds) return context.Data.CrossValidationSplit(rows, Folds, stratificationColumnName: strata);
        IDataView some = count > MostRows ? context.Data.TrainTestSplit(rows, MostRows / count, stratificationColumnName: strata).TestSet : rows;
        return [context.Data.TrainTestSplit(some, 1.0 / Folds, stratificationColumnName: strata)];
    }

    private double ErrorOf(IDataView predictions) => task == TabularTask.Classification
        ? context.MulticlassClassification.Evaluate(predictions, labelColumn).LogLoss
        : context.Regression.Evaluate(predictions, labelColumn).RootMeanSquaredError;
}
