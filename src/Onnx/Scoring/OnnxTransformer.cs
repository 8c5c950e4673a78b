using System.Runtime.CompilerServices;
using MLPipelines.Data;
using MLPipelines.Onnx;

namespace MLPipelines.Transforms.Onnx;

/// <summary>Applies an ONNX model to columns. Safe to use from many threads, which share one session of ONNX Runtime.</summary>
public sealed class OnnxTransformer : RowToRowTransformer, IDisposable
{
    internal const string StepName = "onnx-scoring";

    private const int BytesAtOnce = 8 << 20;

    private readonly OnnxModel _model;
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private bool _isDisposed;

    internal OnnxTransformer(OnnxModel model, IEnumerable<string> inputs, IEnumerable<string> outputs) => (_model, _inputs, _outputs) = (model, [.. inputs], [.. outputs]);

    public override string TypeId => StepName;

    internal OnnxSession Session => _model.Session;

    /// <summary>The inputs that columns are given to.</summary>
    internal IReadOnlyList<OnnxPort> Inputs => _inputs.Length > 0 ? Array.ConvertAll(_inputs, _model.Signature.Input) : _model.Signature.Inputs;

    /// <summary>The outputs that columns are made of.</summary>
    internal IReadOnlyList<OnnxPort> Outputs => _outputs.Length > 0 ? Array.ConvertAll(_outputs, _model.Signature.Output) : _model.Signature.Outputs;

    internal DataViewSchema.Annotations? AnnotationsOf(OnnxPort output) =>
        output.OutputType is VectorDataViewType vector && _model.SlotNamesOf(output.ColumnName) is { } names && names.Count == vector.Size ? ColumnAnnotations.WithSlotNames(names) : null;

    /// <summary>Gives the session back, with the memory that it holds. Whoever else applies the same model goes on.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _model.Close();
    }

    /// <summary>Checks that a column's items are what an input takes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are of another type.</exception>
    internal static void Check(OnnxPort port, SchemaShape.Column column)
    {
        // As in ML.NET the number of a key goes in, and 0 for a missing one.
        if (port.Spec is TensorSpec && port.ItemType.Equals(column.ItemType)) return;
        string expected = port.Spec is TensorSpec ? $"{port.ItemType}" : "a tensor, which is all that columns can give";
        throw ColumnTypeException.Create(StepName, column, $"{expected} for the ONNX model's input {port.Node}");
    }

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var inputs = Inputs.Select(port =>
        {
            DataViewSchema.Column column = Require(input, port.Name);
            Check(port, SchemaShape.Column.Of(column));
            return (Port: port, Shape: OnnxInputShape.Of(StepName, port, column), Column: column);
        }).ToList();
        IReadOnlyList<OnnxPort> outputs = Outputs;
        int[] sources = [.. inputs.Select(i => i.Column.Index)];
        var scorers = new ConditionalWeakTable<Batch, OnnxScorer>();
        int rowsAtOnce = (int)Math.Clamp(BytesAtOnce / Math.Max(1, inputs.Sum(i => BytesOf(i.Column.Type)) + outputs.Sum(port => BytesOf(port.OutputType))), 1, Batch.DefaultRowCount);
        return [.. outputs.Select((port, index) => new OutputColumn(port.ColumnName, port.OutputType, AnnotationsOf(port), sources, () => CreateKernel(index)) { RowsAtOnce = rowsAtOnce })];

        // The columns of one reader are computed together: their kernels are given the same batch, one after the other.
        ColumnKernel CreateKernel(int output)
        {
            OnnxScorer? scorer = null;
            long step = 0;
            return rows =>
            {
                scorer ??= outputs.Count == 1 ? new OnnxScorer(_model, inputs, outputs) : scorers.GetValue(rows, _ => new OnnxScorer(_model, inputs, outputs));
                return scorer.Compute(rows, ++step, output);
            };
        }
    }

    public override void Save(ModelStepWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _model.CheckSelfContained();
        writer.Set("inputs", _inputs);
        writer.Set("outputs", _outputs);
        writer.Set("recursionLimit", _model.RecursionLimit);
        ModelStepWriter shapes = writer.Section("shapes");
        foreach (var (name, shape) in _model.Shapes.OrderBy(shape => shape.Key, StringComparer.Ordinal)) shapes.Set(name, shape);
        writer.Set("shapeNames", _model.Shapes.Keys.Order(StringComparer.Ordinal));
        writer.WriteFile("model.onnx", _model.Bytes);
    }

    internal static OnnxTransformer Load(ModelStepReader reader)
    {
        ModelStepReader shapes = reader.Section("shapes");
        var byName = reader.GetStrings("shapeNames").ToDictionary(name => name, name => shapes.GetInt32s(name).ToArray());
        return new OnnxTransformer(new OnnxModel(reader.ReadFile("model.onnx"), null, OnnxSessionOptions.Default, byName, reader.GetInt32("recursionLimit")),
            reader.GetStrings("inputs"), reader.GetStrings("outputs"));
    }

    private static long BytesOf(DataViewType type) => type is VectorDataViewType vector ? Math.Max(vector.Size, 64) * 8L : 8;
}
