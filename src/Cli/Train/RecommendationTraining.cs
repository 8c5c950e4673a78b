using System.Globalization;
using MLPipelines.Cli.Apply;
using MLPipelines.Cli.Commands;
using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Input;
using MLPipelines.Cli.Output;
using MLPipelines.Recommendation;
using MLPipelines.Scenarios.ProductRecommendation;

namespace MLPipelines.Cli.Train;

/// <summary><c>mlp train recommendation</c>.</summary>
internal sealed class RecommendationTraining : Training
{
    private readonly RecommendationArguments _recommendation;
    private EventLog? _train, _test;

    internal RecommendationTraining(CommandHost host, TrainArguments arguments) : base(host, arguments, "recommendation")
    {
        _recommendation = arguments.Recommendation!;
        if (arguments.Settings.Count > 0) _ = new Settings(arguments.Settings, []);
        if (_recommendation.SplitBy == EventSplitKind.LeaveLastOut && arguments.Split is not null)
            throw new UsageException("--split: with --split-by last, one item of each user is set aside, not a share.");
    }

    protected override TrainingData Load(ProgressDisplay progress)
    {
        if (Directory.Exists(Arguments.Dataset)) throw new UsageException($"--dataset: {Arguments.Dataset} is a folder; {Scenario} learns from a table.");
        DataFile file = DataFile.Open(Arguments.Dataset, Arguments.Format, Host, Named());
        EventOptions options = EventFile.Complete(file, Options(file));
        CheckTrainer(options.Feedback!.Value);
        EventLog log = EventFile.Read(Context, file, options, Host.Cancellation);
        progress.Note($"Understood: {log.Description}; users in '{options.UserColumn}', items in '{options.ItemColumn}'{(options.TimeColumn is { } time ? $", times in '{time}'" : "")}.");
        foreach (string note in log.Notes) progress.Note(note);
        string testRows = $"pairs set aside from {Arguments.Dataset}";
        if (Arguments.TestDataset is { } path)
        {
            DataFile testFile = DataFile.Open(path, Arguments.Format with { DecimalMark = Arguments.Format.DecimalMark ?? file.DecimalMark }, Host, options.Columns);
            (_train, _test, testRows) = (log, EventFile.Read(Context, testFile, options, Host.Cancellation), $"pairs of {path}");
        }
        else if (Arguments.Split is { } share)
            (_train, _test) = EventSplit.Of(log, _recommendation.SplitBy ?? (log.HasTimes ? EventSplitKind.Time : EventSplitKind.Ratio), share, Arguments.Seed);
        else _train = log;
        IDataView rows = EventFile.View(Context, file, options);
        return new TrainingData(rows, _test is null ? null : rows, testRows, options.ItemColumn!, [options.UserColumn!, options.ItemColumn!], EventFile.Properties(options))
        {
            RowCount = _train.Count,
        };
    }

    private EventOptions Options(DataFile file) => new()
    {
        UserColumn = NameOf(file, _recommendation.UserColumn, "--user-col"),
        ItemColumn = NameOf(file, _recommendation.ItemColumn, "--item-col"),
        RatingColumn = _recommendation.IsImplicit ? NameOf(file, _recommendation.RatingColumn, "--rating-col") ?? "" : NameOf(file, _recommendation.RatingColumn, "--rating-col"),
        EventColumn = NameOf(file, _recommendation.EventColumn, "--event-col"),
        TimeColumn = _recommendation.TimeColumn is "none" && file.Find("none") is null ? "" : NameOf(file, _recommendation.TimeColumn, "--time-col"),
        TimeFormat = _recommendation.TimeFormat,
        Feedback = _recommendation.IsImplicit ? FeedbackKind.Implicit : _recommendation is { RatingColumn: not null, EventColumn: null } ? FeedbackKind.Explicit : null,
        EventWeights = _recommendation.EventWeights,
        HalfLife = _recommendation.HalfLifeDays is { } days ? TimeSpan.FromDays(days) : null,
        Duplicates = _recommendation.Duplicates,
        RatingRange = _recommendation.RatingRange,
        UserFeatures = Side(_recommendation.UserFeatures, "--user-features"),
        ItemFeatures = Side(_recommendation.ItemFeatures, "--item-features"),
    };

    private static SideTable? Side(string? path, string option) => path is null ? null : File.Exists(path) ? SideTable.Load(path) : throw new UsageException($"{option}: there is no file {path}.");

    private static string? NameOf(DataFile file, string? column, string option) => column is null ? null : file.Columns[file.IndexOf(column, option)];

    private IReadOnlyCollection<string> Named() =>
        [.. new[] { _recommendation.UserColumn, _recommendation.ItemColumn, _recommendation.RatingColumn, _recommendation.EventColumn, _recommendation.TimeColumn }.OfType<string>().Where(name => name.Length > 0 && !name.All(char.IsAsciiDigit))];

    private void CheckTrainer(FeedbackKind feedback)
    {
        IReadOnlyList<string> names = ProductMethods.Names(feedback);
        if (Arguments.Trainer is { } trainer && !names.Contains(trainer, StringComparer.OrdinalIgnoreCase))
            throw new UsageException($"--trainer: there is no trainer '{trainer}' for {(feedback == FeedbackKind.Explicit ? "ratings (--implicit has others)" : "implicit feedback")}.{NearNames.Hint(trainer, names)} The trainers are: {string.Join(", ", names)}.");
    }

    protected override Learned Learn(TrainingData data, ProgressDisplay progress)
    {
        ProductRecommendationResult result = new ProductRecommendationTrainer(Context, new ProductRecommendationOptions
        {
            Method = Arguments.Trainer,
            Validation = _recommendation.SplitBy,
            MeasuresNamedMethod = _test is null,
            TimeLimit = Arguments.TrainSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        }).Train(_train!);
        foreach (MethodTrial trial in result.Trials.Where(trial => trial.Problem is not null)) progress.Note($"{trial.Method} left out: {trial.Problem}");
        if (result.Trials.Count == 0 && _test is null) progress.Note($"Methods {result.Validation}");
        RecommendationScores? best = result.Trials.Count > 0 ? result.Trials[0].Scores : null;
        string method = result.Method;
        return new Learned(result.Model, Arguments.Trainer?.ToLowerInvariant() ?? result.Model.Method,
            $"{method} on {Figures.Count(result.Model.Users.Count, "user")}, {Figures.Count(result.Model.Items.Count, "item")} and {Figures.Count(result.Model.Seen.Interactions.Count, "pair")} of them; {_train!.Description}",
            $"A model of the other rows was measured on {result.Validation}; the one that was saved learned from all rows. --test-dataset FILE or --split 0.2 measures on rows that no choice saw.",
            best is null ? null : () => RecommendationTables.Of(best))
        {
            Tables = result.Trials.Count > 1 ? [RecommendationTables.Trials(result)] : [],
            Properties = new Dictionary<string, string>
            {
                ["method"] = method,
                ["users"] = result.Model.Users.Count.ToString(CultureInfo.InvariantCulture),
                ["items"] = result.Model.Items.Count.ToString(CultureInfo.InvariantCulture),
            },
        };
    }

    // The rows that were set aside are known as events already.
    protected override Evaluation Measure(IDataView test, string label, ITransformer model) =>
        RecommendationTables.Of(RecommendationScores.Of((Recommender)model, _test!.ToInteractions(), _test.Feedback == FeedbackKind.Explicit));
}
