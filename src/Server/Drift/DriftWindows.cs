using System.Diagnostics;
using MLPipelines.Data;
using MLPipelines.Drift;

namespace MLPipelines.Server;

/// <summary>
/// Counts the rows that a model answered by the bins of its training, over a window of time that slides on in twelfths, and compares the two. When there are more rows than it is to
/// look at, it takes some requests and not others, evenly; when another thread is counting, it takes none: answers never wait.
/// </summary>
internal sealed class DriftWindows
{
    private const int Parts = 12;

    private readonly Column[] _columns;
    private readonly Lock _lock = new();
    private readonly long _partTicks;
    private readonly double _rowsPerSecond;
    private readonly long[] _rows = new long[Parts];
    private long _part;
    private long _second, _rowsOfSecond, _requests;
    private int _stride = 1;

    internal DriftWindows(ServedModel model, DataProfile profile, TimeSpan window, double rowsPerSecond)
    {
        (_partTicks, _rowsPerSecond) = (Math.Max(1, (long)(window.TotalSeconds / Parts * Stopwatch.Frequency)), rowsPerSecond);
        _part = Now() / _partTicks;
        _columns =
        [
            .. profile.Inputs.Select(sketch => Column.Of(sketch, model.InputSchema.GetColumnOrNull(sketch.Name), model.Inputs.ToList().FindIndex(input => input.Name == sketch.Name), isInput: true)).OfType<Column>(),
            .. profile.Outputs.Select(sketch => Column.Of(sketch, model.OutputSchema.GetColumnOrNull(sketch.Name), model.Outputs.ToList().FindIndex(column => column.Name == sketch.Name), isInput: false)).OfType<Column>(),
        ];
    }

    /// <summary>Whether there is anything to compare.</summary>
    internal bool HasColumns => _columns.Length > 0;

    /// <summary>Takes the rows of an answer, or not.</summary>
    internal void Add(ScoringRows rows)
    {
        long now = Now();
        if (!IsTaken(now, rows.RowCount) || !_lock.TryEnter()) return;
        try
        {
            int part = Advance(now);
            _rows[part] += rows.RowCount;
            foreach (Column column in _columns)
                column.Feed.Add(column.IsInput ? rows.Input(column.Place) : rows.Output(column.Place), 0, rows.RowCount, column.Counts[part]);
        }
        finally
        {
            _lock.Exit();
        }
    }

    /// <summary>How the rows of the window compare with those of training.</summary>
    internal DriftReport Compare()
    {
        lock (_lock)
        {
            Advance(Now());
            List<ColumnDrift> inputs = [], outputs = [];
            foreach (Column column in _columns)
            {
                DriftCounts total = column.Total;
                total.Clear();
                foreach (DriftCounts counts in column.Counts) counts.CopyTo(total);
                (column.IsInput ? inputs : outputs).Add(total.Compare());
            }
            return new DriftReport(_rows.Sum(), TimeSpan.FromSeconds((double)_partTicks * Parts / Stopwatch.Frequency), inputs, outputs);
        }
    }

    private static long Now() => Stopwatch.GetTimestamp();

    /// <summary>As many requests are passed over as keep the rows of a second within the bound, going by the second before.</summary>
    private bool IsTaken(long now, int rows)
    {
        long second = now / Stopwatch.Frequency, known = Volatile.Read(ref _second);
        if (second != known && Interlocked.CompareExchange(ref _second, second, known) == known)
        {
            long before = Interlocked.Exchange(ref _rowsOfSecond, 0);
            Volatile.Write(ref _stride, Math.Max(1, (int)Math.Ceiling(before / _rowsPerSecond)));
        }
        Interlocked.Add(ref _rowsOfSecond, rows);
        int stride = Volatile.Read(ref _stride);
        return stride == 1 || Interlocked.Increment(ref _requests) % stride == 0;
    }

    /// <summary>The part that counts now; parts that are over are emptied.</summary>
    private int Advance(long now)
    {
        long part = now / _partTicks;
        for (long passed = Math.Max(_part + 1, part - Parts + 1); passed <= part; passed++)
        {
            _rows[passed % Parts] = 0;
            foreach (Column column in _columns) column.Counts[passed % Parts].Clear();
        }
        _part = part;
        return (int)(part % Parts);
    }

    private sealed record Column(ColumnFeed Feed, int Place, bool IsInput, DriftCounts[] Counts, DriftCounts Total)
    {
        /// <summary>A column that both the sketch and the model have, of a kind that fits.</summary>
        internal static Column? Of(ColumnSketch sketch, DataViewSchema.Column? column, int place, bool isInput)
        {
            if (column is not { } found || place < 0 || ColumnFeed.Of(found) is not { } feed) return null;
            bool fits = feed.Kind == sketch.Kind || (feed.Kind == ColumnSketch.Text && sketch.Kind == ColumnSketch.Category);
            if (!fits || DriftCounts.For(sketch) is not { } total) return null;
            return new Column(feed, place, isInput, [.. Enumerable.Range(0, Parts).Select(_ => DriftCounts.For(sketch)!)], total);
        }
    }
}

/// <summary>How the rows that a model answered of late compare with those that it learned from.</summary>
/// <param name="Rows">How many rows were looked at.</param>
/// <param name="Window">The time that they are of.</param>
/// <param name="Inputs">The columns that it predicts from.</param>
/// <param name="Outputs">What it predicted.</param>
public sealed record DriftReport(long Rows, TimeSpan Window, IReadOnlyList<ColumnDrift> Inputs, IReadOnlyList<ColumnDrift> Outputs);
