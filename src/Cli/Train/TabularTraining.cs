using System.Globalization;
using MLPipelines.AutoML;
using MLPipelines.Cli.Commands;
using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Input;
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
        DataFile file = DataFile.Open(Arguments.Dataset, Arguments.Format, Host, NamedColumns());
        int label = file.IndexOf(LabelArgument(file), "--label-col");
        string labelName = file.Columns[label];
        int[] ignored = [.. Arguments.IgnoredColumns.Select(name => file.IndexOf(name, "--ignore-cols"))];
        if (Array.IndexOf(ignored, label) >= 0) throw new UsageException($"--ignore-cols: '{labelName}' is the label, which cannot be left out.");
        CheckLabelLooks(file, label);

        int[] features = [.. Enumerable.Range(0, file.Columns.Count).Where(i => i != label && Array.IndexOf(ignored, i) < 0)];
        BatchView table = BatchView.Of(file.Load(Context, [.. features.Prepend(label).Select(i => file.Column(i, DataKind.String))]));
        ColumnProfile[] scanned = TableScan.Read(table, table.Schema, file.DecimalMark);
        ColumnProfile labels = scanned[0];
        IReadOnlyList<ColumnProfile> profiles = [.. scanned.Skip(1)];
        if (labels.Rows == 0) throw new MLPipelinesException($"{file.Name} has a header and no rows.");
        _columns = TabularColumns.Of(profiles.Select(profile => (profile.Name, profile.Role(), profile.MixedReason())));
        foreach (IgnoredColumn column in _columns.Ignored) progress.Note($"Column {column.Name} left out: {column.Reason}.");

        if (_task == TabularTask.Classification && labels.Role() == ColumnRole.Number && labels.Distinct > Math.Max(20, labels.Rows / 10))
            progress.Note($"Column {labelName} has {Figures.Count(labels.Distinct)} different numbers, each a label of its own here. 'mlp train regression' predicts numbers.");

        // Files with the same columns are read alike.
        var kinds = profiles.ToDictionary(profile => profile.Name, profile => profile.Role() switch
        {
            ColumnRole.Number => DataKind.Single,
            ColumnRole.TruthValue => DataKind.Boolean,
            ColumnRole.Date => DataKind.DateTime,
            _ => DataKind.String,
        });
        kinds[labelName] = _task == TabularTask.Classification ? DataKind.String : DataKind.Single;
        string[] used = [.. _columns.Used];

        IDataView all = Read(file, [.. used, labelName], kinds, "--dataset");
        var (train, test) = Split(all, _task == TabularTask.Classification ? labelName : null);
        string testRows = $"test rows set aside from {Arguments.Dataset}";
        if (Arguments.TestDataset is { } path)
        {
            DataFile testFile = DataFile.Open(path, Arguments.Format with { DecimalMark = Arguments.Format.DecimalMark ?? file.DecimalMark }, Host, [.. used, labelName]);
            (test, testRows) = (Read(testFile, [.. used, labelName], kinds, "--test-dataset"), $"test rows of {path}");
        }
        return new TrainingData(train, test, testRows, labelName, used, new Dictionary<string, string>());
    }

    private IDataView Read(DataFile file, string[] columns, Dictionary<string, DataKind> kinds, string option) =>
        InMemory(file.Load(Context, [.. columns.Select(name => file.Column(file.IndexOf(name, option), kinds[name], name))]));

    private void CheckLabelLooks(DataFile file, int label)
    {
        string[] cells = [.. file.Sample.Where(row => label < row.Length && row[label].Length > 0).Select(row => row[label])];
        if (cells.Length == 0 || _task == TabularTask.Classification) return;
        if (cells.Any(cell => double.TryParse(cell.Replace(file.DecimalMark, '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _))) return;
        throw new UsageException($"--label-col: column '{file.Columns[label]}' of {file.Name} holds '{cells[0]}', not numbers. 'mlp train classification' predicts labels.");
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
