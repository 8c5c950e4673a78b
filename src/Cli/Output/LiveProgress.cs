using System.Diagnostics;
using Spectre.Console;

namespace MLPipelines.Cli.Output;

/// <summary>A line with a spinner that says what is being done, for a terminal. It is drawn by a thread of its own.</summary>
internal class LiveProgress : ProgressDisplay
{
    /// <summary>What is over before that needs no display.</summary>
    private const int PatienceMilliseconds = 300;

    private readonly TextWriter _writer;
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly Thread _thread;
    private readonly List<string> _notes = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private volatile string _text = "starting";

    internal LiveProgress(TextWriter writer)
    {
        _writer = writer;
        _thread = new Thread(Show) { IsBackground = true, Name = "progress" };
        _thread.Start();
    }

    /// <summary>What is being done, and for how long.</summary>
    protected string Line => $"{_text}  {Figures.Seconds(Stopwatch.GetElapsedTime(_start).TotalSeconds)}";

    internal override void Stage(string text) => _text = text;

    internal override void Note(string text)
    {
        lock (_lock) _notes.Add(text);
    }

    internal override void Count(string text) => _text = text;

    private void Show()
    {
        if (!_ended.Wait(PatienceMilliseconds))
            Draw(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_writer), Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes }));
        foreach (string note in TakeNotes()) _writer.WriteLine(note);
    }

    /// <summary>Draws until <see cref="GoesOn"/> says that it is over.</summary>
    protected virtual void Draw(IAnsiConsole console) => console.Status().Spinner(Spinner.Known.Dots).Start(Markup.Escape(_text), status =>
    {
        while (GoesOn(100))
        {
            status.Status = Markup.Escape(Line);
            foreach (string note in TakeNotes()) console.WriteLine(note);
        }
    });

    /// <summary>Waits, unless it is over.</summary>
    protected bool GoesOn(int milliseconds) => !_ended.Wait(milliseconds);

    /// <summary>The notes that are to be shown.</summary>
    protected string[] TakeNotes()
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
