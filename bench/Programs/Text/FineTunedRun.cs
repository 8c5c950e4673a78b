using System.Diagnostics;
using System.Globalization;
using MLPipelines.Data;
using MLPipelines.TorchSharp;
using MLPipelines.TorchSharp.NasBert;

namespace MLPipelines.Programs.Text;

/// <summary>Fine-tunes NAS-BERT on labelled texts, from an encoder or from scratch, and measures it on others.</summary>
internal static class FineTunedRun
{
    /// <param name="train">A CSV file with the columns text and label.</param>
    /// <param name="test">The same.</param>
    /// <param name="encoder">The folder of an encoder, or <c>scratch</c>.</param>
    /// <param name="epochs">Passes.</param>
    /// <param name="rate">The highest learning rate.</param>
    /// <param name="seed">Decides everything that is drawn.</param>
    internal static void Run(string train, string test, string encoder, int epochs, double rate, int seed)
    {
        var context = new MLContext(seed);
        IDataView labelled = Read(context, train), measured = Read(context, test);
        long start = Stopwatch.GetTimestamp();
        var options = new TextClassificationTrainer.TextClassificationOptions
        {
            Sentence1ColumnName = "text",
            BatchSize = 16,
            MaxEpoch = epochs,
            LearningRate = [rate],
            FromScratchLearningRate = rate,
            WeightDecay = 0.01,
            PoolerDropout = 0.1,
            ClipNorm = 1,
            WarmupRatio = 0.1,
            MaxTokens = 64,
            FromScratch = encoder == "scratch",
            InitialWeights = encoder == "scratch" ? null : encoder,
        };
        var model = context.Transforms.Conversion.MapValueToKey("Label", "label").Append(context.MulticlassClassification.Trainers.TextClassification(options)).Fit(labelled);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        MulticlassClassificationMetrics metrics = context.MulticlassClassification.Evaluate(model.Transform(measured));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{metrics.MicroAccuracy:0.0000} {metrics.LogLoss:0.0000} {seconds:0.0}"));
    }

    private static IDataView Read(MLContext context, string file) => context.Data.LoadFromTextFile(file, new TextLoader.Options
    {
        Separators = [','],
        HasHeader = true,
        AllowQuoting = true,
        Columns = [new TextLoader.Column("text", DataKind.String, 0), new TextLoader.Column("label", DataKind.String, 1)],
    });
}
