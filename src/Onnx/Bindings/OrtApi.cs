using System.Runtime.InteropServices;
using System.Text;
using MLPipelines.OnnxRuntime;

namespace MLPipelines.Onnx;

/// <summary>
/// The C API of ONNX Runtime: a table of functions that only ever grows at its end. A number in square brackets is a function's
/// place in <c>struct OrtApi</c> of <c>onnxruntime_c_api.h</c>; a status that is not null becomes an exception.
/// </summary>
internal sealed unsafe partial class OrtApi
{
    /// <summary>The newest function that is needed stands in version 11 of the table, which ONNX Runtime has since 1.11.</summary>
    internal const uint RequiredVersion = 11;

    /// <summary>Since this version it also says what an optional input or output holds.</summary>
    internal const uint OptionalTypesVersion = 15;

    private readonly void** _functions;

    private OrtApi(void** functions, string version, bool knowsOptionalTypes)
    {
        _functions = functions;
        (Version, KnowsOptionalTypes) = (version, knowsOptionalTypes);
    }

    /// <summary>Such as 1.30.0.</summary>
    internal string Version { get; }

    internal bool KnowsOptionalTypes { get; }

    /// <exception cref="OnnxRuntimeException">It is no ONNX Runtime, or one that is too old.</exception>
    internal static OrtApi Of(nint library, string path)
    {
        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out nint entry))
        {
            throw new OnnxRuntimeException($"{path} is not ONNX Runtime: it has no function OrtGetApiBase.");
        }
        return Of((void**)((delegate* unmanaged<nint>)entry)(), path);
    }

    /// <param name="functions">What <c>OrtGetApiBase</c> gives: a function that gives the table of a version, and one that gives the library's own.</param>
    /// <param name="path">The library, for messages.</param>
    internal static OrtApi Of(void** functions, string path)
    {
        string version = TextOf(((delegate* unmanaged<byte*>)functions[1])());
        void** newest = Table(OptionalTypesVersion);
        void** needed = newest != null ? newest : Table(RequiredVersion);
        return needed != null ? new OrtApi(needed, version, newest != null) : throw new OnnxRuntimeException(
            $"{path} is ONNX Runtime {version}, which is too old: version 1.{RequiredVersion} or a newer one is needed (version {RequiredVersion} of its C API).");

        void** Table(uint asked) => TooNew(version, asked) ? null : (void**)((delegate* unmanaged<uint, nint>)functions[0])(asked);
    }

    /// <summary>A library writes a complaint to standard error when it is asked for more than it has, so its own version is looked at first.</summary>
    private static bool TooNew(string version, uint asked) =>
        System.Version.TryParse(version.Split('-', '+')[0], out var own) && own.Major == 1 && own.Minor < asked;

    /// <exception cref="OnnxRuntimeException">The status is a failure.</exception>
    internal void Check(nint status)
    {
        if (status != 0) Throw(status);
    }

    private void Throw(nint status)
    {
        var code = (OnnxErrorCode)((delegate* unmanaged<nint, int>)_functions[1])(status);
        string message = TextOf(((delegate* unmanaged<nint, byte*>)_functions[2])(status));
        ((delegate* unmanaged<nint, void>)_functions[93])(status);
        throw new OnnxRuntimeException(code, message);
    }

    /// <summary>CreateEnv [3] and DisableTelemetryEvents [6]: what fails is told by exceptions, so that only a fatal failure is written to standard error.</summary>
    internal nint CreateEnvironment()
    {
        const int fatal = 4;
        nint environment;
        fixed (byte* name = "MLPipelines\0"u8) Check(((delegate* unmanaged<int, byte*, nint*, nint>)_functions[3])(fatal, name, &environment));
        Check(((delegate* unmanaged<nint, nint>)_functions[6])(environment));
        return environment;
    }

    internal static string TextOf(byte* text) => text == null ? "" : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    /// <summary>A text of the library's own allocator, which is given back.</summary>
    private string TakeText(byte* text)
    {
        string taken = TextOf(text);
        if (text != null) Check(((delegate* unmanaged<nint, void*, nint>)_functions[76])(DefaultAllocator(), text));
        return taken;
    }

    /// <summary>GetAllocatorWithDefaultOptions [78]; it lives as long as the library.</summary>
    internal nint DefaultAllocator()
    {
        nint allocator;
        Check(((delegate* unmanaged<nint*, nint>)_functions[78])(&allocator));
        return allocator;
    }

    /// <summary>CreateCpuMemoryInfo [69].</summary>
    internal nint CreateCpuMemoryInfo()
    {
        const int arenaAllocator = 1, defaultMemory = 0;
        nint info;
        Check(((delegate* unmanaged<int, int, nint*, nint>)_functions[69])(arenaAllocator, defaultMemory, &info));
        return info;
    }

    /// <summary>Gives something back by one of the functions of the table that only takes it.</summary>
    internal void Release(OrtRelease function, nint handle) => ((delegate* unmanaged<nint, void>)_functions[(int)function])(handle);
}
