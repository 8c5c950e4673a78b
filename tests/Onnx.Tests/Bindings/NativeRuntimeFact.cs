using System.Reflection;
using System.Runtime.ExceptionServices;
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

/// <summary>Whether models can be run here, and the contract of estimators for tests that can be skipped.</summary>
internal static class NativeRuntime
{
    /// <summary>The tests of a contract by name, with their arguments.</summary>
    internal static TheoryData<string> PromisesOf<TContract>() where TContract : EstimatorContract => [.. Promises(typeof(TContract)).Select(promise => promise.Name)];

    internal static void Check<TContract>(TContract contract, string name) where TContract : EstimatorContract
    {
        var (_, method, arguments) = Promises(typeof(TContract)).Single(promise => promise.Name == name);
        try
        {
            method.Invoke(contract, arguments);
        }
        catch (TargetInvocationException failed)
        {
            ExceptionDispatchInfo.Throw(failed.InnerException!);
        }
    }

    private static IEnumerable<(string Name, MethodInfo Method, object?[] Arguments)> Promises(Type contract) =>
        from method in contract.GetMethods()
        where method.IsDefined(typeof(FactAttribute))
        from data in method.IsDefined(typeof(TheoryAttribute)) ? method.GetCustomAttributes<InlineDataAttribute>().SelectMany(cases => cases.GetData(method)) : [[]]
        select (string.Join(' ', [method.Name, .. data]), method, data);


    private static readonly Lazy<string?> Absent = new(OnnxRuntimeLibrary.WhyAbsent);

    internal static string? WhyAbsent(string? file) => Absent.Value ?? (file is null ? null : new DatasetFactAttribute(file).Skip);
}
