using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Input;
using MLPipelines.Cli.Output;
using MLPipelines.Data;

namespace MLPipelines.Cli.Apply;

/// <summary><c>mlp evaluate</c>: the metrics of training, on other rows.</summary>
internal sealed class ModelEvaluation(CommandHost host, string modelPath, string dataset, string? labelColumn, InputFormat format, bool json)
{
    private const string LabelColumn = "__Label", GroupColumn = "__Group";

    internal int Run()
    {
        var stages = new Stages();
        var report = Report.For(host, json);
        var context = new MLContext(1) { CancellationToken = host.Cancellation };
        TrainingRecord? record = context.Model.Inspect(modelPath).Training;
        ITransformer model = context.Model.Load(modelPath, out DataViewSchema schema);
        Evaluation evaluation;
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
            else evaluation = Labelled(context, model, schema, record, stages);
        }
        string plural = evaluation.Rows == 1 ? "" : "s";
        EvaluationReport.Show(report, evaluation, $"{(evaluation.Forecasts is not null ? "forecast value" : evaluation.Baseline is not null ? "pair" : "row")}{plural} of {dataset}");
        if (json) WriteJson(record?.Scenario, evaluation, stages);
        return Faults.Success;
    }

    private Evaluation Labelled(MLContext context, ITransformer model, DataViewSchema schema, TrainingRecord? record, Stages stages)
    {
        DataViewSchema output = model.GetOutputSchema(schema);
        string? group = record?.Properties.GetValueOrDefault("groupColumn");
        Kind kind = record?.Scenario == "ranking" && group is not null ? Kind.Groups : KindOf(output);
        string label = labelColumn ?? record?.Properties.GetValueOrDefault("labelColumn")
            ?? throw new UsageException($"--label-col is needed: {modelPath} does not say which column it was trained to predict.");
        IDataView rows = Directory.Exists(dataset) ? Folder() : Table();
        stages.End("load");
        Evaluation evaluation = kind switch
        {
            Kind.Classes => Evaluator.Classes(context, rows, LabelColumn, model),
            Kind.Groups => Evaluator.Groups(context, rows, LabelColumn, GroupColumn, model),
            Kind.TruthValues => Evaluator.TruthValues(context, rows, LabelColumn, model),
            _ => Evaluator.Numbers(context, rows, LabelColumn, model),
        };
        stages.End("evaluate");
        return evaluation;

        IDataView Table()
        {
            var columns = new ModelColumns(model, schema, kind == Kind.TruthValues
                ? ((string[])["Score", "PredictedLabel", "Probability"]).Where(name => output.GetColumnOrNull(name) is not null) : ["Score"]);
            DataFile file = DataFile.Open(dataset, format, host, [.. columns.Needed, label]);
            int index = file.Find(label) ?? throw new UsageException(
                $"{file.Name} has no column '{label}' with the right answers; --label-col names another.{NearNames.Hint(label, file.Columns)} {file.Listing()}");
            DataKind labelKind = kind switch { Kind.Classes => DataKind.String, Kind.TruthValues => DataKind.Boolean, _ => DataKind.Single };
            List<TextLoader.Column> read = [.. columns.In(file, modelPath), new TextLoader.Column(LabelColumn, labelKind, index)];
            if (kind == Kind.Groups) read.Add(file.Column(file.IndexOf(group!, "--dataset"), DataKind.String, GroupColumn));
            return file.Load(context, read);
        }

        IDataView Folder()
        {
            if (schema.Count(column => !column.IsHidden) != 1 || schema[0].Name != TextFolder.TextColumn)
                throw new UsageException($"--dataset: {dataset} is a folder of texts; {modelPath} predicts from {schema}. Give a table with these columns.");
            IDataView texts = TextFolder.Load(dataset, host.Cancellation);
            return context.Transforms.CopyColumns(LabelColumn, TextFolder.LabelColumn).Fit(texts).Transform(texts);
        }
    }

    private enum Kind
    {
        Classes,
        TruthValues,
        Numbers,
        Groups,
    }

    private Kind KindOf(DataViewSchema output) => output.GetColumnOrNull("Score")?.Type switch
    {
        VectorDataViewType => Kind.Classes,
        NumberDataViewType => output.GetColumnOrNull("PredictedLabel")?.Type is BooleanDataViewType ? Kind.TruthValues : Kind.Numbers,
        _ => throw new UsageException($"{modelPath} makes no predictions: its output has no column Score. Its columns are: {output}."),
    };

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
