using MLPipelines.AutoML.Runs;
using MLPipelines.Cli.Commands;
using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Input;
using MLPipelines.Cli.Output;
using MLPipelines.Data;
using MLPipelines.Scenarios.TextClassification;

namespace MLPipelines.Cli.Train;

/// <summary><c>mlp train text-classification</c>.</summary>
internal sealed class TextClassificationTraining : Training
{
    private const string Trainer = "linear-svm";

    private readonly TextClassificationSettings _settings;

    internal TextClassificationTraining(CommandHost host, TrainArguments arguments) : base(host, arguments, "text-classification")
    {
        if (arguments.Trainer is { } trainer && !trainer.Equals(Trainer, StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"--trainer: there is no trainer '{trainer}' for text-classification. The trainers are: {Trainer}.");
        _settings = new TextClassificationSettings(arguments.Settings);
    }

    protected override TrainingData Load(ProgressDisplay progress)
    {
        if (Directory.Exists(Arguments.Dataset)) return LoadFolder();
        DataFile file = DataFile.Open(Arguments.Dataset, Arguments.Format, Host, NamedColumns());
        int label = file.IndexOf(LabelArgument(file), "--label-col");
        string labelName = file.Columns[label];
        int[] ignored = [.. Arguments.IgnoredColumns.Select(name => file.IndexOf(name, "--ignore-cols"))];
        int[] texts = [.. Arguments.TextColumns.Select(name => file.IndexOf(name, "--text-col")).Distinct()];
        if (Array.IndexOf(texts, label) >= 0) throw new UsageException($"--text-col: '{labelName}' is the label, which the model must not see.");
        if (texts.Length == 0)
        {
            texts = TextColumnChoice.Of(file, [label, .. ignored]);
            if (file.Columns.Count - ignored.Length > 2)
                progress.Note($"Text columns: {string.Join(", ", texts.Select(i => file.Columns[i]))} (chosen by what they hold; --text-col NAME says otherwise).");
        }

        string[] names = [.. texts.Select(i => file.Columns[i])];
        IDataView all = InMemory(file.Load(Context, [.. texts.Append(label).Select(i => file.Column(i, DataKind.String))]));
        TextCheck.Rows(file.Name, all, names);
        var (train, test) = Split(all, labelName);
        string testRows = $"test rows set aside from {Arguments.Dataset}";
        if (Arguments.TestDataset is { } path) (test, testRows) = (LoadTest(path, names, labelName), $"test rows of {path}");
        return Data(train, test, testRows, labelName, names);
    }

    private TrainingData LoadFolder()
    {
        TextFolder.Files(Arguments.Dataset);
        if (Arguments.TextColumns.Count > 0) throw new UsageException("--text-col: a folder of texts has no columns; each file is one text.");
        if (Arguments.LabelColumn is not null and not TextFolder.LabelColumn)
            throw new UsageException($"--label-col: the labels of a folder are the names of its sub-folders; leave the option out.");
        var (train, test) = Split(TextFolder.Load(Arguments.Dataset, Host.Cancellation), TextFolder.LabelColumn);
        string testRows = $"test rows set aside from {Arguments.Dataset}";
        if (Arguments.TestDataset is { } path) (test, testRows) = (LoadTest(path, [TextFolder.TextColumn], TextFolder.LabelColumn), $"test rows of {path}");
        return Data(train, test, testRows, TextFolder.LabelColumn, [TextFolder.TextColumn]);
    }

    private IDataView LoadTest(string path, string[] texts, string label)
    {
        if (Directory.Exists(path))
        {
            return texts is [TextFolder.TextColumn] && label == TextFolder.LabelColumn ? TextFolder.Load(path, Host.Cancellation)
                : throw new UsageException($"--test-dataset: {path} is a folder, and --dataset is a table. Give a table with the same columns.");
        }
        DataFile file = DataFile.Open(path, Arguments.Format, Host, [.. texts, label]);
        return InMemory(file.Load(Context, [.. texts.Append(label).Select(name => file.Column(file.IndexOf(name, "--test-dataset"), DataKind.String, name))]));
    }

    private static TrainingData Data(IDataView train, IDataView? test, string testRows, string label, string[] texts) =>
        new(train, test, testRows, label, texts, new Dictionary<string, string> { ["textColumns"] = string.Join(", ", texts) });

    protected override Learned Learn(TrainingData data, ProgressDisplay progress)
    {
        var options = new TextClassificationOptions { TextColumns = data.Columns, LabelColumn = data.Label, Adjust = _settings.Apply, TimeLimit = Arguments.TrainSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null };
        TextClassificationResult result = new TextClassificationTrainer(Context, options).Train(data.Rows);
        string from = data.Columns.Count == 1 ? $"column {data.Columns[0]}" : $"columns {string.Join(", ", data.Columns)}";
        return new Learned(result.Model, Trainer, $"{result.Chosen.Candidate.Name}; {Figures.Count(result.Profile.Labels)} labels from {from}",
            "These rows also chose the way of training, so expect a little less on new data. --test-dataset FILE or --split 0.2 measures on rows that nothing was chosen by.",
            result.HeldOut is { } heldOut ? () => Evaluator.Classes(Context, heldOut, "Label") : null)
        {
            Trials = [.. result.Candidates.Select((candidate, i) => new RunRecord
            {
                Number = i + 1,
                Trainer = candidate.Candidate.Name,
                Status = RunStatus.Finished,
                Metrics = new Dictionary<string, double> { ["logLoss"] = candidate.LogLoss, ["accuracy"] = candidate.Accuracy },
            })],
        };
    }

    protected override Evaluation Measure(IDataView test, string label, ITransformer model) => Evaluator.Classes(Context, test, label, model);
}
