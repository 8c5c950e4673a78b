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
    private const double HeldOutShare = 0.1;

    private readonly TextMethod _method;
    private readonly TextClassificationSettings _settings;
    private readonly TextNetworkSettings _network;

    internal TextClassificationTraining(CommandHost host, TrainArguments arguments) : base(host, arguments, "text-classification")
    {
        _method = TextMethods.Parse(arguments.Trainer);
        // With auto each setting goes to those that have it.
        string[] ngram = _method switch
        {
            TextMethod.Ngram => [.. arguments.Settings],
            TextMethod.Auto => [.. arguments.Settings.Where(TextClassificationSettings.Has)],
            _ => [],
        };
        _settings = new TextClassificationSettings(ngram);
        _network = new TextNetworkSettings([.. arguments.Settings.Except(ngram)]);
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
        TimeSpan? limit = Arguments.TrainSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var ngram = new TextClassificationOptions { TextColumns = data.Columns, LabelColumn = data.Label, Adjust = _settings.Apply, TimeLimit = limit };
        if (_method == TextMethod.Ngram) return LearnNgrams(data, new TextClassificationTrainer(Context, ngram).Train(data.Rows));
        TextNetworkOptions network = _network.Apply(new TextNetworkOptions { TextColumns = data.Columns, LabelColumn = data.Label, TimeLimit = limit });
        return _method == TextMethod.Auto ? Choose(data, new TextMethodSelection(Context, ngram, network), limit, progress) : LearnNetwork(data, network);
    }

    private Learned LearnNgrams(TrainingData data, TextClassificationResult result) =>
        new(result.Model, TextNetworkTrainer.NameOf(TextMethod.Ngram), $"{result.Chosen.Candidate.Name}; {Figures.Count(result.Profile.Labels)} labels from {From(data)}",
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

    private Learned LearnNetwork(TrainingData data, TextNetworkOptions options)
    {
        // Without test rows some are held out to measure by.
        (IDataView rows, IDataView? heldOut) = (data.Rows, null);
        if (data.Test is null)
        {
            var parts = Context.Data.TrainTestSplit(data.Rows, HeldOutShare, seed: Arguments.Seed, stratificationColumnName: data.Label);
            (rows, heldOut) = (parts.TrainSet, parts.TestSet);
        }
        ITransformer model = new TextNetworkTrainer(Context, _method, options).Train(rows);
        return new Learned(model, TextNetworkTrainer.NameOf(_method), $"{TextMethods.Describe(model)} from {From(data)}",
            "These rows were held out of training. --test-dataset FILE or --split 0.2 measures on rows of your choice.",
            heldOut is null ? null : () => Evaluator.Classes(Context, heldOut, data.Label, model));
    }

    private Learned Choose(TrainingData data, TextMethodSelection selection, TimeSpan? limit, ProgressDisplay progress)
    {
        TextMethodComparison result = selection.Train(data.Rows, limit);
        foreach (string left in result.Left) progress.Note(left);
        return new Learned(result.Model, TextNetworkTrainer.NameOf(result.Chosen), TextMethods.Describe(result), "These rows also chose the way of training, so expect a little less on new data.",
            result.Ngram?.HeldOut is { } heldOut ? () => Evaluator.Classes(Context, heldOut, "Label") : null)
        {
            Tables = [TextMethods.TableOf(result)],
            Trials = [.. result.Compared.Select((compared, i) => new RunRecord
            {
                Number = i + 1,
                Trainer = TextNetworkTrainer.NameOf(compared.Method),
                Status = RunStatus.Finished,
                Metrics = new Dictionary<string, double> { ["accuracy"] = compared.Accuracy },
            })],
        };
    }

    private static string From(TrainingData data) => data.Columns.Count == 1 ? $"column {data.Columns[0]}" : $"columns {string.Join(", ", data.Columns)}";

    protected override Evaluation Measure(IDataView test, string label, ITransformer model) => Evaluator.Classes(Context, test, label, model);
}
