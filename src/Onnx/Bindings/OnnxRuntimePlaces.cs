using System.Runtime.InteropServices;

namespace MLPipelines.Onnx;

/// <summary>Where ONNX Runtime is looked for: the four ways in their order, on one platform.</summary>
/// <param name="Named">What the environment variable <c>ONNXRUNTIME_LIB</c> holds.</param>
/// <param name="AppFolder">The folder of the app.</param>
/// <param name="NativeFolders">The folders where the host looks for native libraries of the app's packages.</param>
/// <param name="PackageFolders">The folders that hold restored NuGet packages.</param>
/// <param name="Platform">The names that this platform goes by.</param>
internal sealed record OnnxRuntimePlaces(
    string? Named, string AppFolder, IReadOnlyList<string> NativeFolders, IReadOnlyList<string> PackageFolders, OnnxRuntimePlatform Platform)
{
    internal const string Variable = "ONNXRUNTIME_LIB";

    /// <summary>The folder beside an app into which a build copies the library of the npm package.</summary>
    internal const string NpmPackage = "onnxruntime-node";

    private static readonly string[] Packages =
    [
        "microsoft.ml.onnxruntime", "microsoft.ml.onnxruntime.gpu", "microsoft.ml.onnxruntime.gpu.linux", "microsoft.ml.onnxruntime.gpu.windows",
    ];

    /// <summary>The places of this process.</summary>
    internal static OnnxRuntimePlaces OfThisProcess() => new(
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : null,
        AppContext.BaseDirectory,
        (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string)?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [],
        [Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } packages ? packages
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages")],
        OnnxRuntimePlatform.Current());

    /// <summary>The libraries that are there, best first. What the environment variable names is the only one where it is set.</summary>
    internal IEnumerable<string> Found() => Named is not null ? [Named]
        : new[] { NextToApp(), InNativeFolders(), InPackageFolders(), InNpmPackage() }.SelectMany(found => found).Distinct();

    private IEnumerable<string> NextToApp() => In(AppFolder);

    private IEnumerable<string> InNativeFolders() =>
        NativeFolders.Append(Path.Combine(AppFolder, "runtimes", Platform.Rid, "native")).SelectMany(In);

    private IEnumerable<string> InPackageFolders() =>
        from packages in PackageFolders
        from package in Packages
        let folder = Path.Combine(packages, package)
        where Directory.Exists(folder)
        from version in Directory.EnumerateDirectories(folder).OrderByDescending(path => VersionOf(Path.GetFileName(path)))
        from library in In(Path.Combine(version, "runtimes", Platform.Rid, "native"))
        select library;

    /// <summary>As a build of ours copies it, and as Node.js finds packages: in <c>node_modules</c> of the app's folder or of one above it.</summary>
    private IEnumerable<string> InNpmPackage()
    {
        foreach (string library in In(Path.Combine(AppFolder, NpmPackage))) yield return library;
        for (string? folder = Path.TrimEndingDirectorySeparator(AppFolder); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string binaries = Path.Combine(folder, "node_modules", NpmPackage, "bin");
            if (!Directory.Exists(binaries)) continue;
            foreach (string api in Directory.EnumerateDirectories(binaries).OrderDescending(StringComparer.Ordinal))
            {
                foreach (string library in In(Path.Combine(api, Platform.NodeSystem, Platform.NodeProcessor))) yield return library;
            }
        }
    }

    /// <summary>The library under its plain name, or under one that carries its version.</summary>
    private IEnumerable<string> In(string folder) => !Directory.Exists(folder) ? []
        : Directory.EnumerateFiles(folder).Where(file => Platform.IsLibrary(Path.GetFileName(file))).OrderBy(file => file.Length).ThenBy(file => file, StringComparer.Ordinal);

    private static Version VersionOf(string name) => Version.TryParse(name.Split('-', '+')[0], out var version) ? version : new Version();
}

/// <summary>The names that a platform goes by, and what its library is called.</summary>
/// <param name="Rid">As .NET calls it: <c>linux-x64</c>.</param>
/// <param name="NodeSystem">As Node.js calls the system: <c>linux</c>, <c>darwin</c>, <c>win32</c>.</param>
/// <param name="NodeProcessor">As Node.js calls the processor: <c>x64</c>, <c>arm64</c>.</param>
internal sealed record OnnxRuntimePlatform(string Rid, string NodeSystem, string NodeProcessor)
{
    internal static OnnxRuntimePlatform Current()
    {
        string processor = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            Architecture.X86 => "x86",
            var other => other.ToString().ToLowerInvariant(),
        };
        return OperatingSystem.IsWindows() ? new($"win-{processor}", "win32", processor)
            : OperatingSystem.IsMacOS() ? new($"osx-{processor}", "darwin", processor)
            : new($"linux-{processor}", "linux", processor);
    }

    internal bool IsLibrary(string file) => NodeSystem switch
    {
        "win32" => file.Equals("onnxruntime.dll", StringComparison.OrdinalIgnoreCase),
        "darwin" => file == "libonnxruntime.dylib" || (file.StartsWith("libonnxruntime.", StringComparison.Ordinal) && file.EndsWith(".dylib", StringComparison.Ordinal)),
        _ => file == "libonnxruntime.so" || file.StartsWith("libonnxruntime.so.", StringComparison.Ordinal),
    };
}
