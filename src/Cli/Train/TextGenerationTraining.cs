using System.Globalization;
using MLPipelines.AutoML.Runs;
using MLPipelines.Cli.Input;
using MLPipelines.Cli.Output;
using MLPipelines.Cli.Runs;
using MLPipelines.Scenarios.TextGeneration;

namespace MLPipelines.Cli.Train;

/// <summary><c>mlp train text-generation</c>: reads a text file, learns to continue its texts, and saves the model.</summary>
internal sealed class TextGenerationTraining(CommandHost host, TextGenerationArguments arguments)
{
    private const string Scenario = Commands.TextGenerationCommand.Name, Trainer = "gpt2";

    private readonly TextGenerationSettings _settings = new(arguments.Settings, arguments.InitialModel);
    private readonly MLContext _context = new(arguments.Seed) { CancellationToken = host.Cancellation };

    private string Name => DataFile.NameWith(arguments.Dataset, "text");

    internal int Run() => RunRecorder.Recording(host, arguments.Run, Run);

    private int Run(RunRecorder recorder)
    {
        if (arguments.Dataset == "-") throw new UsageException("--dataset: training reads a file, not standard input.");
        if (Directory.Exists(arguments.Dataset)) throw new UsageException($"--dataset: {arguments.Dataset} is a folder, expected a text file.");
        string path = arguments.Output ?? Path.Combine("models", $"{Name}.zip");
        Apply.OutputFile.CheckWritable(path);
        var stages = new Stages();
        TextGenerationResult result;
        Task<string?> hash;
        using (var progress = ProgressDisplay.For(host))
        {
            hash = FileHash.Start(arguments.Dataset, host.Cancellation);
            progress.Stage($"reading {arguments.Dataset}");
            var corpus = TextCorpus.Read(arguments.Dataset, arguments.Separation);
            stages.End("load");
            recorder.Begin(new RunRecord { Command = "train", Scenario = Scenario, Trainer = Trainer, StartedAt = DateTime.UtcNow, Seed = arguments.Seed, DataFile = arguments.Dataset, Parameters = Recorded() }, Name);
            progress.Stage("training");
            result = new TextGenerationTrainer(_context, Options(progress)).Train(corpus);
            host.Cancellation.ThrowIfCancellationRequested();
            stages.End("fit");
            progress.Stage("saving");
            result.Generator.Save(path, Record(result, stages, hash));
            stages.End("save");
            recorder.End(run => run with { DataSha256 = hash.GetAwaiter().GetResult(), ModelPath = Path.GetFullPath(path), Metrics = Metrics(result).ToDictionary() });
        }
        Show(Report.For(host, arguments.Json), result, path, stages, recorder.RunId);
        if (arguments.Json) WriteJson(result, path, stages, recorder.RunId);
        return Faults.Success;
    }

    private TextGenerationTrainingOptions Options(ProgressDisplay progress) => _settings.Apply(new TextGenerationTrainingOptions
    {
        InitialModel = arguments.InitialModel,
        Epochs = arguments.Epochs,
        TimeLimit = arguments.TrainSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Workspace = arguments.Workspace,
        PassEnded = pass => progress.Count(Describe(pass)),
    });

    private string Describe(TextTrainingPass pass)
    {
        // With a limit of time alone, nobody knows how many there will be.
        string count = arguments.TrainSeconds is not null && arguments.Epochs is null ? "" : $"/{pass.Count}";
        string validation = double.IsFinite(pass.ValidationLoss) ? $", validation perplexity {Figures.Metric(pass.ValidationPerplexity)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"pass {pass.Number}{count}: loss {pass.Loss:0.0000}{validation}, {pass.TokensPerSecond:N0} tokens/s");
    }

