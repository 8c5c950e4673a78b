using System.Globalization;
using MLPipelines.AutoML;
using MLPipelines.Cli.Commands;
using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Output;
using MLPipelines.Data;
using MLPipelines.Scenarios.Reports;
using MLPipelines.Scenarios.TabularPrediction;

namespace MLPipelines.Cli.Train;

/// <summary><c>mlp train classification</c> and <c>mlp train regression</c>.</summary>
internal sealed class TabularTraining : Training
{
    private readonly TabularTask _task;
    private readonly Settings _settings;
    private TabularColumns? _columns;

    internal TabularTraining(CommandHost host, TrainArguments arguments, TabularTask task) : base(host, arguments, task == TabularTask.Classification ? "classification" : "regression")
    {
        _task = task;
        _settings = new Settings(arguments.Settings, TabularTrainers.SettingsOf(task, arguments.Trainer));
    }

    protected override TrainingData Load(ProgressDisplay progress)
    {
        if (Directory.Exists(Arguments.Dataset)) throw new UsageException($"--dataset: {Arguments.Dataset} is a folder; {Scenario} learns from a table. text-classification learns from a folder of texts.");
        LabelledTable table = LabelledTable.Open(Context, Host, Arguments, LabelArgument, NamedColumns(), _task == TabularTask.Classification ? DataKind.String : DataKind.Single, profile => profile.Role() switch
        {
            ColumnRole.Number => DataKind.Single,
            ColumnRole.TruthValue => DataKind.Boolean,
            ColumnRole.Date => DataKind.DateTime,
            _ => DataKind.String,
        });
        _columns = TabularColumns.Of(table.Profiles.Select(profile => (profile.Name, profile.Role(), profile.MixedReason())));
        foreach (IgnoredColumn column in _columns.Ignored) progress.Note($"Column {column.Name} left out: {column.Reason}.");

        ColumnProfile labels = table.LabelProfile;
        if (_task == TabularTask.Classification && labels.Role() == ColumnRole.Number && labels.Distinct > Math.Max(20, labels.Rows / 10))
            progress.Note($"Column {table.Label} has {Figures.Count(labels.Distinct)} different numbers, each a label of its own here. 'mlp train regression' predicts numbers.");

        string[] used = [.. _columns.Used];
        var (train, test) = Split(table.Read(used), _task == TabularTask.Classification ? table.Label : null);
        string testRows = $"test rows set aside from {Arguments.Dataset}";
        if (Arguments.TestDataset is { } path) (test, testRows) = (table.ReadOther(path, used, "--test-dataset"), $"test rows of {path}");
        return new TrainingData(train, test, testRows, table.Label, used, new Dictionary<string, string>());
    }

    protected override Learned Learn(TrainingData data, ProgressDisplay progress)
    {
        var options = new TabularPredictionOptions
        {
            LabelColumn = data.Label,
            Columns = _columns,
            Trainer = Arguments.Trainer,
            TrainerSettings = _settings.Values,
            TimeLimit = Arguments.TrainSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            HeldOutFraction = data.Test is null ? 0.2 : 0,
        };
        TabularPredictionResult result = new TabularPredictionTrainer(Context, _task, options).Train(data.Rows);
        foreach (TrainerTrial trial in result.Trials.Where(trial => trial.Problem is not null)) progress.Note($"{trial} left out: {trial.Problem}");
        return new Learned(result.Model, result.Trainer, $"{result.Trainer} on {Describe(result.Columns)}",
            "A model of the other rows was measured on them; the one that was saved learned from all rows. --test-dataset FILE measures on rows of another file.",
            result.HeldOut is not { } heldOut ? null : () => _task == TabularTask.Classification
                ? Evaluator.Classes(Context, heldOut, TabularPredictionTrainer.LabelKeyColumn) : Evaluator.Numbers(Context, heldOut, data.Label))
        {
            Tables = result.Trials.Count > 1 ? [Trials(result.Trials)] : [],
        };
    }

    private TextTable Trials(IReadOnlyList<TrainerTrial> trials)
    {
        var table = new TextTable("Tried on rows held out", "trainer", _task == TabularTask.Classification ? "#logLoss" : "#rmse", "#seconds");
        foreach (TrainerTrial trial in trials)
            table.Add(trial.ToString(), double.IsNaN(trial.Error) ? "-" : Figures.Metric(trial.Error), trial.Seconds.ToString("0.00", CultureInfo.InvariantCulture));
        return table;
    }

    private static string Describe(TabularColumns columns)
    {
        List<string> parts = [];
        if (columns.Numbers.Count > 0) parts.Add(Figures.Count(columns.Numbers.Count, "number"));
        if (columns.Categories.Count > 0) parts.Add(columns.Categories.Count == 1 ? "1 category" : $"{Figures.Count(columns.Categories.Count)} categories");
        if (columns.Texts.Count > 0) parts.Add(Figures.Count(columns.Texts.Count, "text"));
        if (columns.Dates.Count > 0) parts.Add(Figures.Count(columns.Dates.Count, "date"));
        return string.Join(", ", parts);
    }

    protected override Evaluation Measure(IDataView test, string label, ITransformer model) =>
        _task == TabularTask.Classification ? Evaluator.Classes(Context, test, label, model) : Evaluator.Numbers(Context, test, label, model);
}
