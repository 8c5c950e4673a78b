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

    /// <summary>FillStringTensor [52]: the texts are copied.</summary>
    /// <param name="value">A tensor of texts.</param>
    /// <param name="bytes">The texts in UTF-8, each ended by a zero.</param>
    /// <param name="places">Where each text begins; pointers to them afterwards.</param>
    internal void FillTexts(nint value, ReadOnlySpan<byte> bytes, Span<nint> places)
    {
        fixed (byte* first = bytes)
        fixed (nint* texts = places)
        {
            for (int i = 0; i < places.Length; i++) texts[i] += (nint)first;
            Check(((delegate* unmanaged<nint, byte**, nuint, nint>)_functions[52])(value, (byte**)texts, (nuint)places.Length));
        }
    }

    /// <summary>GetStringTensorDataLength [53]: the bytes of all texts.</summary>
    internal int TextBytesOf(nint value)
    {
        nuint length;
        Check(((delegate* unmanaged<nint, nuint*, nint>)_functions[53])(value, &length));
        return checked((int)length);
    }

    /// <summary>GetStringTensorContent [54]: the texts in UTF-8, one after the other, and where each begins.</summary>
    internal void ReadTexts(nint value, Span<byte> bytes, Span<nint> starts)
    {
        // The library takes no null, not even for texts that are all empty.
        byte none;
        fixed (byte* first = bytes)
        fixed (nint* places = starts)
        {
            Check(((delegate* unmanaged<nint, void*, nuint, nint*, nuint, nint>)_functions[54])(
                value, first == null ? &none : first, (nuint)bytes.Length, places, (nuint)starts.Length));
        }
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
