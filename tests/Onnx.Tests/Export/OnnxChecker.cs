using System.Diagnostics;

namespace MLPipelines.Onnx.Tests.Export;

/// <summary>ONNX's own checker of files, of Debian's package <c>python3-onnx</c>, with the inference of types and shapes.</summary>
internal static class OnnxChecker
{
    private const string Python = "/usr/bin/python3";

    private const string Program = """
        import glob, sys, onnx
        for name in sorted(glob.glob(sys.argv[1] + "/*.onnx")):
            try: onnx.checker.check_model(onnx.load(name), full_check=True)
            except Exception as e: print(name, e)
        """;

    internal static Lazy<string?> Absent { get; } = new(() => !File.Exists(Python) ? $"{Python} is not there: the checker of ONNX files needs it." : Run("import onnx", "") is { } problem ? $"The checker of ONNX files is not there (python3-onnx): {problem}" : null);

    /// <summary>What the checker says of files; <see langword="null"/> where all are valid.</summary>
    internal static string? Problems(IEnumerable<(string Name, byte[] File)> files)
    {
        string folder = Directory.CreateTempSubdirectory("onnx-checker-").FullName;
        try
        {
            foreach ((string name, byte[] file) in files) File.WriteAllBytes(Path.Combine(folder, name + ".onnx"), file);
            return Run(Program, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Run(string program, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", program, argument]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string said = output + (process.ExitCode == 0 ? "" : errors.Result);
        return said.Length > 0 ? said : null;
    }
}

/// <summary>A test that needs ONNX's checker; skipped, with the reason, where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnnxCheckerFactAttribute : FactAttribute
{
    public OnnxCheckerFactAttribute() => Skip = OnnxChecker.Absent.Value;
}
