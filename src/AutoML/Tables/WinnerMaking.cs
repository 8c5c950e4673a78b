using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.AutoML;

/// <summary>Makes the winner of a search: the best trial, or a blend of some of the best where this wins, learned from all rows.</summary>
internal sealed class WinnerMaking(TableTrialRunner runner, PreparedTable table, TableMetric metric, TabularExperimentOptions options, SearchClock clock)
{
    private const int Candidates = 20, MostMembers = 6;

    /// <summary>What members that learn at the same time take, of what they take one after the other.</summary>
    private const double SideBySide = 0.75;

    private readonly List<TableTrialResult> _best = [];
    private TableTrialResult? _winner;

    /// <summary>Keeps the predictions of the best trials, and the model of the best one; those of all would be too many.</summary>
    internal void Remember(TrialResult result, bool isBest)
    {
        if (result is not TableTrialResult trial || !trial.IsSucceed) return;
        if (isBest)
        {
            if (_winner is not null) _winner.Model = null;
            _winner = trial;
        }
        else
        {
            trial.Model = null;
        }
        if (trial.Scores is null) return;
        int place = _best.FindIndex(other => trial.Loss < other.Loss || (trial.Loss == other.Loss && trial.TrialSettings.TrialId < other.TrialSettings.TrialId));
        _best.Insert(place < 0 ? _best.Count : place, trial);
        if (_best.Count <= Candidates) return;
        _best[^1].Scores = null;
        _best.RemoveAt(_best.Count - 1);
    }

    /// <summary>The time to keep for learning from all rows, and for a blend where that is not much.</summary>
    internal TimeSpan Reserve(TrialResult best)
    {
        double one = LearningSeconds(best), limit = options.TimeLimit?.TotalSeconds ?? 0;
        double blend = options.Blend ? Math.Min(2 * one, 0.1 * limit) : 0;
        return TimeSpan.FromSeconds((1.1 * one) + blend + Math.Min(0.1, 0.02 * limit));
    }

    /// <summary>How long it takes to learn from all rows, from how long the trial took.</summary>
    private double LearningSeconds(TrialResult trial)
    {
        double parts = TrialSample.IsOneFold(trial.TrialSettings) ? 1 : table.Parts.Count;
        // Trials share the cores with others, and learn features that are then known.
        const double alone = 0.7;
        return alone * trial.DurationInMilliseconds / 1000 * (table.All.Labels.Length + (table.Parts.Count == 1 ? table.TrainingRows : 0)) / (parts * TrialSample.ShareOf(trial.TrialSettings) * table.TrainingRows);
    }

    internal TabularExperimentResult Make(MLContext context, TrialSearch search, DataViewSchema schema, CancellationToken user)
    {
        Report("blending", search);
        TrialResult best = search.Best!;
        var (members, scores) = Choose(best);
        bool isBlend = members.Count > 1;
        var metrics = scores is null ? new Dictionary<string, double>(StringComparer.Ordinal) { [metric.Name] = best.Metric } : table.All.Measure(context, scores);
        LeaderboardRow winner = isBlend ? BlendRow(search, members, metrics[metric.Name]) : search.BestRow!;
        Report("learning from all rows", search);
        var model = WinnerModel.Learn(runner, table, members, clock, user);
        if (model is null && isBlend)
        {
            // There was no time for the blend after all.
            (members, winner) = ([new BlendMember(best.TrialSettings, 1, 0)], search.BestRow!);
            scores = (best as TableTrialResult)?.Scores;
            if (scores is not null) metrics = table.All.Measure(context, scores);
        }
        bool isFromAll = model is not null;
        model ??= WinnerModel.OfTrial(runner, table, best);
        Report("done", search);
        return new TabularExperimentResult(model.Model, winner, search.Leaderboard)
        {
            MetricName = metric.Name,
            IsMaximized = metric.IsMaximized,
            ValidationMetrics = metrics,
            HeldOut = table.All.ToView(scores ?? new float[table.All.Labels.Length * table.All.ScoreCount]),
            HeldOutLabelColumn = ValidationRows.LabelColumn,
            Code = CSharpProgram.Write(table.Label.Steps, model.Steps, options, runner.Seed),
            FeatureColumns = model.InputColumns(schema),
            LearnedFromAllRows = isFromAll,
        };
    }

