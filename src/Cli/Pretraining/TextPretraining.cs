using MLPipelines.Cli.Output;
using MLPipelines.Neural.Text;
using MLPipelines.Pretraining;
using MLPipelines.TorchSharp.NasBert;

namespace MLPipelines.Cli.Pretraining;

/// <summary><c>mlp pretrain text</c>.</summary>
internal sealed class TextPretraining(CommandHost host, IReadOnlyList<string> corpus, string output, int seed, TextPretrainingOptions options, bool json)
{
    private readonly Stages _stages = new();

    internal int Run()
    {
        string? teacher = options.Teacher is { } named ? ModelCache.Default.Resolve(named) : null;
        if (teacher is not null && teacher.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) return Working(context => TeachClassifier(teacher, context), TellStudent);
        return Working(context => new TextPretrainer(context, options).Pretrain(corpus, output), Tell);
    }

    private int Working<T>(Func<MLContext, T> work, Action<T> tell)
    {
        T result;
        using (var progress = ProgressDisplay.For(host))
        {
            progress.Stage("reading texts");
            var context = new MLContext(seed);
            context.Environment.Progress = options.TimeLimit is { } limit ? new TimedProgress(progress, limit) : progress;
            context.Environment.CancellationToken = host.Cancellation;
            try
            {
                result = work(context);
            }
            catch (OperationCanceledException)
            {
                progress.Note("The same command goes on from the last checkpoint.");
                throw;
            }
        }
        tell(result);
        return Faults.Success;
    }

    /// <summary>The teacher is a classifier: so is the student.</summary>
    private int TeachClassifier(string teacher, MLContext context)
    {
        if (!output.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) throw new UsageException($"--output: the teacher {teacher} is a model file, and so is its student: expected a name that ends in .zip.");
        ITransformer model = context.Model.Load(teacher, out DataViewSchema schema);
        IReadOnlyList<string> texts = TextCorpus.Read(corpus, options.TextColumn, host.Cancellation).Texts;
        string workspace = $"{output}.checkpoint";
        var learning = new TextClassificationTrainer.TextClassificationOptions
        {
            InitialWeights = options.InitialWeights,
            FromScratch = options.InitialWeights is null,
            Network = options.Architecture == TextArchitecture.Bert ? TextNetwork.Bert : TextNetwork.NasBert,
            MaxEpoch = options.Epochs,
            BatchSize = options.BatchSize,
            LearningRate = [options.LearningRate],
            FromScratchLearningRate = options.LearningRate,
            MaxTokens = options.MaxTokens,
            VocabularySize = options.VocabularySize ?? 8000,
            TimeLimit = options.TimeLimit,
            WorkspacePath = workspace,
        };
        ITransformer student = new ClassifierDistillation(context, learning).Fit(model, schema, texts);
        context.Model.Save(student, schema, output);
        Directory.Delete(workspace, recursive: true);
        return texts.Count;
    }

    private void TellStudent(int texts)
    {
        Report.For(host, json).Line($"Learned what the teacher says of {Figures.Count(texts, "text")}; saved the student to {output} after {Figures.Seconds(_stages.Total)}.");
        if (!json) return;
        JsonLine.Write(host.Out, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("command", "pretrain text");
            writer.WriteString("model", output);
            writer.WriteNumber("texts", texts);
            writer.WriteNumbers("seconds", [new("total", _stages.Total)], 3);
            writer.WriteEndObject();
        });
    }

    private void Tell(TextPretrainingResult result)
    {
        var report = Report.For(host, json);
        string repeated = result.Repeated > 0 ? $" ({Figures.Count(result.Repeated)} more came again and were left out)" : "";
        report.Line($"Learned from {Figures.Count(result.Texts - result.HeldOut, "text")} of {Figures.Count(result.Texts)}{repeated}: {Figures.Count(result.Tokens, "token")}, a vocabulary of {Figures.Count(result.VocabularySize)}.");
        if (result.HeldOut > 0)
            report.Line($"Of hidden tokens in {Figures.Count(result.HeldOut, "text")} held out {Figures.Share(result.MaskedAccuracy)} are guessed right; the loss is {Figures.Metric(result.ValidationLoss)}.");
        report.Line($"Saved an encoder of {Figures.Count(result.Parameters)} numbers to {output} after {Figures.Seconds(_stages.Total)}.");
        report.Line($"Fine-tune it: the option InitialWeights of the text trainers takes {output}.");
        if (!json) return;
        JsonLine.Write(host.Out, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("command", "pretrain text");
            writer.WriteString("model", output);
            writer.WriteNumber("texts", result.Texts);
            writer.WriteNumber("heldOut", result.HeldOut);
            writer.WriteNumber("tokens", result.Tokens);
            writer.WriteNumber("vocabularySize", result.VocabularySize);
            writer.WriteNumber("parameters", result.Parameters);
            writer.WriteNumbers("metrics", [new("maskedAccuracy", result.MaskedAccuracy), new("validationLoss", result.ValidationLoss)]);
            writer.WriteNumbers("seconds", [new("total", _stages.Total)], 3);
            writer.WriteNumber("peakMemoryMB", PeakMemory.Megabytes());
            writer.WriteEndObject();
        });
    }
}
