namespace MLPipelines.Onnx;

/// <summary>The inputs and outputs of a model that columns stand for.</summary>
/// <param name="Inputs">What goes in.</param>
/// <param name="Outputs">What comes out.</param>
internal sealed record OnnxSignature(IReadOnlyList<OnnxPort> Inputs, IReadOnlyList<OnnxPort> Outputs)
{
    /// <param name="session">The model.</param>
    /// <param name="shapeless">The inputs and outputs without a shape.</param>
    /// <param name="shapes">Shapes in place of the model's own.</param>
    /// <exception cref="ArgumentException">A shape is for no value of the model, or does not fit it.</exception>
    internal static OnnxSignature Of(OnnxSession session, IReadOnlySet<string> shapeless, IReadOnlyDictionary<string, int[]> shapes)
    {
        var nodes = session.Inputs.Concat(session.Outputs).Select(node => node.Name).ToHashSet();
        if (shapes.Keys.FirstOrDefault(name => !nodes.Contains(name)) is { } unknown)
        {
            throw new ArgumentException($"shapeDictionary: the ONNX model has no input or output '{unknown}'. It has {string.Join(", ", nodes.Select(name => $"'{name}'"))}.", nameof(shapes));
        }
        return new OnnxSignature([.. session.Inputs.Where(IsUsed).Select(Port)], [.. session.Outputs.Where(IsUsed).Select(Port)]);

        OnnxPort Port(OnnxNode node) => OnnxPort.Of(node, !shapeless.Contains(node.Name), shapes.GetValueOrDefault(node.Name));
    }

    /// <summary>ML.NET gives columns that a chain does not use such names when it exports it.</summary>
    private static bool IsUsed(OnnxNode node) => !(node.Name.StartsWith("mlnet.", StringComparison.Ordinal)
        && (node.Name.EndsWith(".unusedInput", StringComparison.Ordinal) || node.Name.EndsWith(".unusedOutput", StringComparison.Ordinal)));

    internal OnnxPort Input(string name) => Find(Inputs, name, "input");

    internal OnnxPort Output(string name) => Find(Outputs, name, "output");

    private static OnnxPort Find(IReadOnlyList<OnnxPort> ports, string name, string kind) => ports.FirstOrDefault(port => port.Name == name)
        ?? throw new ArgumentOutOfRangeException(nameof(name), $"The ONNX model has no {kind} '{name}'. Its {kind}s are {string.Join(", ", ports.Select(port => port.Node))}.");
}