    /// <summary>The trials of the winner, with what each counts, and the winner's predictions of the validation rows.</summary>
    private (IReadOnlyList<BlendMember> Members, float[]? Scores) Choose(TrialResult best)
    {
        BlendMember[] alone = [new(best.TrialSettings, 1, LearningSeconds(best))];
        float[]? ofBest = (best as TableTrialResult)?.Scores;
        if (!options.Blend || options.Task == AutoMLTask.Ranking || ofBest is null || _best.Count < 2) return (alone, ofBest);
        float[][] parts = [.. _best.Select(trial => GreedyBlending.PartOf(trial.Scores!, table.All))];
        for (int most = MostMembers; most > 1; most--)
        {
            int[] counts = GreedyBlending.Count(parts, GreedyBlending.LossFor(metric, table.All), most);
            double rounds = counts.Sum();
            BlendMember[] members = [.. counts.Select((count, i) => new BlendMember(_best[i].TrialSettings, count / rounds, LearningSeconds(_best[i]))).Where(member => member.Weight > 0)];
            if (members.Length < 2) break;
            if (clock.Remaining is { } left && SideBySide * members.Sum(member => member.LearningSeconds) > 0.9 * left.TotalSeconds) continue;
            float[] scores = new float[ofBest.Length];
            for (int i = 0; i < counts.Length; i++)
                if (counts[i] > 0) System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(_best[i].Scores, (float)(counts[i] / rounds), scores, scores);
            double loss = metric.Loss(table.All.Measure(runner.NewContext(CancellationToken.None), scores)[metric.Name]);
            return loss < best.Loss ? (members, scores) : (alone, ofBest);
        }
        return (alone, ofBest);
    }

    private LeaderboardRow BlendRow(TrialSearch search, IReadOnlyList<BlendMember> members, double value)
    {
        var rows = search.Leaderboard.ToDictionary(row => row.Trial);
        var parameters = members.ToDictionary(member => string.Create(CultureInfo.InvariantCulture, $"trial {member.Settings.TrialId + 1}"),
            member => string.Create(CultureInfo.InvariantCulture, $"{member.Weight:0.##}"));
        (string Trainer, double Weight)[] shares = [.. members.GroupBy(member => rows[member.Settings.TrialId].Trainer, StringComparer.Ordinal).Select(group => (group.Key, Weight: group.Sum(member => member.Weight))).OrderByDescending(share => share.Weight)];
        string name = shares.Length == 1 ? string.Create(CultureInfo.InvariantCulture, $"{members.Count} × {shares[0].Trainer}")
            : string.Join(" + ", shares.Select(share => string.Create(CultureInfo.InvariantCulture, $"{share.Trainer} {share.Weight:0%}")));
        return new LeaderboardRow(search.Leaderboard[^1].Trial + 1, name,
            parameters, value, metric.Loss(value), TimeSpan.FromSeconds(members.Sum(member => member.LearningSeconds))) { Rows = RowCounting.Count(table.Rows), StartedAtUtc = DateTime.UtcNow, IsBestSoFar = true };
    }

    private void Report(string stage, TrialSearch search) => options.Progress?.Report(TabularExperiment.Progress(stage, search, 0, clock));
}

/// <summary>A trial in a blend.</summary>
/// <param name="Settings">What it was.</param>
/// <param name="Weight">What it counts; those of a blend sum to 1.</param>
/// <param name="LearningSeconds">How long learning from all rows will take.</param>
internal sealed record BlendMember(TrialSettings Settings, double Weight, double LearningSeconds);
