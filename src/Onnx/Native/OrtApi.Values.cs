using System.Text;

namespace MLPipelines.Onnx;

/// <summary>Tensors, sequences and maps.</summary>
internal sealed unsafe partial class OrtApi
{
    /// <summary>CreateTensorWithDataAsOrtValue [49]: a tensor over memory of ours, which has to stay where it is while the tensor is used.</summary>
    internal nint CreateTensor(nint memoryInfo, void* data, nuint bytes, ReadOnlySpan<long> shape, OnnxElementType element)
    {
        nint value;
        fixed (long* sizes = shape)
        {
            Check(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)_functions[49])(
                memoryInfo, data, bytes, sizes, (nuint)shape.Length, (int)element, &value));
        }
        return value;
    }

    /// <summary>CreateTensorAsOrtValue [48] and FillStringTensor [52]: texts are copied.</summary>
    internal nint CreateTexts(ReadOnlySpan<string> texts, ReadOnlySpan<long> shape)
    {
        nint value = CreateTensor(shape, OnnxElementType.String);
        int length = 0;
        foreach (string text in texts) length += Encoding.UTF8.GetByteCount(text) + 1;
        byte[] bytes = new byte[length];
        int[] starts = new int[texts.Length];
        for (int i = 0, at = 0; i < texts.Length; i++)
        {
            starts[i] = at;
            at += Encoding.UTF8.GetBytes(texts[i], bytes.AsSpan(at)) + 1;
        }
        FillTexts(value, bytes, starts);
        return value;
    }

    /// <summary>CreateTensorAsOrtValue [48]: a tensor in the library's own memory; texts are empty at first.</summary>
    internal nint CreateTensor(ReadOnlySpan<long> shape, OnnxElementType element)
    {
        nint value;
        fixed (long* sizes = shape)
        {
            Check(((delegate* unmanaged<nint, long*, nuint, int, nint*, nint>)_functions[48])(
                DefaultAllocator(), sizes, (nuint)shape.Length, (int)element, &value));
        }
        return value;
    }

    /// <summary>FillStringTensor [52].</summary>
    /// <param name="value">A tensor of texts.</param>
    /// <param name="bytes">The texts in UTF-8, each ended by a zero.</param>
    /// <param name="starts">Where each text begins.</param>
    internal void FillTexts(nint value, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> starts)
    {
        byte*[] texts = new byte*[starts.Length];
        fixed (byte* first = bytes)
        fixed (byte** places = texts)
        {
            for (int i = 0; i < starts.Length; i++) texts[i] = first + starts[i];
            Check(((delegate* unmanaged<nint, byte**, nuint, nint>)_functions[52])(value, places, (nuint)starts.Length));
        }
    }

    /// <summary>GetStringTensorDataLength [53] and GetStringTensorContent [54].</summary>
    /// <returns>The texts in UTF-8 one after the other, and where each begins, with the end of the last.</returns>
    internal (byte[] Bytes, int[] Starts) TextsOf(nint value, long count)
    {
        nuint length;
        Check(((delegate* unmanaged<nint, nuint*, nint>)_functions[53])(value, &length));
        byte[] bytes = new byte[(int)length];
        nuint[] offsets = new nuint[(int)count];
        // The library refuses a null for texts that are all empty.
        fixed (byte* first = length == 0 ? new byte[1] : bytes)
        fixed (nuint* places = offsets)
        {
            if (count > 0) Check(((delegate* unmanaged<nint, void*, nuint, nuint*, nuint, nint>)_functions[54])(value, first, length, places, (nuint)count));
        }
        int[] starts = new int[(int)count + 1];
        for (int i = 0; i < count; i++) starts[i] = (int)offsets[i];
        starts[^1] = (int)length;
        return (bytes, starts);
    }

    /// <summary>GetValueType [67].</summary>
    internal OrtValueKind KindOf(nint value)
    {
        int kind;
        Check(((delegate* unmanaged<nint, int*, nint>)_functions[67])(value, &kind));
        return (OrtValueKind)kind;
    }

    /// <summary>HasValue [192]: whether an optional value is there.</summary>
    internal bool HasValue(nint value)
    {
        int has;
        Check(((delegate* unmanaged<nint, int*, nint>)_functions[192])(value, &has));
        return has != 0;
    }

    /// <summary>GetTensorTypeAndShape [65].</summary>
    internal (OnnxElementType Element, long[] Shape) TensorOf(nint value)
    {
        nint info;
        Check(((delegate* unmanaged<nint, nint*, nint>)_functions[65])(value, &info));
        using var owned = new OrtHandle(this, OrtRelease.TensorTypeAndShapeInfo, info);
        int element;
        Check(((delegate* unmanaged<nint, int*, nint>)_functions[60])(info, &element));
        return ((OnnxElementType)element, DimensionsOf(info));
    }

    /// <summary>GetTensorMutableData [51]: where a tensor's numbers are, until it is released.</summary>
    internal void* DataOf(nint value)
    {
        void* data;
        Check(((delegate* unmanaged<nint, void**, nint>)_functions[51])(value, &data));
        return data;
    }

    /// <summary>GetValueCount [81].</summary>
    internal int CountOf(nint value)
    {
        nuint count;
        Check(((delegate* unmanaged<nint, nuint*, nint>)_functions[81])(value, &count));
        return (int)count;
    }

    /// <summary>GetValue [80]: an element of a sequence; the keys (0) or the values (1) of a map.</summary>
    internal nint PartOf(nint value, int index)
    {
        nint part;
        Check(((delegate* unmanaged<nint, int, nint, nint*, nint>)_functions[80])(value, index, DefaultAllocator(), &part));
        return part;
    }

    /// <summary>CreateValue [82]: a sequence of its elements, or a map of its keys and values. It holds on to them by itself.</summary>
    internal nint CreateCollection(ReadOnlySpan<nint> parts, OrtValueKind kind)
    {
        nint value;
        fixed (nint* first = parts) Check(((delegate* unmanaged<nint*, nuint, int, nint*, nint>)_functions[82])(first, (nuint)parts.Length, (int)kind, &value));
        return value;
    }
}
