using MLPipelines.Data;
using MLPipelines.Transforms.Onnx;

namespace MLPipelines.Onnx;

/// <summary>Makes the port for a column's type.</summary>
internal static class Ports
{
    internal static InputPort Input(OrtApi api, nint memory, OnnxPort port, OnnxInputShape shape, DataViewSchema.Column column) =>
        RawTypes.AnyItemTypeOf(column.Type) is TextDataViewType ? new TextInputPort(api, port, shape, column)
            : OnnxElementTypes.Dispatch<NumberInput, InputPort>(OnnxElementTypes.Of(RawTypes.AnyItemTypeOf(column.Type).RawType), new NumberInput(api, memory, port, shape, column));

    internal static OutputPort Output(OrtApi api, nint memory, OnnxPort port)
    {
        if (port.Spec is not TensorSpec) return OnnxObjectKind.Of(port.Spec)!.Accept(new ObjectOutput(api, port));
        return port.ItemType is TextDataViewType ? new TextOutputPort(api, port)
            : OnnxElementTypes.Dispatch<NumberOutput, OutputPort>(OnnxElementTypes.Of(port.ItemType.RawType), new NumberOutput(api, memory, port));
    }

    private readonly struct NumberInput(OrtApi api, nint memory, OnnxPort port, OnnxInputShape shape, DataViewSchema.Column column) : IElementWork<InputPort>
    {
        public InputPort Do<T>() where T : unmanaged => new NumberInputPort<T>(api, memory, port, shape, column);
    }

    private readonly struct NumberOutput(OrtApi api, nint memory, OnnxPort port) : IElementWork<OutputPort>
    {
        public OutputPort Do<T>() where T : unmanaged => new NumberOutputPort<T>(api, memory, port);
    }

    private sealed class ObjectOutput(OrtApi api, OnnxPort port) : RawTypes.IVisitor<OutputPort>
    {
        public OutputPort Visit<T>() => new ObjectOutputPort<T>(api, port, OnnxObjectKind.Of(port.Spec)!);
    }
}
