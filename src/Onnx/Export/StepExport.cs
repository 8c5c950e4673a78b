using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Onnx.Export.Networks;
using MLPipelines.Onnx.Graph;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Export;

/// <summary>One step on its way into a graph: what it learned, the columns before it, and where its columns go.</summary>
internal sealed class StepExport(GraphBuilder graph, ITransformer transformer, DataViewSchema input, DataViewSchema output, Dictionary<string, GraphValue> columns, Func<string, string, GraphValue> leave, HashSet<string> absent)
{
    private ModelStepReader? _saved;

    internal GraphBuilder Graph => graph;

    /// <summary>The step itself, for what is public of it.</summary>
    internal ITransformer Transformer => transformer;

    /// <summary>What the step would write to a model file.</summary>
    internal ModelStepReader Saved => _saved ??= SavedParts.Of((IModelStep)transformer);

    /// <summary>The columns before the step.</summary>
    internal DataViewSchema Input => input;

    /// <summary>The columns after the step.</summary>
    internal DataViewSchema Output => output;

    /// <summary>The name of one of the columns that the step adds, the first of which is 0.</summary>
    internal string Added(int number) => output[input.Count + number].Name;

    /// <summary>The values of a column before the step, [rows, items]; a key is a 64-bit integer.</summary>
    internal GraphValue Column(string name) => columns[name];

    /// <summary>Some column, where all that matters is how many rows there are.</summary>
    internal GraphValue AnyColumn() => columns.Values.FirstOrDefault(value => value.Type != TensorType.Undefined)
        ?? throw new NotExportableException("there is no column that says how many rows there are");

    /// <summary>Sets a column that the step makes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its values, [rows, items]; a key is a 64-bit integer.</param>
    internal void Set(string name, GraphValue value)
    {
        DataViewType type = output[name].Type;
        if (!value.ArePictures() && (ColumnTensors.InnerType(type) != value.Type || value.Rank != 2))
            throw new InvalidOperationException($"{(transformer as IModelStep)?.TypeId}: column '{name}' is {type}, and {value} was made of it.");
        columns[name] = value;
    }

    /// <summary>Says that a column of the step cannot be made; it is an error where an output needs it.</summary>
    internal void Leave(string name, string reason) => columns[name] = leave(name, reason);

    /// <summary>Says that a column of the step is not made: it is no output unless it is asked for by name, and then an error, as where a later step needs it.</summary>
    internal void LeaveOut(string name, string reason)
    {
        Leave(name, reason);
        absent.Add(name);
    }

    /// <summary>Says that the graph takes something else in place of a column: unless another step reads it, it is no input, and it is no output.</summary>
    internal void Replace(string name) => absent.Add(name);

    /// <summary>Leaves only some columns.</summary>
    internal void Keep(IEnumerable<string> names)
    {
        var kept = names.ToHashSet(StringComparer.Ordinal);
        foreach (string name in columns.Keys.Where(name => !kept.Contains(name)).ToList()) columns.Remove(name);
    }

    /// <summary>The mappings of a step that makes one column of one column, each with what it learned.</summary>
    internal IEnumerable<(string Input, string Output, ModelStepReader Saved)> Mappings()
    {
        IReadOnlyList<string> inputs = Saved.GetStrings("inputs"), outputs = Saved.GetStrings("outputs");
        return inputs.Select((name, i) => (name, outputs[i], Saved.Section(i.ToString(CultureInfo.InvariantCulture))));
    }

    /// <summary>Makes each column by a function of its input column.</summary>
    internal void SetEach(Func<GraphValue, DataViewSchema.Column, ModelStepReader, GraphValue> convert)
    {
        // All are computed before the first is set: one may replace what another one reads.
        var made = Mappings().Select(mapping => (mapping.Output, Value: convert(Column(mapping.Input), input[mapping.Input], mapping.Saved))).ToList();
        foreach (var (name, value) in made) Set(name, value);
    }

    /// <summary>The values of a column of numbers as single precision.</summary>
    internal GraphValue Singles(string name) => graph.Cast(Column(name), TensorType.Float);
}
