using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Onnx.Export.Networks;
using MLPipelines.Onnx.Graph;
using MLPipelines.Transforms.Image;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export;

/// <summary>Turns a model into a graph, step after step. What cannot be expressed is collected, and is one error before anything is written.</summary>
internal sealed class ModelExporter
{
    private readonly GraphBuilder _graph;
    private readonly Dictionary<string, GraphValue> _columns = new(StringComparer.Ordinal);
    private readonly List<(string Value, string Problem)> _gaps = [];
    private readonly HashSet<string> _absent = new(StringComparer.Ordinal);

    private ModelExporter(int opset) => _graph = new GraphBuilder(opset);

    /// <exception cref="MLPipelinesException">Steps that the outputs need cannot be expressed.</exception>
    internal static ModelProto Export(ITransformer model, DataViewSchema input, OnnxExportOptions options)
    {
        if (options.OpsetVersion is < OpsetVersions.Oldest or > OpsetVersions.Newest)
            throw new ArgumentOutOfRangeException(nameof(options), options.OpsetVersion, $"Graphs are written in versions {OpsetVersions.Oldest} to {OpsetVersions.Newest} of the ONNX operators.");
        DataViewSchema output = model.GetOutputSchema(input);
        foreach (string name in options.OutputColumns ?? [])
        {
            if (output.GetColumnOrNull(name) is null)
                throw new ArgumentOutOfRangeException(nameof(options), $"ConvertToOnnx: column '{name}' not found. The columns of the result are: {output}.");
        }
        return new ModelExporter(options.OpsetVersion).Export(model, input, output, options);
    }

    private ModelProto Export(ITransformer model, DataViewSchema input, DataViewSchema output, OnnxExportOptions options)
    {
        foreach (DataViewSchema.Column column in input.Where(column => !column.IsHidden)) Enter(column);
        DataViewSchema schema = input;
        int number = 0;
        foreach (ITransformer step in ITransformerChain.Flatten(model))
        {
            DataViewSchema next = step.GetOutputSchema(schema);
            Convert(step, ++number, schema, next);
            schema = next;
        }

        _graph.Scope = "";
        var wanted = output.Where(column => !column.IsHidden && (options.OutputColumns is { } names
            ? names.Contains(column.Name, StringComparer.Ordinal) && !(options.SkipsLeftOut && _absent.Contains(column.Name)) : IsOutput(column, input))).ToList();
        ThrowOnGaps(wanted);
        foreach (DataViewSchema.Column column in wanted)
            _graph.Output($"{column.Name}.output", ColumnTensors.Leave(_graph, column.Type, _columns[column.Name]));
        return _graph.Build(options.Name, keepsInput: input => options.OutputColumns is null && !_absent.Contains(input));
    }

    /// <summary>Whether a column of the result is an output where none are named: all but pictures, what passes through without being an input, and what steps have left.</summary>
    private bool IsOutput(DataViewSchema.Column column, DataViewSchema input) =>
        column.Type is not ImageDataViewType && !_absent.Contains(column.Name) && (_columns[column.Name].Type != TensorType.Undefined || IsMade(column, input));

    /// <summary>Whether a column of the result is no column of the data that passed through.</summary>
    private bool IsMade(DataViewSchema.Column column, DataViewSchema input) =>
        input.GetColumnOrNull(column.Name) is null || !_columns[column.Name].Name.StartsWith("no input ", StringComparison.Ordinal);

    private void Enter(DataViewSchema.Column column)
    {
        if (column.Type is ImageDataViewType image) _columns[column.Name] = PictureTensors.Enter(_graph, column.Name, image);
        else if (ColumnTensors.OuterType(column.Type) is { } type) _columns[column.Name] = ColumnTensors.Enter(_graph, column, type).Inner;
        else _columns[column.Name] = Gap($"no input {column.Name}", column.Type, $"column '{column.Name}': ONNX has no type for {column.Type}");
    }

    private void Convert(ITransformer transformer, int number, DataViewSchema input, DataViewSchema output)
    {
        string typeId = (transformer as IModelStep)?.TypeId ?? transformer.GetType().Name;
        string place = string.Create(CultureInfo.InvariantCulture, $"{number:00}-{typeId}");
        _graph.Scope = place;
        try
        {
            StepConverter converter = StepConverterTable.Find(typeId) ?? throw new NotExportableException("there is no converter for this kind of step");
            if (converter.Convert is null) throw new NotExportableException(converter.Reason!);
            var before = new Dictionary<string, GraphValue>(_columns, StringComparer.Ordinal);
            try
            {
                converter.Convert(new StepExport(_graph, transformer, input, output, _columns, Leave, _absent));
            }
            catch (Exception e) when (e is not (NotExportableException or NotSupportedException) && before.Values.Any(value => value.Type == TensorType.Undefined))
            {
                // The step stumbled over what an earlier one, or the data, could not give: that is reported, not this.
                throw new NotExportableException($"it may need what is missing before it ({e.Message})");
            }
        }
        catch (Exception e) when (e is NotExportableException or NotSupportedException)
        {
            foreach (DataViewSchema.Column column in output.Where(column => !column.IsHidden && (column.Index >= input.Count || !_columns.ContainsKey(column.Name))))
                _columns[column.Name] = Leave(column.Name, e.Message);
        }

        GraphValue Leave(string name, string reason) => Gap($"{place}/{name}", output[name].Type, $"step {number} ({typeId}): {reason}");
    }

    /// <summary>A value that no node computes, so that the steps that follow can still be looked at.</summary>
    private GraphValue Gap(string name, DataViewType type, string problem)
    {
        _gaps.Add((name, problem));
        return new GraphValue(name, ColumnTensors.InnerType(type) ?? TensorType.Undefined, [-1, ColumnTensors.WidthOf(type)]);
    }

    private void ThrowOnGaps(IReadOnlyList<DataViewSchema.Column> wanted)
    {
        var needed = _graph.NeededBy(wanted.Select(column => _columns[column.Name]));
        var problems = _gaps.Where(gap => needed.Contains(gap.Value)).Select(gap => gap.Problem).Distinct(StringComparer.Ordinal).ToList();
        if (problems.Count == 0) return;
        throw new MLPipelinesException(
            $"The model cannot be exported to ONNX, and nothing was written: {string.Join("; ", problems)}. Leave these steps out of the model that is exported, or name output columns that do not need them.");
    }
}
