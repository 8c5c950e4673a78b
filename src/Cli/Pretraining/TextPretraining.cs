using MLPipelines.Cli.Output;
using MLPipelines.Pretraining;

namespace MLPipelines.Cli.Pretraining;

/// <summary><c>mlp pretrain text</c>.</summary>
internal sealed class TextPretraining(CommandHost host, IReadOnlyList<string> corpus, string output, int seed, TextPretrainingOptions options, bool json)
{
    internal int Run()
    {
        var stages = new Stages();
        TextPretrainingResult result;
        using (var progress = ProgressDisplay.For(host))
        {
            progress.Stage("reading texts");
            var context = new MLContext(seed);
            context.Environment.Progress = progress;
            context.Environment.CancellationToken = host.Cancellation;
            try
            {
                result = new TextPretrainer(context, options).Pretrain(corpus, output);
            }
            catch (OperationCanceledException)
            {
                progress.Note("The same command goes on from the last checkpoint.");
                throw;
            }
        }
        stages.End("fit");
        Tell(result, stages);
        return Faults.Success;
    }

    private void Tell(TextPretrainingResult result, Stages stages)
    {
        var report = Report.For(host, json);
        string repeated = result.Repeated > 0 ? $" ({Figures.Count(result.Repeated)} more came again and were left out)" : "";
        report.Line($"Learned from {Figures.Count(result.Texts - result.HeldOut, "text")} of {Figures.Count(result.Texts)}{repeated}: {Figures.Count(result.Tokens, "token")}, a vocabulary of {Figures.Count(result.VocabularySize)}.");
        if (result.HeldOut > 0)
            report.Line($"Of hidden tokens in {Figures.Count(result.HeldOut, "text")} held out {Figures.Share(result.MaskedAccuracy)} are guessed right; the loss is {Figures.Metric(result.ValidationLoss)}.");
        report.Line($"Saved an encoder of {Figures.Count(result.Parameters)} numbers to {output} after {Figures.Seconds(stages.Total)}.");
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
            writer.WriteNumbers("seconds", [new("total", stages.Total)], 3);
            writer.WriteNumber("peakMemoryMB", PeakMemory.Megabytes());
            writer.WriteEndObject();
        });
    }
}
