using System.Diagnostics;

namespace MLPipelines.Cli.Output;

/// <summary>How long each stage of a command took, in seconds from the start of the command.</summary>
internal sealed class Stages
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Dictionary<string, double> _seconds = [];
    private double _last;

    /// <summary>Books the time since the last stage ended on a stage.</summary>
    internal double End(string stage)
    {
        double now = _watch.Elapsed.TotalSeconds, took = now - _last;
        _seconds[stage] = _seconds.GetValueOrDefault(stage) + took;
        _last = now;
        return took;
    }

    /// <summary>Forgets the time since the last stage ended: it belongs to none.</summary>
    internal void Skip() => _last = _watch.Elapsed.TotalSeconds;

    internal double Total => _watch.Elapsed.TotalSeconds;

    internal IReadOnlyDictionary<string, double> Seconds => _seconds;

    internal double this[string stage] => _seconds.GetValueOrDefault(stage);
}
