using System.Globalization;

namespace MLPipelines.Cli.Output;

/// <summary>
/// Shows on standard error how far a command has come: a live line on a terminal, plain lines elsewhere. Work that takes less
/// than a moment shows nothing live; plain lines come once a second at first, then ever less often.
/// </summary>
internal abstract class ProgressDisplay : IProgress<TrainingProgress>, IDisposable
{
    internal static ProgressDisplay For(CommandHost host) => host.ErrorIsTerminal ? new LiveProgress(host.Error) : new PlainProgress(host.Error);

    /// <summary>Says what is being done now.</summary>
    internal abstract void Stage(string text);

    /// <summary>Says something that stays.</summary>
    internal abstract void Note(string text);

    /// <summary>Says how far something has come that does not say how far it has to go.</summary>
    internal abstract void Count(string text);

    public void Report(TrainingProgress value) => Count(Describe(value));

    private static string Describe(TrainingProgress value)
    {
        string loss = value.Loss is { } known && double.IsFinite(known) ? string.Create(CultureInfo.InvariantCulture, $", loss {known:0.0000}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{value.Stage} {value.Iteration}/{value.IterationCount}{loss}");
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

/// <summary>Plain lines.</summary>
internal class PlainProgress(TextWriter writer) : ProgressDisplay
{
    private readonly Lock _lock = new();
    private long _next = Environment.TickCount64 + 1000, _pause = 1000;

    // A step that is soon over is told of by what comes of it.
    internal override void Stage(string text) { }

    internal override void Note(string text)
    {
        lock (_lock) writer.WriteLine(text);
    }

    internal override void Count(string text)
    {
        if (Environment.TickCount64 < Volatile.Read(ref _next)) return;
        lock (_lock)
        {
            if (Environment.TickCount64 < _next) return;
            // The longer it takes, the fewer lines.
            _pause = Math.Min(_pause * 3 / 2, 15_000);
            Volatile.Write(ref _next, Environment.TickCount64 + _pause);
            writer.WriteLine(text);
        }
    }

    protected override void Dispose(bool disposing) { }
}
