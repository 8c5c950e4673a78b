namespace MLPipelines.Onnx;

/// <summary>What inputs and outputs hold.</summary>
internal sealed unsafe partial class OrtApi
{
    /// <summary>SessionGetInputTypeInfo [33] and SessionGetOutputTypeInfo [34].</summary>
    internal OnnxSpec SpecOf(nint session, int index, bool output)
    {
        nint type;
        Check(((delegate* unmanaged<nint, nuint, nint*, nint>)_functions[output ? 34 : 33])(session, (nuint)index, &type));
        return TakeSpec(type);
    }

    /// <summary>GetOnnxTypeFromTypeInfo [56] and what each kind of type says of itself.</summary>
    private OnnxSpec TakeSpec(nint type)
    {
        using var owned = new OrtHandle(this, OrtRelease.TypeInfo, type);
        int kind;
        Check(((delegate* unmanaged<nint, int*, nint>)_functions[56])(type, &kind));
        switch ((OrtValueKind)kind)
        {
            case OrtValueKind.Tensor:
                return TensorSpecOf(Cast(55, type));
            case OrtValueKind.Sequence:
                return new SequenceSpec(TakeSpec(Cast(107, Cast(104, type))));
            case OrtValueKind.Map:
                nint map = Cast(103, type);
                int key;
                Check(((delegate* unmanaged<nint, int*, nint>)_functions[105])(map, &key));
                return new MapSpec((OnnxElementType)key, TakeSpec(Cast(106, map)));
            case OrtValueKind.Optional when KnowsOptionalTypes:
                return new OptionalSpec(TakeSpec(Cast(251, Cast(250, type))));
            default:
                return new OtherSpec(((OrtValueKind)kind).ToString());
        }

        // CastTypeInfoTo… and Get… are of one shape: something in, something out.
        nint Cast(int function, nint from)
        {
            nint to;
            Check(((delegate* unmanaged<nint, nint*, nint>)_functions[function])(from, &to));
            return to;
        }
    }

    /// <summary>GetTensorElementType [60], GetDimensionsCount [61], GetDimensions [62], GetSymbolicDimensions [63].</summary>
    private TensorSpec TensorSpecOf(nint info)
    {
        int element;
        Check(((delegate* unmanaged<nint, int*, nint>)_functions[60])(info, &element));
        long[] sizes = DimensionsOf(info);
        byte** names = stackalloc byte*[sizes.Length];
        Check(((delegate* unmanaged<nint, byte**, nuint, nint>)_functions[63])(info, names, (nuint)sizes.Length));
        var dimensions = new OnnxDimension[sizes.Length];
        for (int i = 0; i < sizes.Length; i++) dimensions[i] = new OnnxDimension(sizes[i], TextOf(names[i]));
        return new TensorSpec((OnnxElementType)element, dimensions);
    }

    private long[] DimensionsOf(nint info)
    {
        nuint rank;
        Check(((delegate* unmanaged<nint, nuint*, nint>)_functions[61])(info, &rank));
        long[] sizes = new long[(int)rank];
        fixed (long* first = sizes) Check(((delegate* unmanaged<nint, long*, nuint, nint>)_functions[62])(info, first, rank));
        return sizes;
    }
}
