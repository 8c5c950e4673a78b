using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Input;
using MLPipelines.Data;

namespace MLPipelines.Cli.Apply;

/// <summary>Rows of a file with the right answers, and how a model is measured on them.</summary>
internal sealed class LabelledRows
{
    internal const string LabelColumn = "__Label", GroupColumn = "__Group";

    private readonly MLContext _context;
    private readonly ITransformer _model;
    private readonly string _modelPath;
    private readonly string? _group;
    private readonly Kind _kind;

    /// <exception cref="UsageException">The model makes no predictions.</exception>
    internal LabelledRows(MLContext context, ITransformer model, DataViewSchema schema, string modelPath, TrainingRecord? record)
    {
        (_context, _model, _modelPath) = (context, model, modelPath);
        DataViewSchema output = model.GetOutputSchema(schema);
        _group = record?.Scenario == "ranking" ? record.Properties.GetValueOrDefault("groupColumn") : null;
        _kind = _group is not null ? Kind.Groups : KindOf(output);
        Columns = new ModelColumns(model, schema, _kind == Kind.TruthValues
            ? ((string[])["Score", "PredictedLabel", "Probability"]).Where(name => output.GetColumnOrNull(name) is not null) : ["Score"]);
    }

    private enum Kind
    {
        Classes,
        TruthValues,
        Numbers,
        Groups,
    }

    /// <summary>The columns that the model reads.</summary>
    internal ModelColumns Columns { get; }

    /// <summary>The metric that says most, and whether it falls where a model is better.</summary>
    internal (string Name, bool IsError) MainMetric => _kind switch { Kind.Numbers => ("rmse", true), Kind.Groups => ("ndcg", false), _ => ("accuracy", false) };

    internal DataFile Open(string dataset, string label, InputFormat format, CommandHost host) => DataFile.Open(dataset, format, host, [.. Columns.Needed, label, .. _group is null ? (string[])[] : [_group]]);

    /// <exception cref="UsageException">The file lacks a column.</exception>
    internal IDataView Load(DataFile file, string label, params IEnumerable<TextLoader.Column> others)
    {
        int index = file.Find(label) ?? throw new UsageException(
            $"{file.Name} has no column '{label}' with the right answers; --label-col names another.{NearNames.Hint(label, file.Columns)} {file.Listing()}");
        DataKind labelKind = _kind switch { Kind.Classes => DataKind.String, Kind.TruthValues => DataKind.Boolean, _ => DataKind.Single };
        return file.Load(_context, [.. Columns.In(file, _modelPath), new TextLoader.Column(LabelColumn, labelKind, index),
            .. _group is null ? (TextLoader.Column[])[] : [file.Column(file.IndexOf(_group, "--dataset"), DataKind.String, GroupColumn)], .. others]);
    }

    internal Evaluation Measure(IDataView rows) => _kind switch
    {
        Kind.Classes => Evaluator.Classes(_context, rows, LabelColumn, _model),
        Kind.Groups => Evaluator.Groups(_context, rows, LabelColumn, GroupColumn, _model),
        Kind.TruthValues => Evaluator.TruthValues(_context, rows, LabelColumn, _model),
        _ => Evaluator.Numbers(_context, rows, LabelColumn, _model),
    };

    private Kind KindOf(DataViewSchema output) => output.GetColumnOrNull("Score")?.Type switch
    {
        VectorDataViewType => Kind.Classes,
        NumberDataViewType => output.GetColumnOrNull("PredictedLabel")?.Type is BooleanDataViewType ? Kind.TruthValues : Kind.Numbers,
        _ => throw new UsageException($"{_modelPath} makes no predictions: its output has no column Score. Its columns are: {output}."),
    };
}
