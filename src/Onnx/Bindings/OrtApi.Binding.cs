namespace MLPipelines.Onnx;

/// <summary>Bindings: inputs and outputs that stay in place over many runs.</summary>
internal sealed unsafe partial class OrtApi
{
    /// <summary>CreateIoBinding [134].</summary>
    internal OrtHandle CreateBinding(OrtHandle session)
    {
        nint binding;
        Check(((delegate* unmanaged<nint, nint*, nint>)_functions[134])(session.Pointer, &binding));
        return new OrtHandle(this, OrtRelease.Binding, binding, session);
    }

    /// <summary>RunWithBinding [133].</summary>
    internal void Run(nint session, nint binding) => Check(((delegate* unmanaged<nint, nint, nint, nint>)_functions[133])(session, 0, binding));

    /// <summary>BindInput [136].</summary>
    internal void BindInput(nint binding, byte* name, nint value) => Check(((delegate* unmanaged<nint, byte*, nint, nint>)_functions[136])(binding, name, value));

    /// <summary>BindOutput [137]: the output is written into this value's memory.</summary>
    internal void BindOutput(nint binding, byte* name, nint value) => Check(((delegate* unmanaged<nint, byte*, nint, nint>)_functions[137])(binding, name, value));

    /// <summary>BindOutputToDevice [138]: the library allocates the output there.</summary>
    internal void BindOutputToMemory(nint binding, byte* name, nint memoryInfo) =>
        Check(((delegate* unmanaged<nint, byte*, nint, nint>)_functions[138])(binding, name, memoryInfo));

    /// <summary>GetBoundOutputValues [140]: the outputs in the order in which they were bound first; each is to be released.</summary>
    internal void TakeBoundOutputs(nint binding, Span<nint> outputs)
    {
        nint* values;
        nuint count;
        Check(((delegate* unmanaged<nint, nint, nint**, nuint*, nint>)_functions[140])(binding, DefaultAllocator(), &values, &count));
        new Span<nint>(values, (int)count).CopyTo(outputs);
        if (values != null) Check(((delegate* unmanaged<nint, void*, nint>)_functions[76])(DefaultAllocator(), values));
    }
}
