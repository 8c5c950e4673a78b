using System.Diagnostics;
using System.Text;

namespace MLPipelines.Architecture.Tests;

/// <summary>A test that runs a command line of bash; skipped, with the reason, where there is no bash.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BashFactAttribute : FactAttribute
{
    public BashFactAttribute()
    {
        if (Shell.Bash is null) Skip = "There is no bash on this machine.";
    }
}

/// <summary>Runs command lines as a user types them.</summary>
internal static class Shell
{
    // Windows has a bash.exe that starts another system, where nothing of this one is installed.
    internal static string? Bash { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0 && !folder.EndsWith("System32", StringComparison.OrdinalIgnoreCase))
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "bash.exe" : "bash")).FirstOrDefault(File.Exists);

    internal static async Task<(int ExitCode, string Out, string Error)> RunAsync(string command, string folder, TimeSpan limit)
    {
        var start = new ProcessStartInfo(Bash!, ["-c", command])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // What the test run tells its own build is not for this one; and no process may stay behind that keeps the pipes open.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        // What is tried here is no run of the user's.
        start.Environment["MLPIPELINES_RUNS"] = "none";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        try
        {
            using var expired = new CancellationTokenSource(limit);
            await process.WaitForExitAsync(expired.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"Still running after {limit}: {command}\n{await output}\n{await error}");
        }
        return (process.ExitCode, await output, await error);
    }
}
