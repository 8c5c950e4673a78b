namespace MLPipelines.Onnx;

/// <summary>Bindings: inputs and outputs that stay in place over many runs.</summary>
internal sealed unsafe partial class OrtApi
{
    /// <summary>CreateIoBinding [134].</summary>
    internal OrtHandle CreateBinding(nint session)
    {
        nint binding;
        Check(((delegate* unmanaged<nint, nint*, nint>)_functions[134])(session, &binding));
        return new OrtHandle(this, OrtRelease.Binding, binding);
    }

    /// <summary>CreateRunOptions [39].</summary>
    internal OrtHandle CreateRunOptions()
    {
        nint options;
        Check(((delegate* unmanaged<nint*, nint>)_functions[39])(&options));
        return new OrtHandle(this, OrtRelease.RunOptions, options);
    }

    /// <summary>RunWithBinding [133].</summary>
    internal void Run(nint session, nint runOptions, nint binding) =>
        Check(((delegate* unmanaged<nint, nint, nint, nint>)_functions[133])(session, runOptions, binding));

    /// <summary>BindInput [136].</summary>
    internal void BindInput(nint binding, byte* name, nint value) => Check(((delegate* unmanaged<nint, byte*, nint, nint>)_functions[136])(binding, name, value));

    /// <summary>BindOutput [137]: the output is written into this value's memory.</summary>
    internal void BindOutput(nint binding, byte* name, nint value) => Check(((delegate* unmanaged<nint, byte*, nint, nint>)_functions[137])(binding, name, value));

    /// <summary>BindOutputToDevice [138]: the output is allocated by the library, on this device.</summary>
    internal void BindOutputToMemory(nint binding, byte* name, nint memoryInfo) =>
        Check(((delegate* unmanaged<nint, byte*, nint, nint>)_functions[138])(binding, name, memoryInfo));

    /// <summary>GetBoundOutputValues [140]: the outputs in the order in which they were bound; each is to be released.</summary>
    internal nint[] BoundOutputs(nint binding)
    {
        nint* values;
        nuint count;
        Check(((delegate* unmanaged<nint, nint, nint**, nuint*, nint>)_functions[140])(binding, DefaultAllocator(), &values, &count));
        nint[] outputs = new Span<nint>(values, (int)count).ToArray();
        if (values != null) Check(((delegate* unmanaged<nint, void*, nint>)_functions[76])(DefaultAllocator(), values));
        return outputs;
    }
}
