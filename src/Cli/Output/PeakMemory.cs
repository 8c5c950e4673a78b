using System.Diagnostics;
using System.Globalization;

namespace MLPipelines.Cli.Output;

/// <summary>The most physical memory that this process has held.</summary>
internal static class PeakMemory
{
    internal static double Megabytes()
    {
        if (!OperatingSystem.IsLinux())
        {
            using var process = Process.GetCurrentProcess();
            return Math.Round(process.PeakWorkingSet64 / 1e6, 1);
        }
        foreach (string line in File.ReadLines("/proc/self/status"))
        {
            if (!line.StartsWith("VmHWM:", StringComparison.Ordinal)) continue;
            ReadOnlySpan<char> kibibytes = line.AsSpan(6).Trim();
            return Math.Round(double.Parse(kibibytes[..kibibytes.IndexOf(' ')], CultureInfo.InvariantCulture) * 1024 / 1e6, 1);
        }
        return 0;
    }
}
