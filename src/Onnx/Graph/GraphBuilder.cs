using System.Globalization;
using System.Runtime.InteropServices;
using TensorType = MLPipelines.Onnx.Graph.TensorProto.Types.DataType;

namespace MLPipelines.Onnx.Graph;

/// <summary>
/// Writes a graph: inputs, constants, nodes one after the other, outputs. It finds the names; what no output needs is left out
/// at the end.
/// </summary>
/// <param name="opset">The version of the <c>ai.onnx</c> operators.</param>
internal sealed class GraphBuilder(int opset)
{
    private readonly List<NodeProto> _nodes = [];
    private readonly List<ValueInfoProto> _inputs = [], _outputs = [];
    private readonly List<TensorProto> _constants = [];
    private readonly Dictionary<(string Type, string Shape, string Bytes), GraphValue> _small = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    internal int Opset => opset;

    /// <summary>What names of nodes and values begin with until the next: the step that is being written.</summary>
    internal string Scope { get; set; } = "";

    internal GraphValue Input(string name, TensorType type, params ReadOnlySpan<long> shape)
    {
        var value = new GraphValue(Claim(name), type, shape.ToArray());
        _inputs.Add(ValueInfo(value, value.Name));
        return value;
    }

    /// <summary>Makes a value an output under a name, which must not be taken.</summary>
    internal void Output(string name, GraphValue value)
    {
        if (Claim(name) != name) throw new ArgumentException($"Two values of the graph would be called '{name}'.", nameof(name));
        _nodes.Add(Call("Identity", "", [value.Name], [name], []));
        _outputs.Add(ValueInfo(value, name));
    }

    /// <summary>Calls axes of inputs or outputs, whose lengths only the run says, by names: those of one name are of one length.</summary>
    internal void NameAxes(string name, params ReadOnlySpan<(int Axis, string Name)> axes)
    {
        TensorShapeProto shape = _inputs.Concat(_outputs).Single(value => value.Name == name).Type.TensorType.Shape;
        foreach (var (axis, length) in axes)
            if (shape.Dim[axis].ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam) shape.Dim[axis].DimParam = length;
    }

    /// <summary>A tensor of fixed values, row-major. An empty shape makes a scalar.</summary>
    internal GraphValue Constant<T>(ReadOnlySpan<T> values, params ReadOnlySpan<long> shape) where T : unmanaged
    {
        if (values.Length > 8) return Hold(Tensors.Of(values, shape), shape);
        var key = (typeof(T).Name, string.Join(',', shape.ToArray()), Convert.ToHexString(MemoryMarshal.AsBytes(values)));
        if (!_small.TryGetValue(key, out GraphValue? known)) _small[key] = known = Hold(Tensors.Of(values, shape), shape);
        return known;
    }

    internal GraphValue Constant(IReadOnlyCollection<string> values, params ReadOnlySpan<long> shape) => Hold(Tensors.Of(values, shape), shape);

    /// <summary>A scalar.</summary>
    internal GraphValue Scalar<T>(T value) where T : unmanaged => Constant<T>([value]);

