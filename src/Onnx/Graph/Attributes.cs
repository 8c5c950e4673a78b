using Google.Protobuf;
using Kind = MLPipelines.Onnx.Graph.AttributeProto.Types.AttributeType;

namespace MLPipelines.Onnx.Graph;

/// <summary>Parameters of nodes out of .NET values.</summary>
internal static class Attributes
{
    internal static AttributeProto Of(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case int v: (attribute.Type, attribute.I) = (Kind.Int, v); break;
            case long v: (attribute.Type, attribute.I) = (Kind.Int, v); break;
            case bool v: (attribute.Type, attribute.I) = (Kind.Int, v ? 1 : 0); break;
            case float v: (attribute.Type, attribute.F) = (Kind.Float, v); break;
            case string v: (attribute.Type, attribute.S) = (Kind.String, ByteString.CopyFromUtf8(v)); break;
            case TensorProto v: (attribute.Type, attribute.T) = (Kind.Tensor, v); break;
            case GraphProto v: (attribute.Type, attribute.G) = (Kind.Graph, v); break;
            case Enum v: (attribute.Type, attribute.I) = (Kind.Int, Convert.ToInt64(v, System.Globalization.CultureInfo.InvariantCulture)); break;
            case IEnumerable<long> v: attribute.Type = Kind.Ints; attribute.Ints.AddRange(v); break;
            case IEnumerable<int> v: attribute.Type = Kind.Ints; attribute.Ints.AddRange(v.Select(i => (long)i)); break;
            case IEnumerable<float> v: attribute.Type = Kind.Floats; attribute.Floats.AddRange(v); break;
            case IEnumerable<string> v: attribute.Type = Kind.Strings; attribute.Strings.AddRange(v.Select(ByteString.CopyFromUtf8)); break;
            default: throw new ArgumentException($"Attribute '{name}' of type {value.GetType()} has no form in ONNX.", nameof(value));
        }
        return attribute;
    }
}
