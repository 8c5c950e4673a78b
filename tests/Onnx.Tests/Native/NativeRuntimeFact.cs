using MLPipelines.Testing;

namespace MLPipelines.Onnx.Tests;

/// <summary>A test that needs ONNX Runtime's native library, and perhaps a public data set; skipped, with the reason, where one of them is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeRuntimeFactAttribute : FactAttribute
{
    public NativeRuntimeFactAttribute(string? file = null) => (File, Skip) = (file, NativeRuntime.WhyAbsent(file));

    public string? File { get; }
}

/// <summary>A test of several cases that needs ONNX Runtime's native library, and perhaps a public data set.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeRuntimeTheoryAttribute : TheoryAttribute
{
    public NativeRuntimeTheoryAttribute(string? file = null) => (File, Skip) = (file, NativeRuntime.WhyAbsent(file));

    public string? File { get; }
}

/// <summary>Whether models can be run here.</summary>
internal static class NativeRuntime
{
    private static readonly Lazy<string?> Absent = new(OnnxRuntimeLibrary.WhyAbsent);

    internal static string? WhyAbsent(string? file) => Absent.Value ?? (file is null ? null : new DatasetFactAttribute(file).Skip);
}