    /// <summary>Calls an operator of <c>ai.onnx</c> that has one output.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="type">The type of the output's items.</param>
    /// <param name="shape">The output's shape; −1 for what is not known.</param>
    /// <param name="inputs">What it reads; <see langword="null"/> for an optional input that is left out.</param>
    /// <param name="attributes">Its parameters.</param>
    internal GraphValue Node(string op, TensorType type, IReadOnlyList<long> shape, ReadOnlySpan<GraphValue?> inputs, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        Nodes(op, "", [(type, shape)], inputs, attributes)[0];

    /// <summary>Calls an operator of any domain.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="domain">Its domain; empty for <c>ai.onnx</c>.</param>
    /// <param name="outputs">The types and shapes of the outputs.</param>
    /// <param name="inputs">What it reads; <see langword="null"/> for an optional input that is left out.</param>
    /// <param name="attributes">Its parameters.</param>
    internal GraphValue[] Nodes(
        string op, string domain, ReadOnlySpan<(TensorType Type, IReadOnlyList<long> Shape)> outputs, ReadOnlySpan<GraphValue?> inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var values = new GraphValue[outputs.Length];
        for (int i = 0; i < values.Length; i++) values[i] = new GraphValue(Claim(Prefixed(op)), outputs[i].Type, outputs[i].Shape);
        string[] read = new string[inputs.Length];
        for (int i = 0; i < read.Length; i++) read[i] = inputs[i]?.Name ?? "";
        _nodes.Add(Call(op, domain, read, values.Select(value => value.Name), attributes));
        return values;
    }

    /// <summary>Says that an operator needs a newer version of the operator set than older ones need.</summary>
    /// <exception cref="NotSupportedException">An older version was asked for.</exception>
    internal void RequireOpset(int oldest, string op)
    {
        if (opset < oldest)
            throw new NotSupportedException($"its operator {op} needs version {oldest} of the ONNX operators, and version {opset} was asked for");
    }

    /// <summary>The values that an output is computed from, itself included.</summary>
    internal HashSet<string> NeededBy(IEnumerable<GraphValue> values)
    {
        var needed = values.Select(value => value.Name).ToHashSet(StringComparer.Ordinal);
        for (int i = _nodes.Count - 1; i >= 0; i--)
            if (_nodes[i].Output.Any(needed.Contains)) needed.UnionWith(Reads(_nodes[i]));
        return needed;
    }

    /// <summary>What a node reads, what the graphs inside it read included.</summary>
    private static IEnumerable<string> Reads(NodeProto node) =>
        node.Input.Concat(node.Attribute.Where(attribute => attribute.G is not null).SelectMany(attribute => attribute.G.Node).SelectMany(Reads));

    /// <summary>The graph: everything that the outputs need, and the inputs that are needed or kept.</summary>
    /// <param name="name">What the graph is called.</param>
    /// <param name="keepsInput">Whether an input stays though no output needs it.</param>
    internal GraphProto BuildGraph(string name, Func<string, bool> keepsInput)
    {
        var needed = NeededBy(_outputs.Select(output => new GraphValue(output.Name, TensorType.Undefined, [])));
        var graph = new GraphProto { Name = name };
        graph.Input.AddRange(_inputs.Where(input => needed.Contains(input.Name) || keepsInput(input.Name)));
        graph.Output.AddRange(_outputs);
        graph.Initializer.AddRange(_constants.Where(constant => needed.Contains(constant.Name)));
        graph.Node.AddRange(_nodes.Where(node => node.Output.Any(needed.Contains)));
        return graph;
    }

    /// <summary>The file with the graph.</summary>
    /// <param name="name">What the graph is called.</param>
    /// <param name="keepsInput">Whether an input stays though no output needs it.</param>
    internal ModelProto Build(string name, Func<string, bool> keepsInput)
    {
        GraphProto graph = BuildGraph(name, keepsInput);
        var model = new ModelProto
        {
            IrVersion = OpsetVersions.FileFormat,
            ProducerName = "MLPipelines",
            ProducerVersion = typeof(GraphBuilder).Assembly.GetName().Version?.ToString(3) ?? "0",
            ModelVersion = 0,
            Graph = graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = OpsetVersions.MachineLearningDomain, Version = OpsetVersions.MachineLearning });
        if (graph.Node.Any(node => node.Domain == OpsetVersions.MicrosoftDomain))
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = OpsetVersions.MicrosoftDomain, Version = OpsetVersions.Microsoft });
        return model;
    }

    private GraphValue Hold(TensorProto tensor, ReadOnlySpan<long> shape)
    {
        tensor.Name = Claim(Prefixed("Constant"));
        _constants.Add(tensor);
        return new GraphValue(tensor.Name, (TensorType)tensor.DataType, shape.ToArray());
    }

    private NodeProto Call(string op, string domain, IEnumerable<string> inputs, IEnumerable<string> outputs, ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var node = new NodeProto { OpType = op, Domain = domain };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Name = node.Output[0];
        foreach (var (name, value) in attributes) node.Attribute.Add(Attributes.Of(name, value));
        return node;
    }

    private string Prefixed(string name) => Scope.Length > 0 ? $"{Scope}/{name}" : name;

    private string Claim(string name)
    {
        string claimed = name;
        while (!_names.Add(claimed))
        {
            int next = _next[name] = _next.GetValueOrDefault(name) + 1;
            claimed = string.Create(CultureInfo.InvariantCulture, $"{name}_{next}");
        }
        return claimed;
    }

    private static ValueInfoProto ValueInfo(GraphValue value, string name)
    {
        var shape = new TensorShapeProto();
        for (int axis = 0; axis < value.Rank; axis++)
        {
            var dimension = new TensorShapeProto.Types.Dimension();
            if (value.Shape[axis] >= 0) dimension.DimValue = value.Shape[axis];
            else dimension.DimParam = axis == 0 ? "rows" : string.Create(CultureInfo.InvariantCulture, $"{name}_{axis}");
            shape.Dim.Add(dimension);
        }
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)value.Type, Shape = shape } } };
    }
}
