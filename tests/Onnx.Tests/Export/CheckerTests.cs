using System.Diagnostics;
using Google.Protobuf;
using MLPipelines.Onnx.Graph;

namespace MLPipelines.Onnx.Tests.Export;

/// <summary>Every exported file is valid in the eyes of ONNX's own checker (Debian: python3-onnx).</summary>
public sealed class CheckerTests
{
    private const string Python = "/usr/bin/python3";

    [OnnxCheckerFact]
    public void Every_exported_file_passes_the_checker_of_ONNX()
    {
        string folder = Directory.CreateTempSubdirectory("onnx-checker").FullName;
        try
        {
            var names = new Dictionary<string, string>();
            foreach (ParityRow row in ParityTable.Rows)
            {
                string file = $"{names.Count:000}.onnx";
                names[file] = row.Name;
                using FileStream stream = File.Create(Path.Combine(folder, file));
                ExportedModel.Of(row).WriteTo(stream);
            }
            var (code, said) = Run($"import onnx, sys, pathlib\nfor p in sorted(pathlib.Path('{folder}').iterdir()):\n  try: onnx.checker.check_model(onnx.load(str(p)), full_check=False)\n  except Exception as e: print(p.name, str(e)[:300])");
            Assert.Equal("", string.Join('\n', said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => names.GetValueOrDefault(line.Split(' ')[0], "") + ": " + line)));
            Assert.Equal(0, code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    internal static (int ExitCode, string Output) Run(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", program]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + (process.ExitCode == 0 ? "" : errors.Result));
    }

    /// <summary>A test that needs ONNX's checker; skipped, with the reason, where it is not there.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class OnnxCheckerFactAttribute : FactAttribute
    {
        private static readonly Lazy<string?> Absent = new(() => !File.Exists(Python) ? $"{Python} is not there."
            : Run("import onnx.checker").ExitCode != 0 ? "Python has no package onnx (Debian: python3-onnx)." : null);

        public OnnxCheckerFactAttribute() => Skip = Absent.Value;
    }
}
