using System.Globalization;
using MLPipelines.AutoML;
using MLPipelines.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MLPipelines.Cli.AutoML;

/// <summary>Shows how a search goes: a live leaderboard on a terminal, a line for each new best trial elsewhere.</summary>
internal static class SearchProgress
{
    internal static ProgressDisplay For(CommandHost host, string metric) => host.ErrorIsTerminal ? new LiveLeaderboard(host.Error, metric) : new PlainLeaderboard(host.Error, metric);

    /// <summary>Tells a display of a search.</summary>
    internal static void Show(ProgressDisplay display, ExperimentProgress progress)
    {
        if (display is IShowsSearch shows) shows.Show(progress);
    }

    /// <summary>How far it has come, in a line.</summary>
    internal static string Line(ExperimentProgress progress, string metric)
    {
        string best = progress.Best is { } row ? $"; best {metric} {Leaderboard.Metric(row.Metric)} ({row.Trainer})" : "";
        string left = progress.Remaining is { } time ? string.Create(CultureInfo.InvariantCulture, $", {Math.Max(0, time.TotalSeconds):0} s left") : "";
        string running = progress.Running > 0 ? string.Create(CultureInfo.InvariantCulture, $", {progress.Running} under way") : "";
        return $"{progress.Stage}: {Figures.Count(progress.Leaderboard.Count, "trial")}{running}{left}{best}";
    }
}

/// <summary>Shows a search.</summary>
internal interface IShowsSearch
{
    void Show(ExperimentProgress progress);
}

/// <summary>Plain lines: each trial that is the best so far, each failure, and now and then how far it has come.</summary>
internal sealed class PlainLeaderboard(TextWriter writer, string metric) : PlainProgress(writer), IShowsSearch
{
    private readonly HashSet<int> _told = [];

    public void Show(ExperimentProgress progress)
    {
        foreach (LeaderboardRow row in progress.Leaderboard.Where(row => _told.Add(row.Trial)))
        {
            string at = string.Create(CultureInfo.InvariantCulture, $"{progress.Elapsed.TotalSeconds,6:0.0} s  trial {Leaderboard.Number(row)}  {row.Trainer}");
            if (row.Failure is { } failure) Note($"{at}  failed: {failure.ReplaceLineEndings(" ")}");
            else if (row.IsBestSoFar) Note($"{at}  {metric} {Leaderboard.Metric(row.Metric)}  the best so far");
        }
        Count(SearchProgress.Line(progress, metric));
    }
}

/// <summary>A leaderboard that is drawn anew as trials end.</summary>
internal sealed class LiveLeaderboard(TextWriter writer, string metric) : LiveProgress(writer), IShowsSearch
{
    // What the columns besides the parameters take.
    private const int Rows = 10, OtherColumns = 82;

    private volatile ExperimentProgress? _progress;
    private long _at;

    public void Show(ExperimentProgress progress)
    {
        Volatile.Write(ref _at, Environment.TickCount64);
        _progress = progress;
    }

    protected override void Draw(IAnsiConsole console) => console.Live(new Text("")).AutoClear(true).Start(live =>
    {
        while (GoesOn(200))
        {
            foreach (string note in TakeNotes()) console.WriteLine(note);
            live.UpdateTarget(Picture(console.Profile.Width));
        }
    });

    private IRenderable Picture(int width)
    {
        if (_progress is not { } progress) return new Text(Line);
        // Between two words of the search the clock goes on.
        TimeSpan since = TimeSpan.FromMilliseconds(Environment.TickCount64 - Volatile.Read(ref _at));
        var line = new Text(SearchProgress.Line(progress with { Elapsed = progress.Elapsed + since, Remaining = progress.Remaining - since }, metric), new Style(decoration: Decoration.Bold));
        return progress.Leaderboard.Count == 0 ? line : new Rows(line, DrawnTables.Drawn(Leaderboard.Table(progress.Leaderboard, metric, Rows, width - OtherColumns)));
    }
}
