using System.Globalization;

namespace MLPipelines.Onnx;

/// <summary>What an input or an output of a model holds.</summary>
internal abstract record OnnxSpec;

/// <summary>A tensor. A model that does not say a shape has no dimensions here, like a scalar.</summary>
internal sealed record TensorSpec(OnnxElementType Element, IReadOnlyList<OnnxDimension> Dimensions) : OnnxSpec
{
    public override string ToString() => $"tensor({Element.ToString().ToLowerInvariant()})[{string.Join(',', Dimensions)}]";
}

/// <summary>A sequence of values of one kind.</summary>
internal sealed record SequenceSpec(OnnxSpec Element) : OnnxSpec
{
    public override string ToString() => $"sequence({Element})";
}

/// <summary>A map from whole numbers or texts to values of one kind.</summary>
internal sealed record MapSpec(OnnxElementType Key, OnnxSpec Value) : OnnxSpec
{
    public override string ToString() => $"map({Key.ToString().ToLowerInvariant()},{Value})";
}

/// <summary>A value that may be absent.</summary>
internal sealed record OptionalSpec(OnnxSpec Value) : OnnxSpec
{
    public override string ToString() => $"optional({Value})";
}

/// <summary>A kind of value that is not read here.</summary>
internal sealed record OtherSpec(string Kind) : OnnxSpec
{
    public override string ToString() => Kind.ToLowerInvariant();
}

/// <summary>One dimension of a tensor: a size, or -1 for one that differs from run to run, perhaps with a name.</summary>
internal readonly record struct OnnxDimension(long Size, string Name = "")
{
    internal bool IsDynamic => Size < 0;

    public override string ToString() => !IsDynamic ? Size.ToString(CultureInfo.InvariantCulture) : Name.Length > 0 ? Name : "?";
}

/// <summary>An input or an output of a model.</summary>
internal sealed record OnnxNode(string Name, OnnxSpec Spec)
{
    public override string ToString() => $"'{Name}' {Spec}";
}
