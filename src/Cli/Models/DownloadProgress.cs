using System.Diagnostics;
using System.Globalization;
using MLPipelines.Cli.Output;
using MLPipelines.Pretraining;

namespace MLPipelines.Cli.Models;

/// <summary>Shows how much of a file has come, how fast it comes and how long the rest will take.</summary>
internal sealed class DownloadProgress(ProgressDisplay display) : IProgress<CacheProgress>
{
    private const int BarWidth = 24;

    private string? _file;
    private long _start, _first;

    public void Report(CacheProgress value)
    {
        if (value.File != _file) (_file, _start, _first) = (value.File, Stopwatch.GetTimestamp(), value.Bytes);
        double seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds, speed = seconds > 0 ? (value.Bytes - _first) / seconds : 0;
        string shown = value.Total is { } total and > 0
            ? $"{value.File} {Bar((double)value.Bytes / total)} {Figures.Bytes(value.Bytes)} of {Figures.Bytes(total)}" : $"{value.File} {Figures.Bytes(value.Bytes)}";
        if (seconds >= 1) shown += $", {Figures.Bytes((long)speed)}/s";
        if (seconds >= 1 && speed > 0 && value.Total is { } all) shown += string.Create(CultureInfo.InvariantCulture, $", {Math.Ceiling((all - value.Bytes) / speed):0} s left");
        display.Count(shown);
    }

    private static string Bar(double share)
    {
        int full = (int)(BarWidth * Math.Clamp(share, 0, 1));
        return $"{new string('█', full)}{new string('░', BarWidth - full)}";
    }
}
