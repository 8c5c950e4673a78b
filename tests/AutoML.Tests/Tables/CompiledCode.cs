using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MLPipelines.AutoML.Tests.Tables;

/// <summary>Compiles the code of a winner and runs it.</summary>
internal static class CompiledCode
{
    internal static ITransformer Train(string code, IDataView data)
    {
        string[] assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create($"Winner{Guid.NewGuid():N}", [CSharpSyntaxTree.ParseText(code)], assemblies.Where(File.Exists).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var file = new MemoryStream();
        var result = compilation.Emit(file);
        Assert.True(result.Success, $"{string.Join('\n', result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error))}\n{code}");
        Assembly assembly = AssemblyLoadContext.Default.LoadFromStream(new MemoryStream(file.ToArray()));
        return (ITransformer)assembly.GetType("Winner")!.GetMethod("Train")!.Invoke(null, [data])!;
    }
}
