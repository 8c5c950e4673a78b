using MLPipelines.Cli.Output;
using MLPipelines.Data;
using MLPipelines.Persistence;

namespace MLPipelines.Cli.Conversion;

/// <summary><c>mlp convert</c>: a model is loaded and saved again. The new file predicts the same bits.</summary>
internal sealed class ModelConversion(CommandHost host, string source, string target)
{
    internal int Run()
    {
        var context = new MLContext(1) { CancellationToken = host.Cancellation };
        ModelManifest manifest = context.Model.Inspect(source);
        ITransformer model = context.Model.Load(source, out DataViewSchema schema);
        TrainingRecord record = manifest.Training ?? new TrainingRecord();
        if (manifest.Format == ModelManifest.MLNetFormat)
            record = record with { Properties = new Dictionary<string, string>(record.Properties, StringComparer.Ordinal) { ["convertedFrom"] = manifest.Library } };
        context.Model.Save(model, schema, target, record);
        Report.For(host, json: false).Line($"{target}: {Figures.Bytes(new FileInfo(target).Length)}, from {source} ({Figures.Bytes(new FileInfo(source).Length)}, {manifest.Library}).");
        return Faults.Success;
    }
}
