using System.Diagnostics;
using Spectre.Console;

namespace MLPipelines.Cli.Output;

/// <summary>A line with a spinner that says what is being done, for a terminal. It is drawn by a thread of its own.</summary>
internal sealed class LiveProgress : ProgressDisplay
{
    /// <summary>What is over before that needs no display.</summary>
    private const int PatienceMilliseconds = 300;

    private readonly TextWriter _writer;
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly Thread _thread;
    private readonly List<string> _notes = [];
    private volatile string _text = "starting";

    internal LiveProgress(TextWriter writer)
    {
        _writer = writer;
        _thread = new Thread(Show) { IsBackground = true, Name = "progress" };
        _thread.Start();
    }

    internal override void Stage(string text) => _text = text;

    internal override void Note(string text)
    {
        lock (_lock) _notes.Add(text);
    }

    internal override void Count(string text) => _text = text;

    private void Show()
    {
        if (!_ended.Wait(PatienceMilliseconds))
        {
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_writer), Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes });
            long start = Stopwatch.GetTimestamp();
            console.Status().Spinner(Spinner.Known.Dots).Start(Markup.Escape(_text), status =>
            {
                while (!_ended.Wait(100))
                {
                    status.Status = Markup.Escape($"{_text}  {Figures.Seconds(Stopwatch.GetElapsedTime(start).TotalSeconds + (PatienceMilliseconds / 1000.0))}");
                    foreach (string note in TakeNotes()) console.WriteLine(note);
                }
            });
        }
        foreach (string note in TakeNotes()) _writer.WriteLine(note);
    }

    private string[] TakeNotes()
    {
        lock (_lock)
        {
            string[] notes = [.. _notes];
            _notes.Clear();
            return notes;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (!_thread.IsAlive && _ended.IsSet) return;
        _ended.Set();
        _thread.Join();
    }
}
