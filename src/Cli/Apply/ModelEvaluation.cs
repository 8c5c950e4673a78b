using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Input;
using MLPipelines.Cli.Output;
using MLPipelines.Data;

namespace MLPipelines.Cli.Apply;

/// <summary><c>mlp evaluate</c>: the metrics of training, on other rows.</summary>
internal sealed class ModelEvaluation(CommandHost host, string modelPath, string dataset, string? labelColumn, InputFormat format, bool json)
{
    /// <summary>The column of a table that holds the paths of pictures.</summary>
    internal string? PathColumn { get; init; }

    internal int Run()
    {
        var stages = new Stages();
        var report = Report.For(host, json);
        var context = new MLContext(1) { CancellationToken = host.Cancellation };
        TrainingRecord? record = context.Model.Inspect(modelPath).Training;
        ITransformer model = context.Model.Load(modelPath, out DataViewSchema schema);
        Evaluation evaluation;
        bool isImage = false;
        using (var progress = ProgressDisplay.For(host))
        {
            progress.Stage($"measuring on {dataset}");
            if (ForecastingModel.Of(model) is { } forecaster)
            {
                stages.End("load");
                evaluation = ForecastEvaluation.Run(context, forecaster, schema, dataset, format, host, modelPath);
                stages.End("evaluate");
            }
            else if (RecommendationModel.Of(model) is { } recommender)
            {
                stages.End("load");
                evaluation = RecommendationModel.Evaluate(context, recommender, record, dataset, format, host, modelPath);
                stages.End("evaluate");
            }
            else if (ImageModel.Is(schema))
            {
                stages.End("load");
                evaluation = ImageModel.Evaluate(context, model, schema, dataset, labelColumn, PathColumn, host);
                stages.End("evaluate");
                isImage = true;
            }
            else evaluation = Labelled(context, model, schema, record, stages);
        }
        string plural = evaluation.Rows == 1 ? "" : "s";
        EvaluationReport.Show(report, evaluation, $"{(evaluation.Forecasts is not null ? "forecast value" : evaluation.Baseline is not null ? "pair" : isImage ? "picture" : "row")}{plural} of {dataset}");
        if (json) WriteJson(record?.Scenario, evaluation, stages);
        return Faults.Success;
    }

    private Evaluation Labelled(MLContext context, ITransformer model, DataViewSchema schema, TrainingRecord? record, Stages stages)
    {
        var labelled = new LabelledRows(context, model, schema, modelPath, record);
        string label = labelColumn ?? record?.Properties.GetValueOrDefault("labelColumn")
            ?? throw new UsageException($"--label-col is needed: {modelPath} does not say which column it was trained to predict.");
        IDataView rows = Directory.Exists(dataset) ? Folder() : labelled.Load(labelled.Open(dataset, label, format, host), label);
        stages.End("load");
        Evaluation evaluation = labelled.Measure(rows);
        stages.End("evaluate");
        return evaluation;

        IDataView Folder()
        {
            if (schema.Count(column => !column.IsHidden) != 1 || schema[0].Name != TextFolder.TextColumn)
                throw new UsageException($"--dataset: {dataset} is a folder of texts; {modelPath} predicts from {schema}. Give a table with these columns.");
            IDataView texts = TextFolder.Load(dataset, host.Cancellation);
            return context.Transforms.CopyColumns(LabelledRows.LabelColumn, TextFolder.LabelColumn).Fit(texts).Transform(texts);
        }
    }

    private void WriteJson(string? scenario, Evaluation evaluation, Stages stages) => JsonLine.Write(host.Out, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("command", "evaluate");
        writer.WriteString("scenario", scenario);
        writer.WriteString("model", modelPath);
        writer.WriteStartObject("rows");
        writer.WriteNumber("test", evaluation.Rows);
        writer.WriteEndObject();
        writer.WriteNumbers("metrics", evaluation.Metrics);
        writer.WriteNumbers("seconds", [new("load", stages["load"]), new("evaluate", stages["evaluate"]), new("total", stages.Total)], digits: 4);
        writer.WriteNumber("peakMemoryMB", PeakMemory.Megabytes());
        writer.WriteEndObject();
    });
}
