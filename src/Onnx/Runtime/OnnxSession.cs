using MLPipelines.OnnxRuntime;

namespace MLPipelines.Onnx;

/// <summary>
/// An ONNX model that is ready to run: <c>using var session = OnnxSession.Open(bytes); var scores = session.Run(new() { ["x"] = OnnxValue.Tensor(numbers, rows, 4) });</c>.
/// Any number of threads may run it at the same time.
/// </summary>
internal sealed unsafe class OnnxSession : IDisposable
{
    private readonly OrtHandle _handle;

    private OnnxSession(OnnxRuntimeLibrary library, OrtHandle handle, bool usesGpu)
    {
        (Library, _handle, UsesGpu) = (library, handle, usesGpu);
        Inputs = Nodes(outputs: false);
        Outputs = Nodes(outputs: true);
    }

    internal OnnxRuntimeLibrary Library { get; }

    internal OrtApi Api => Library.Api;

    internal OrtHandle Handle => _handle;

    internal bool IsClosed => _handle.IsClosed;

    private nint Pointer => _handle.Pointer;

    internal bool UsesGpu { get; }

    internal IReadOnlyList<OnnxNode> Inputs { get; }

    internal IReadOnlyList<OnnxNode> Outputs { get; }

    /// <summary>What the model's maker wrote into it.</summary>
    internal (string Producer, string Graph, string Description, long Version, IReadOnlyDictionary<string, string> Custom) Metadata
    {
        get
        {
            var metadata = Api.MetadataOf(Pointer);
            GC.KeepAlive(_handle);
            return metadata;
        }
    }

    /// <summary>Opens the model of a file; weights that it keeps in files of their own are found beside it.</summary>
    /// <exception cref="OnnxRuntimeException">The library is absent, or the model is not valid.</exception>
    internal static OnnxSession Open(string path, OnnxSessionOptions? options = null)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"ONNX model '{path}' does not exist.", path);
        return Open(options ?? OnnxSessionOptions.Default, $"'{path}'", (library, settings) => library.Api.CreateSession(library.CreatedEnvironment, path, settings));
    }

    /// <summary>Opens a model from its bytes.</summary>
    /// <exception cref="OnnxRuntimeException">The library is absent, or the model is not valid.</exception>
    internal static OnnxSession Open(ReadOnlyMemory<byte> model, OnnxSessionOptions? options = null, string? name = null) =>
        Open(options ?? OnnxSessionOptions.Default, name ?? $"{model.Length:N0} bytes", (library, settings) => library.Api.CreateSession(library.CreatedEnvironment, model.Span, settings));

    private static OnnxSession Open(OnnxSessionOptions options, string what, Func<OnnxRuntimeLibrary, OrtHandle, OrtHandle> create)
    {
        OnnxRuntimeLibrary library = OnnxRuntimeLibrary.Current;
        if (options.GpuDeviceId is { } device)
        {
            try
            {
                return Open(library, options, create, device);
            }
            catch (OnnxRuntimeException fault) when (!options.FallbackToCpu)
            {
                throw new OnnxRuntimeException(fault.Code, $"ONNX model ({what}) cannot run on CUDA device {device}: {fault.Message} The library {library.Path} (ONNX Runtime {library.Api.Version}) " +
                    $"was built for {string.Join(", ", library.Api.Providers())}. Use a library with CUDA (Microsoft.ML.OnnxRuntime.Gpu), pass fallbackToCpu: true, or leave gpuDeviceId out.");
            }
            catch (OnnxRuntimeException)
            {
                // The processor takes over.
            }
        }
        try
        {
            return Open(library, options, create, null);
        }
        catch (OnnxRuntimeException fault)
        {
            string problem = fault.Code == OnnxErrorCode.InvalidProtobuf ? "is not an ONNX file, or is cut off" : $"cannot be opened by ONNX Runtime {library.Api.Version}";
            throw new OnnxRuntimeException(fault.Code, $"ONNX model ({what}) {problem}: {fault.Message}");
        }
    }

    private static OnnxSession Open(OnnxRuntimeLibrary library, OnnxSessionOptions options, Func<OnnxRuntimeLibrary, OrtHandle, OrtHandle> create, int? device)
    {
        using OrtHandle settings = library.Api.CreateSessionOptions();
        library.Api.SetGraphOptimization(settings, (int)options.Optimization);
        if (options.IntraOpThreads is { } intra) library.Api.SetIntraOpThreads(settings, intra);
        if (options.InterOpThreads is { } inter)
        {
            library.Api.SetInterOpThreads(settings, inter);
            if (inter > 1) library.Api.SetParallelExecution(settings);
        }
        if (device is { } id) library.Api.AppendCuda(settings, id);
        return new OnnxSession(library, create(library, settings), device is not null);
    }

    /// <summary>Runs the model on values by name and copies what comes out of it.</summary>
    /// <param name="inputs">The inputs; optional ones may be left out.</param>
    /// <param name="outputs">The outputs that are wanted; all where none are named.</param>
    /// <exception cref="OnnxRuntimeException">A name or a shape is not the model's, or the model fails.</exception>
    internal Dictionary<string, OnnxValue> Run(IReadOnlyDictionary<string, OnnxValue> inputs, params IReadOnlyList<string> outputs)
    {
        if (outputs.Count == 0) outputs = [.. Outputs.Select(output => output.Name)];
        nint[] given = new nint[inputs.Count], made = new nint[outputs.Count];
        bool held = false;
        try
        {
            _handle.DangerousAddRef(ref held);
            int i = 0;
            foreach (OnnxValue value in inputs.Values) given[i++] = OnnxValueTransfer.ToNative(Api, value);
            using var inputNames = new NativeNames([.. inputs.Keys]);
            using var outputNames = new NativeNames(outputs);
            fixed (nint* from = given, to = made) Api.Run(Pointer, inputNames.First, from, given.Length, outputNames.First, to, made.Length);
            var results = new Dictionary<string, OnnxValue>();
            for (int o = 0; o < made.Length; o++) results[outputs[o]] = OnnxValueTransfer.ToManaged(Api, made[o]);
            return results;
        }
        finally
        {
            foreach (nint value in given.Concat(made))
            {
                if (value != 0) Api.Release(OrtRelease.Value, value);
            }
            if (held) _handle.DangerousRelease();
        }
    }

    public void Dispose() => _handle.Dispose();

    private OnnxNode[] Nodes(bool outputs)
    {
        var nodes = new OnnxNode[Api.Count(Pointer, outputs)];
        for (int i = 0; i < nodes.Length; i++) nodes[i] = new OnnxNode(Api.NameOf(Pointer, i, outputs), Api.SpecOf(Pointer, i, outputs));
        return nodes;
    }
}
