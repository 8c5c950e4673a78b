using System.Text;

namespace MLPipelines.Onnx;

/// <summary>Values from memory of ours to ONNX Runtime's and back, copied.</summary>
internal static unsafe class OnnxValueTransfer
{
    /// <summary>A value of the library's, which is to be released.</summary>
    internal static nint ToNative(OrtApi api, OnnxValue value) => value switch
    {
        OnnxTensor<string> texts => Texts(api, texts),
        OnnxTensor tensor => OnnxElementTypes.Dispatch<TensorWriting, nint>(tensor.Element, new TensorWriting(api, tensor)),
        OnnxSequence sequence => Collection(api, sequence.Items, OrtValueKind.Sequence),
        OnnxMap map => Collection(api, [map.Keys, map.Values], OrtValueKind.Map),
        _ => throw new NotSupportedException("An optional input that is absent is left out, not given."),
    };

    /// <summary>A copy of a value, which is left to its owner.</summary>
    internal static OnnxValue ToManaged(OrtApi api, nint value)
    {
        if (value == 0) return new OnnxNone();
        switch (api.KindOf(value))
        {
            case OrtValueKind.Tensor:
                if (!api.HasValue(value)) return new OnnxNone();
                var (element, shape) = api.TensorOf(value);
                if (element == OnnxElementType.String) return new OnnxTensor<string>(Texts(api, value, Product(shape)), shape);
                return OnnxElementTypes.Dispatch<TensorReading, OnnxTensor>(element, new TensorReading(api, value, shape));
            case OrtValueKind.Sequence:
                if (!api.HasValue(value)) return new OnnxNone();
                var items = new OnnxValue[api.CountOf(value)];
                for (int i = 0; i < items.Length; i++) items[i] = Part(api, value, i);
                return new OnnxSequence(items);
            case OrtValueKind.Map:
                return new OnnxMap((OnnxTensor)Part(api, value, 0), (OnnxTensor)Part(api, value, 1));
            case var kind:
                throw new NotSupportedException($"A value that is a {kind} cannot be read.");
        }
    }

    private static OnnxValue Part(OrtApi api, nint value, int index)
    {
        nint part = api.PartOf(value, index);
        try
        {
            return ToManaged(api, part);
        }
        finally
        {
            api.Release(OrtRelease.Value, part);
        }
    }

    private static nint Collection(OrtApi api, IReadOnlyList<OnnxValue> items, OrtValueKind kind)
    {
        nint[] parts = new nint[items.Count];
        try
        {
            for (int i = 0; i < parts.Length; i++) parts[i] = ToNative(api, items[i]);
            return api.CreateCollection(parts, kind);
        }
        finally
        {
            foreach (nint part in parts)
            {
                if (part != 0) api.Release(OrtRelease.Value, part);
            }
        }
    }

    private static nint Texts(OrtApi api, OnnxTensor<string> texts)
    {
        var text = new NativeTexts();
        foreach (string value in texts.Values) text.Append(value);
        nint tensor = api.CreateTensor(texts.Shape, OnnxElementType.String);
        text.CopyTo(api, tensor);
        return tensor;
    }

    private static string[] Texts(OrtApi api, nint value, long count)
    {
        var text = new NativeTexts();
        text.Read(api, value, (int)count);
        string[] texts = new string[count];
        for (int i = 0; i < texts.Length; i++) texts[i] = Encoding.UTF8.GetString(text[i]);
        return texts;
    }

    private static long Product(long[] shape)
    {
        long count = 1;
        foreach (long size in shape) count *= size;
        return count;
    }

    private readonly struct TensorReading(OrtApi api, nint value, long[] shape) : IElementWork<OnnxTensor>
    {
        public OnnxTensor Do<T>() where T : unmanaged => new OnnxTensor<T>(new ReadOnlySpan<T>(api.DataOf(value), (int)Product(shape)).ToArray(), shape);
    }

    private readonly struct TensorWriting(OrtApi api, OnnxTensor tensor) : IElementWork<nint>
    {
        public nint Do<T>() where T : unmanaged
        {
            nint value = api.CreateTensor(tensor.Shape, tensor.Element);
            ((OnnxTensor<T>)tensor).Values.CopyTo(new Span<T>(api.DataOf(value), ((OnnxTensor<T>)tensor).Values.Length));
            return value;
        }
    }
}
