using System.Runtime.InteropServices;
using MLPipelines.OnnxRuntime;

namespace MLPipelines.Onnx.Tests;

/// <summary>What is said where there is no library that can be used.</summary>
public sealed unsafe class OnnxRuntimeLibraryTests
{
    [Fact]
    public void Nothing_found_says_the_four_ways()
    {
        using var fake = new FakePlaces();
        string message = Assert.Throws<OnnxRuntimeException>(() => OnnxRuntimeLibrary.Load(fake.Places())).Message;
        Assert.StartsWith("ONNX Runtime's native library was not found.", message, StringComparison.Ordinal);
        foreach (string way in new[] { "1. the file that the environment variable ONNXRUNTIME_LIB names", $"2. next to the app, in {fake.App}", "3. runtimes/linux-x64/native of a restored NuGet package Microsoft.ML.OnnxRuntime or Microsoft.ML.OnnxRuntime.Gpu", "4. the npm package onnxruntime-node" })
        {
            Assert.Contains(way, message);
        }
    }

    [Fact]
    public void A_file_that_is_no_library_is_named()
    {
        using var fake = new FakePlaces();
        string next = fake.Add("work/app/libonnxruntime.so"), npm = fake.Add("work/app/onnxruntime-node/libonnxruntime.so.1");
        string message = Assert.Throws<OnnxRuntimeException>(() => OnnxRuntimeLibrary.Load(fake.Places())).Message;
        Assert.StartsWith("ONNX Runtime's native library was found, but cannot be used.", message, StringComparison.Ordinal);
        Assert.Contains($"{next} cannot be loaded:", message);
        Assert.Contains($"{npm} cannot be loaded:", message);
        Assert.Contains("4. the npm package", message);
    }

    [Fact]
    public void A_named_file_that_is_absent_is_told()
    {
        using var fake = new FakePlaces();
        string message = Assert.Throws<OnnxRuntimeException>(() => OnnxRuntimeLibrary.Load(fake.Places("/nowhere/libonnxruntime.so"))).Message;
        Assert.Contains("ONNXRUNTIME_LIB names a library that cannot be used", message);
        Assert.Contains("/nowhere/libonnxruntime.so does not exist", message);
    }

    [Fact]
    public void Another_library_is_no_runtime()
    {
        string other = Directory.EnumerateFiles(RuntimeEnvironment.GetRuntimeDirectory()).First(file => Path.GetFileNameWithoutExtension(file) is "libSystem.Native" or "System.IO.Compression.Native");
        using var fake = new FakePlaces();
        Assert.Contains("is not ONNX Runtime: it has no function OrtGetApiBase", Assert.Throws<OnnxRuntimeException>(() => OnnxRuntimeLibrary.Load(fake.Places(other))).Message);
    }

    [Fact]
    public void A_runtime_that_is_too_old_says_its_version_and_the_one_needed()
    {
        void** functions = stackalloc void*[2];
        functions[0] = (delegate* unmanaged<uint, nint>)&NoTable;
        functions[1] = (delegate* unmanaged<nint>)&OldVersion;
        string? message = null;
        try
        {
            OrtApi.Of(functions, "/old/libonnxruntime.so");
        }
        catch (OnnxRuntimeException fault)
        {
            message = fault.Message;
        }
        Assert.Equal("/old/libonnxruntime.so is ONNX Runtime 1.6.0, which is too old: version 1.11 or a newer one is needed (version 11 of its C API).", message);
    }

    [NativeRuntimeFact]
    public void The_library_says_its_version_and_what_it_was_built_for()
    {
        OrtApi api = OnnxRuntimeLibrary.Current.Api;
        Assert.True(Version.Parse(api.Version.Split('-', '+')[0]) >= new Version(1, (int)OrtApi.RequiredVersion));
        Assert.Contains("CPUExecutionProvider", api.Providers());
    }

    [UnmanagedCallersOnly]
    private static nint NoTable(uint version) => 0;

    [UnmanagedCallersOnly]
    private static nint OldVersion() => Old;

    private static readonly nint Old = Marshal.StringToCoTaskMemUTF8("1.6.0");
}
