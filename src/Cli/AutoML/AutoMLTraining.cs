using System.Globalization;
using MLPipelines.AutoML;
using MLPipelines.AutoML.Runs;
using MLPipelines.AutoML.Runs.Work;
using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Output;
using MLPipelines.Cli.Runs;
using MLPipelines.Cli.Train;
using MLPipelines.Data;
using MLPipelines.Scenarios.Reports;
using MLPipelines.Scenarios.TabularPrediction;

namespace MLPipelines.Cli.AutoML;

/// <summary><c>mlp automl</c>: searches the best model for a table, and saves it. Cancelling ends the search; the best model by then is saved.</summary>
internal sealed class AutoMLTraining : Training
{
    private const int ShownTrials = 10, ReportedTrials = 50;

    // How many trials wait for workers at a time; those that nobody has taken cost little.
    private const int SharedTrials = 8;

    private readonly SearchArguments _search;
    private readonly string _metric;
    private readonly string[] _trainers;
    private IReadOnlyList<string> _categories = [], _texts = [], _numbers = [];
    private string? _group;

    internal AutoMLTraining(CommandHost host, TrainArguments arguments) : base(host, arguments, arguments.Search!.Task.ToString().ToLowerInvariant(), keepsBest: true)
    {
        _search = arguments.Search!;
        _metric = SearchNames.Metric(_search.Task, _search.Metric);
        _trainers = [.. _search.Trainers.Select(name => SearchNames.Trainer(_search.Task, name))];
        if (_search.Task == AutoMLTask.Ranking && _search.GroupColumn is null) throw new UsageException("--group-col is needed: the column that says which rows are ranked together, such as the query.");
        if (_search.CodeFile is { } code) Apply.OutputFile.CheckWritable(code);
        if (arguments.ReportFile is { } report) Apply.OutputFile.CheckWritable(report);
    }

    protected override string Command => "automl";

    private bool IsClassification => _search.Task == AutoMLTask.Classification;

    protected override ProgressDisplay Display() => SearchProgress.For(Host, _metric);

    protected override TrainingData Load(ProgressDisplay progress)
    {
        if (Directory.Exists(Arguments.Dataset)) throw new UsageException($"--dataset: {Arguments.Dataset} is a folder; automl learns from a table.");
        string[] named = [.. NamedColumns(), .. _search.CategoricalColumns.Append(_search.GroupColumn ?? "").Where(name => name.Length > 0 && !name.All(char.IsAsciiDigit))];
        LabelledTable table = LabelledTable.Open(Context, Host, Arguments, LabelArgument, named, IsClassification ? DataKind.String : DataKind.Single, KindOf);
        string[] asCategories = [.. _search.CategoricalColumns.Select(name => table.NameOf(name, "--categorical-cols"))];
        string[] asTexts = [.. Arguments.TextColumns.Select(name => table.NameOf(name, "--text-col"))];
        _group = _search.GroupColumn is { } column ? table.NameOf(column, "--group-col") : null;

        var roles = new Dictionary<string, ColumnRole>(StringComparer.Ordinal);
        foreach (ColumnProfile profile in table.Profiles.Where(profile => profile.Name != _group))
        {
            ColumnRole role = asTexts.Contains(profile.Name) ? ColumnRole.Text : asCategories.Contains(profile.Name) ? ColumnRole.Category : profile.Role();
            if (role is ColumnRole.Identifier or ColumnRole.Constant or ColumnRole.Empty) progress.Note($"Column {profile.Name} left out: {TabularColumns.ReasonFor(role)}.");
            else roles.Add(profile.Name, role);
        }
        if (roles.Count == 0) throw new MLPipelinesException($"There is no column to predict '{table.Label}' from.");
        _numbers = Of(ColumnRole.Number, ColumnRole.TruthValue);
        _categories = Of(ColumnRole.Category, ColumnRole.ManyValues);
        _texts = Of(ColumnRole.Text);

        List<string> read = [.. roles.Keys];
        if (_group is not null) read.Add(_group);
        var (train, test) = Split(table.Read(read), _group ?? (IsClassification ? table.Label : null));
        string testRows = $"test rows set aside from {Arguments.Dataset}";
        if (Arguments.TestDataset is { } path) (test, testRows) = (table.ReadOther(path, read, "--test-dataset"), $"test rows of {path}");
        var properties = new Dictionary<string, string>();
        if (_group is not null) properties["groupColumn"] = _group;
        return new TrainingData(train, test, testRows, table.Label, [.. roles.Keys], properties);

        string[] Of(params ColumnRole[] wanted) => [.. roles.Where(pair => wanted.Contains(pair.Value)).Select(pair => pair.Key)];
    }

    /// <summary>Categories that look like numbers, and what is named as text or group, are told apart by what they are, not by their numbers.</summary>
    private DataKind KindOf(ColumnProfile profile)
    {
        if (profile.Name == _search.GroupColumn || _search.CategoricalColumns.Contains(profile.Name) || Arguments.TextColumns.Contains(profile.Name)) return DataKind.String;
        return profile.Role() switch
        {
            ColumnRole.Number => DataKind.Single,
            ColumnRole.TruthValue => DataKind.Boolean,
            ColumnRole.Date => DataKind.DateTime,
            _ => DataKind.String,
        };
    }

    protected override Learned Learn(TrainingData data, ProgressDisplay progress) => throw new NotSupportedException("Trials are recorded as they end.");

