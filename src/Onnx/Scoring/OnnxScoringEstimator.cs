using MLPipelines.Data;
using MLPipelines.Onnx;

namespace MLPipelines.Transforms.Onnx;

/// <summary>
/// Applies an ONNX model; nothing is learned. Columns are matched with the model's inputs by name and have the types of their items; outputs become columns of
/// the names, types and shapes that the model says. Made by <c>ApplyOnnxModel</c>.
/// </summary>
/// <remarks>
/// Where the first dimension of all inputs and outputs is of open size it counts rows: many rows run at once, if they then give what each gives alone.
/// Otherwise rows run one after the other, each as a whole tensor. Of the other dimensions of an input one may be of open size; it follows from the length of
/// the row. Numbers, truth values, texts, and keys as their numbers go in; 16-bit floating-point numbers are <see cref="float"/> in columns; sequences and
/// maps come out as <see cref="OnnxSequenceType"/> and <see cref="OnnxMapType"/>.
/// </remarks>
public sealed class OnnxScoringEstimator : IEstimator<OnnxTransformer>
{
    private readonly OnnxModel _model;
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    internal OnnxScoringEstimator(TrainingEnvironment environment, OnnxOptions options, Stream? stream)
    {
        (_inputs, _outputs) = ([.. options.InputColumns ?? []], [.. options.OutputColumns ?? []]);
        if (_inputs.Concat(_outputs).FirstOrDefault(string.IsNullOrWhiteSpace) is not null) throw new ArgumentException("A column of an ONNX model has no name.", nameof(options));
        _model = OnnxModel.Of(options, stream, environment);
        // A model that cannot run is told now, not when the chain is fitted.
        OnnxTransformer transformer = Create();
        if (transformer.Inputs.Count == 0 || transformer.Outputs.Count == 0) throw new ArgumentException("The ONNX model has no inputs or no outputs.", nameof(options));
        foreach (OnnxPort output in transformer.Outputs) _ = output.OutputType;
    }

    /// <summary>The columns that go in.</summary>
    internal IReadOnlyList<string> InputNames => [.. Create().Inputs.Select(port => port.Name)];

    public OnnxTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        OnnxTransformer transformer = Create();
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        OnnxTransformer transformer = Create();
        foreach (OnnxPort port in transformer.Inputs) OnnxTransformer.Check(port, inputSchema.Require(port.Name, OnnxTransformer.StepName));
        return inputSchema.With([.. transformer.Outputs.Select(port =>
        {
            DataViewType type = port.OutputType;
            var kind = type is not VectorDataViewType vector ? SchemaShape.Column.VectorKind.Scalar
                : vector.IsKnownSize ? SchemaShape.Column.VectorKind.Vector : SchemaShape.Column.VectorKind.VariableVector;
            return new SchemaShape.Column(port.ColumnName, kind, RawTypes.AnyItemTypeOf(type), isKey: false,
                transformer.AnnotationsOf(port) is { } annotations ? SchemaShape.Create(annotations.Schema) : null);
        })]);
    }

    private OnnxTransformer Create() => new(_model, _inputs, _outputs);
}
