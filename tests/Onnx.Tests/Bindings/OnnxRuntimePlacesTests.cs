namespace MLPipelines.Onnx.Tests;

/// <summary>Where the native library is looked for.</summary>
public sealed class OnnxRuntimePlacesTests
{
    [Fact]
    public void The_four_ways_come_in_their_order()
    {
        using var fake = new FakePlaces();
        string[] expected =
        [
            fake.Add("work/app/libonnxruntime.so"),
            fake.Add("host/libonnxruntime.so.1"),
            fake.Add("work/app/runtimes/linux-x64/native/libonnxruntime.so"),
            fake.Add("packages/microsoft.ml.onnxruntime/1.20.0/runtimes/linux-x64/native/libonnxruntime.so"),
            fake.Add("packages/microsoft.ml.onnxruntime/1.9.0/runtimes/linux-x64/native/libonnxruntime.so"),
            fake.Add("packages/microsoft.ml.onnxruntime.gpu.linux/1.20.0/runtimes/linux-x64/native/libonnxruntime.so"),
            fake.Add("work/app/onnxruntime-node/libonnxruntime.so.1"),
            fake.Add("work/app/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1"),
            fake.Add("work/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1"),
        ];
        fake.Add("work/app/libonnxruntime_providers_shared.so");
        fake.Add("packages/microsoft.ml.onnxruntime/1.20.0/runtimes/win-x64/native/onnxruntime.dll");
        fake.Add("work/app/node_modules/onnxruntime-node/bin/napi-v6/darwin/arm64/libonnxruntime.1.30.0.dylib");
        Assert.Equal(expected, fake.Places().Found());
    }

    [Fact]
    public void A_library_that_is_named_is_the_only_one()
    {
        using var fake = new FakePlaces();
        fake.Add("work/app/libonnxruntime.so");
        string named = fake.Add("elsewhere/mine.so");
        Assert.Equal([named], fake.Places(named).Found());
    }

    [Theory]
    [InlineData("win-x64", "win32", "x64", "onnxruntime.dll")]
    [InlineData("osx-arm64", "darwin", "arm64", "libonnxruntime.1.30.0.dylib")]
    [InlineData("linux-arm64", "linux", "arm64", "libonnxruntime.so.1")]
    public void Every_platform_finds_its_own_library(string rid, string system, string processor, string file)
    {
        using var fake = new FakePlaces { Platform = new OnnxRuntimePlatform(rid, system, processor) };
        foreach (string other in new[] { "onnxruntime.dll", "libonnxruntime.1.30.0.dylib", "libonnxruntime.so.1", "onnxruntime.lib", "onnxruntime_binding.node" })
        {
            foreach (string place in new[] { "win32/x64", "darwin/arm64", "linux/arm64", "linux/x64" }) fake.Add($"work/app/node_modules/onnxruntime-node/bin/napi-v6/{place}/{other}");
        }
        Assert.Equal([Path.Combine(fake.App, "node_modules", "onnxruntime-node", "bin", "napi-v6", system, processor, file)], fake.Places().Found());
    }

    [Fact]
    public void This_process_looks_beside_its_app() => Assert.Equal(AppContext.BaseDirectory, OnnxRuntimePlaces.OfThisProcess().AppFolder);
}