    protected override Learned Learn(TrainingData data, ProgressDisplay progress, RunRecorder recorder)
    {
        // Trials speak for themselves; their trainers do not.
        Context.Progress = null;
        var recorded = new HashSet<int>();
        SharedTrialRunner? shared = null;
        TabularExperimentOptions options = Options(data) with
        {
            Progress = new SearchListener(state =>
            {
                SearchProgress.Show(progress, state);
                Record(state.Leaderboard);
            }),
        };
        if (_search.IsDistributed)
        {
            var (store, run) = recorder.Shared();
            string search = SearchDefinition.Write(Arguments, DataHash.GetAwaiter().GetResult());
            options = options with
            {
                ConcurrentTrials = _search.ConcurrentTrials ?? SharedTrials,
                WrapTrialRunner = local => shared = new SharedTrialRunner(store, run, search, local),
            };
            progress.Note($"Trials of run {run} wait for workers: mlp automl worker --store STORE");
        }
        TabularExperimentResult result = new TabularExperiment(Context, options).Run(data.Rows, cancellationToken: Host.Cancellation);
        Record(result.Leaderboard);
        if (Host.Cancellation.IsCancellationRequested) progress.Note("The search was ended; the best model so far is kept.");
        if (_search.CodeFile is { } code) File.WriteAllText(code, result.Code);
        return Described(result, data);

        void Record(IReadOnlyList<LeaderboardRow> rows)
        {
            foreach (LeaderboardRow row in rows.Where(row => recorded.Add(row.Trial)))
            {
                var (worker, attempts) = shared?.RunBy(row.Trial) ?? default;
                recorder.Trial(Leaderboard.Recorded(row, _metric, worker, attempts));
            }
        }
    }

    private TabularExperimentOptions Options(TrainingData data) => new()
    {
        Task = _search.Task,
        LabelColumn = data.Label,
        GroupColumn = _group,
        CategoricalColumns = _categories,
        NumericColumns = _numbers,
        TextColumns = _texts,
        TimeLimit = Arguments.TrainSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        MaximumTrials = _search.MaximumTrials,
        Metric = _metric,
        Trainers = _trainers.Length > 0 ? _trainers : null,
        Folds = _search.Folds,
        Blend = _search.Blends,
        ConcurrentTrials = _search.ConcurrentTrials,
    };

    /// <summary>What runs trials of this search in another process: the same rows, divided alike.</summary>
    internal ITrialRunner OpenRunner(ProgressDisplay progress)
    {
        TrainingData data = Load(progress);
        return new TabularExperiment(Context, Options(data)).CreateTrialRunner(data.Rows);
    }

    private Learned Described(TabularExperimentResult result, TrainingData data)
    {
        string found = string.Create(CultureInfo.InvariantCulture, $"{result.Winner.Trainer}, {(result.Winner.Trial < result.Leaderboard.Count ? $"trial {Leaderboard.Number(result.Winner)}" : "a blend")} of {Figures.Count(result.Leaderboard.Count, "trial")}");
        return new Learned(result.Model, result.Winner.Trainer, $"{found}, {result.MetricName} {Leaderboard.Metric(result.Winner.Metric)} on validation rows",
            $"These rows also chose the model, so expect a little less on new data{(result.LearnedFromAllRows ? "; the model that was saved learned from all rows" : "")}. --test-dataset FILE or --split 0.2 measures on rows that nothing was chosen by.",
            () => MeasureHeldOut(result))
        {
            Columns = result.FeatureColumns,
            Tables = [Leaderboard.Table(result.Leaderboard, _metric, ShownTrials)],
            Charts = () => [Leaderboard.OverTime(result)],
            MoreTables = () => [.. result.Leaderboard.Count > ShownTrials ? new[] { Leaderboard.Table(result.Leaderboard, _metric, ReportedTrials) } : [], Importance(result, data)],
            WriteJson = json => Leaderboard.WriteJson(json, result),
            Properties = new Dictionary<string, string>
            {
                ["metric"] = result.MetricName,
                ["trials"] = result.Leaderboard.Count.ToString(CultureInfo.InvariantCulture),
                ["winner"] = Leaderboard.Number(result.Winner),
                ["parameters"] = Leaderboard.Parameters(result.Winner),
            },
        };
    }

    private Evaluation MeasureHeldOut(TabularExperimentResult result) => _search.Task switch
    {
        AutoMLTask.Classification => Evaluator.Classes(Context, result.HeldOut, result.HeldOutLabelColumn),
        AutoMLTask.Regression => Evaluator.Numbers(Context, result.HeldOut, result.HeldOutLabelColumn),
        _ => new Evaluation(result.HeldOut.GetRowCount() ?? 0, [.. result.ValidationMetrics]),
    };

    protected override Evaluation Measure(IDataView test, string label, ITransformer model) => _search.Task switch
    {
        AutoMLTask.Classification => Evaluator.Classes(Context, test, label, model),
        AutoMLTask.Regression => Evaluator.Numbers(Context, test, label, model),
        _ => Evaluator.Groups(Context, test, label, _group!, model),
    };

    /// <summary>What the model relies on: by test rows where there are some, otherwise by rows that it has seen.</summary>
    private TextTable Importance(TabularExperimentResult result, TrainingData data)
    {
        var found = ColumnImportance.Measure(Context, data.Test ?? data.Rows, result.FeatureColumns,
            rows => Measure(rows, data.Label, result.Model).Metrics.First(metric => metric.Key == _metric).Value, result.IsMaximized);
        var table = new TextTable($"What the model relies on: how much {_metric} gets worse when a column is shuffled", "column", "#decline");
        foreach (ColumnImportance one in found) table.Add(one.Column, Leaderboard.Metric(one.Decline));
        return table;
    }
}