    private Dictionary<string, string> Recorded()
    {
        var parameters = new Dictionary<string, string> { ["separation"] = arguments.Separation.ToString() };
        foreach (var (name, value) in _settings.Values) parameters[name] = value.ToString(CultureInfo.InvariantCulture);
        if (arguments.InitialModel is { } from) parameters["from"] = Path.GetFullPath(from);
        if (arguments.Epochs is { } epochs) parameters["epochs"] = epochs.ToString(CultureInfo.InvariantCulture);
        if (arguments.TrainSeconds is { } seconds) parameters["trainTime"] = seconds.ToString(CultureInfo.InvariantCulture);
        return parameters;
    }

    private TrainingRecord Record(TextGenerationResult result, Stages stages, Task<string?> hash) => new()
    {
        TrainedAt = DateTime.UtcNow,
        Scenario = Scenario,
        Trainer = Trainer,
        Seed = arguments.Seed,
        DataFile = Path.GetFileName(arguments.Dataset),
        DataSha256 = hash.GetAwaiter().GetResult(),
        TrainRows = result.Documents,
        Metrics = Metrics(result).ToDictionary(),
        Seconds = stages.Seconds.ToDictionary(stage => stage.Key, stage => Math.Round(stage.Value, 3)),
        Properties = new Dictionary<string, string>
        {
            ["description"] = result.Network,
            ["tokens"] = $"{Figures.Count(result.TrainedOn)} learned from, {Figures.Count(result.ValidatedOn)} measured by",
        },
    };

    private static IEnumerable<KeyValuePair<string, double>> Metrics(TextGenerationResult result)
    {
        if (result.Passes.Count > 0) yield return new("trainLoss", result.Passes[^1].Loss);
        if (result.ValidatedOn == 0) yield break;
        yield return new("logLoss", result.ValidationLoss);
        yield return new("perplexity", result.ValidationPerplexity);
    }

    private void Show(Report report, TextGenerationResult result, string path, Stages stages, string? run)
    {
        report.Line($"Trained on {Figures.Count(result.Documents, "text")} of {arguments.Dataset}, {Figures.Count(result.TrainedOn, "token")}.");
        report.Line($"Model: {result.Network}.");
        report.Line(result.ValidatedOn == 0
            ? "Not measured: there is too little text to hold any of it out."
            : $"Perplexity {Figures.Metric(result.ValidationPerplexity)} on the last {Figures.Count(result.ValidatedOn, "token")}, which were not learned from (loss {Figures.Metric(result.ValidationLoss)}).");
        report.Line();
        report.Line($"Saved {path} ({Figures.Bytes(new FileInfo(path).Length)}). Read {Figures.Seconds(stages["load"])}, trained {Figures.Seconds(stages["fit"])}, saved {Figures.Seconds(stages["save"])}.");
        if (run is not null) report.Line($"Recorded as run {run}.");
        report.Line($"Use it: mlp generate {path} --prompt \"…\"");
    }

    private void WriteJson(TextGenerationResult result, string path, Stages stages, string? run) => JsonLine.Write(host.Out, json =>
    {
        json.WriteStartObject();
        json.WriteString("command", "train");
        json.WriteString("scenario", Scenario);
        json.WriteString("trainer", Trainer);
        json.WriteString("model", path);
        json.WriteNumber("modelBytes", new FileInfo(path).Length);
        if (run is not null) json.WriteString("run", run);
        json.WriteStartObject("rows");
        json.WriteNumber("train", result.Documents);
        json.WriteNumber("test", 0);
        json.WriteEndObject();
        json.WriteStartObject("tokens");
        json.WriteNumber("train", result.TrainedOn);
        json.WriteNumber("validation", result.ValidatedOn);
        json.WriteEndObject();
        json.WriteNumber("parameters", result.Generator.ParameterCount);
        json.WriteNumbers("metrics", Metrics(result));
        json.WriteNumbers("seconds", [new("load", stages["load"]), new("fit", stages["fit"]), new("save", stages["save"]), new("total", stages.Total)], digits: 4);
        json.WriteNumber("peakMemoryMB", PeakMemory.Megabytes());
        json.WriteEndObject();
    });
}
