using MLPipelines.AutoML.Runs;
using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Input;
using MLPipelines.Cli.Output;
using MLPipelines.Cli.Runs;
using MLPipelines.Data;

namespace MLPipelines.Cli.Train;

/// <summary>A training from file to file: load, learn, measure, save, and tell.</summary>
internal abstract class Training
{
    private readonly CancellationToken _cancellation;

    /// <param name="host">Reads, shows, and is cancelled.</param>
    /// <param name="arguments">What the user asked for.</param>
    /// <param name="scenario">What is learned.</param>
    /// <param name="keepsBest">Whether cancelling ends the learning only: what is best by then is measured and saved.</param>
    private protected Training(CommandHost host, TrainArguments arguments, string scenario, bool keepsBest = false)
    {
        (Host, Arguments, Scenario) = (host, arguments, scenario);
        _cancellation = keepsBest ? CancellationToken.None : host.Cancellation;
        Context = new MLContext(arguments.Seed) { CancellationToken = _cancellation };
    }

    /// <summary>What the user typed, such as <c>train</c>.</summary>
    protected virtual string Command => "train";

    protected string Scenario { get; }

    protected CommandHost Host { get; }

    protected TrainArguments Arguments { get; }

    protected MLContext Context { get; }

    /// <summary>Whether the model file tells what the columns looked like.</summary>
    protected virtual bool KeepsProfile => true;

    /// <summary>The SHA-256 of the data, which is computed beside other work.</summary>
    protected Task<string?> DataHash { get; private set; } = Task.FromResult<string?>(null);

    internal int Run() => RunRecorder.Recording(Host, Arguments.Run, Run);

    private int Run(RunRecorder recorder)
    {
        CheckArguments();
        if (Arguments.Output is { } output) Apply.OutputFile.CheckWritable(output);
        var stages = new Stages();
        var report = Report.For(Host, Arguments.Json);
        TrainingSummary summary;
        using (ProgressDisplay progress = Display())
        {
            Context.Progress = progress;
            Task<string?> hash = DataHash = FileHash.Start(Arguments.Dataset, _cancellation);
            progress.Stage($"reading {Arguments.Dataset}");
            TrainingData data = Load(progress);
            stages.End("load");
            recorder.Begin(Recorded(data), NameOf(data.Label));
            progress.Stage("training");
            Learned learned = Learn(data, progress, recorder);
            foreach (RunRecord trial in learned.Trials) recorder.Trial(trial);
            stages.End("fit");
            progress.Stage("measuring");
            bool isHeldOut = data.Test is null;
            Evaluation? evaluation = isHeldOut ? learned.MeasureHeldOut?.Invoke() : Measure(data.Test!, data.Label, learned.Model);
            stages.End("evaluate");
            progress.Stage("saving");
            string path = OutputPath(data.Label);
            _cancellation.ThrowIfCancellationRequested();
            summary = new TrainingSummary(Scenario, Arguments, data, learned, evaluation, isHeldOut, path, stages) { Command = Command };
            Save(summary, hash);
            stages.End("save");
            recorder.End(run => Recorded(run, summary, hash));
            summary.RunId = recorder.RunId;
        }
        summary.Show(report);
        if (Arguments.ReportFile is { } page)
        {
            WriteReport(page, summary);
            report.Line($"Wrote {page}.");
        }
        if (Arguments.Json) summary.WriteJson(Host.Out);
        return Faults.Success;
    }

    /// <summary>Reads the data into memory and decides which columns are used.</summary>
    protected abstract TrainingData Load(ProgressDisplay progress);

    protected abstract Learned Learn(TrainingData data, ProgressDisplay progress);

    /// <summary>Learns, and records trials as they end.</summary>
    protected virtual Learned Learn(TrainingData data, ProgressDisplay progress, RunRecorder recorder) => Learn(data, progress);

    protected virtual ProgressDisplay Display() => ProgressDisplay.For(Host);

    protected abstract Evaluation Measure(IDataView test, string label, ITransformer model);

    /// <summary>Writes what came of it as a page.</summary>
    protected virtual void WriteReport(string path, TrainingSummary summary) => ReportPage.Write(path, summary);

