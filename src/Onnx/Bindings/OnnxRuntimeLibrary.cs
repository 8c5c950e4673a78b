using System.Runtime.InteropServices;
using MLPipelines.OnnxRuntime;

namespace MLPipelines.Onnx;

/// <summary>The native library of ONNX Runtime in this process: found, loaded and checked when it is first needed, and never unloaded.</summary>
internal sealed class OnnxRuntimeLibrary
{
    private static readonly Lock Loading = new();
    private static OnnxRuntimeLibrary? s_current;

    private OnnxRuntimeLibrary(OrtApi api, string path) => (Api, Path, CreatedEnvironment) = (api, path, api.CreateEnvironment());

    internal OrtApi Api { get; }

    internal string Path { get; }

    /// <summary>What all sessions of the process share.</summary>
    internal nint CreatedEnvironment { get; }

    /// <exception cref="OnnxRuntimeException">No library is found, or none of those found can be used.</exception>
    internal static OnnxRuntimeLibrary Current
    {
        get
        {
            if (s_current is { } current) return current;
            lock (Loading)
            {
                if (s_current is null)
                {
                    var (api, path) = Load(OnnxRuntimePlaces.OfThisProcess());
                    s_current = new OnnxRuntimeLibrary(api, path);
                }
                return s_current;
            }
        }
    }

    /// <summary>Why there is no library; <see langword="null"/> where there is one.</summary>
    internal static string? WhyAbsent()
    {
        try
        {
            return Current is null ? "" : null;
        }
        catch (OnnxRuntimeException absent)
        {
            return absent.Message;
        }
    }

    /// <summary>The first library that can be used; what is wrong with one that cannot is said only where no other can.</summary>
    internal static (OrtApi Api, string Path) Load(OnnxRuntimePlaces places)
    {
        var faults = new List<string>();
        foreach (string path in places.Found())
        {
            try
            {
                return (OrtApi.Of(Open(path), path), path);
            }
            catch (OnnxRuntimeException fault)
            {
                faults.Add(fault.Message);
            }
        }
        throw new OnnxRuntimeException(Message(places, faults));
    }

    private static nint Open(string path)
    {
        if (!File.Exists(path)) throw new OnnxRuntimeException($"{path} does not exist.");
        try
        {
            return NativeLibrary.Load(System.IO.Path.GetFullPath(path));
        }
        catch (Exception fault) when (fault is DllNotFoundException or BadImageFormatException)
        {
            throw new OnnxRuntimeException($"{path} cannot be loaded: {fault.Message}", fault);
        }
    }

    private static string Message(OnnxRuntimePlaces places, List<string> faults)
    {
        string rid = places.Platform.Rid;
        if (places.Named is not null) return $"ONNX Runtime: {OnnxRuntimePlaces.Variable} names a library that cannot be used. {faults[0]}";
        string found = faults.Count == 0 ? "ONNX Runtime's native library was not found."
            : $"ONNX Runtime's native library was found, but cannot be used. {string.Join(' ', faults)}";
        return $"""
            {found} ONNX models need it. It is looked for in four ways:
            1. the file that the environment variable {OnnxRuntimePlaces.Variable} names (not set);
            2. next to the app, in {places.AppFolder};
            3. runtimes/{rid}/native of a restored NuGet package Microsoft.ML.OnnxRuntime or Microsoft.ML.OnnxRuntime.Gpu (dotnet add package Microsoft.ML.OnnxRuntime);
            4. the npm package {OnnxRuntimePlaces.NpmPackage} in node_modules of the app's folder or of one above it (npm install --ignore-scripts {OnnxRuntimePlaces.NpmPackage}).
            """;
    }
}