    /// <summary>Sets the part of the rows aside that the user asked for.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="label">The label, where each of its values shall have the same share in both parts.</param>
    protected (IDataView Train, IDataView? Test) Split(IDataView rows, string? label)
    {
        if (Arguments.Split is not { } share) return (rows, null);
        var parts = Context.Data.TrainTestSplit(rows, share, stratificationColumnName: label);
        return (parts.TrainSet, parts.TestSet);
    }

    /// <summary>Reads a view once; from then on it is in memory.</summary>
    protected IDataView InMemory(IDataView view)
    {
        IDataView cached = Context.Data.Cache(view, [.. view.Schema.Select(column => column.Name)]);
        using BatchCursor cursor = BatchView.Of(cached).OpenBatches(ColumnSet.All(cached.Schema));
        return cached;
    }

    /// <summary>The label column that the user named, or an error that lists the columns.</summary>
    protected string LabelArgument(DataFile file) => Arguments.LabelColumn
        ?? throw new UsageException($"--label-col is needed: the column to predict. {file.Listing()}");

    protected IReadOnlyCollection<string> NamedColumns() =>
        [.. Arguments.TextColumns.Concat(Arguments.IgnoredColumns).Append(Arguments.LabelColumn ?? "").Where(name => name.Length > 0 && !name.All(char.IsAsciiDigit))];

    private void CheckArguments()
    {
        if (Arguments.TestDataset is not null && Arguments.Split is not null)
            throw new UsageException("--test-dataset and --split say two different things: give the test rows as a file, or the share of --dataset to set aside.");
        if (Arguments.Dataset == "-") throw new UsageException("--dataset: training reads a file, not standard input.");
    }

    private string OutputPath(string label)
    {
        if (Arguments.Output is { } given) return given;
        return Path.Combine("models", $"{NameOf(label)}.zip");
    }

    private string NameOf(string label) => DataFile.NameWith(Arguments.Dataset, label);

    private RunRecord Recorded(TrainingData data) => new()
    {
        Command = Command,
        Scenario = Scenario,
        Trainer = Arguments.Trainer,
        StartedAt = DateTime.UtcNow,
        Seed = Arguments.Seed,
        DataFile = Arguments.Dataset,
        Parameters = Arguments.Recorded(data.Label),
    };

    private static RunRecord Recorded(RunRecord run, TrainingSummary summary, Task<string?> hash) => run with
    {
        Trainer = summary.Learned.Trainer,
        DataSha256 = hash.GetAwaiter().GetResult(),
        ModelPath = Path.GetFullPath(summary.Path),
        Parameters = run.Parameters.Concat(summary.Properties().Where(property => !run.Parameters.ContainsKey(property.Key))).ToDictionary(),
        // What was optimized matters most.
        Metrics = summary.Evaluation?.Metrics.OrderBy(metric => metric.Key != summary.Learned.Properties.GetValueOrDefault("metric")).ToDictionary() ?? [],
    };

    private void Save(TrainingSummary summary, Task<string?> hash)
    {
        DataViewSchema schema = summary.Data.Rows.Schema;
        var input = new DataViewSchema.Builder();
        input.AddColumns((summary.Learned.Columns ?? summary.Data.Columns).Select(name => schema[name]));
        var record = new TrainingRecord
        {
            TrainedAt = DateTime.UtcNow,
            Scenario = Scenario,
            Trainer = summary.Learned.Trainer,
            Seed = Arguments.Seed,
            DataFile = Path.GetFileName(Path.TrimEndingDirectorySeparator(Arguments.Dataset)),
            DataSha256 = hash.GetAwaiter().GetResult(),
            TrainRows = summary.TrainRows,
            TestRows = summary.Evaluation?.Rows ?? 0,
            Metrics = summary.Evaluation?.Metrics.Where(metric => double.IsFinite(metric.Value)).ToDictionary() ?? [],
            Seconds = summary.Stages.Seconds.ToDictionary(stage => stage.Key, stage => Math.Round(stage.Value, 3)),
            Properties = summary.Properties(),
            Profile = KeepsProfile ? TrainedProfile.Of(Context, summary) : null,
        };
        Context.Model.Save(summary.Learned.Model, input.ToSchema(), summary.Path, record);
    }
}
