using System.Runtime.ExceptionServices;

namespace MLPipelines.Data;

/// <summary>Evaluates a metric on samples of rows and on all but some of them, with all cores.</summary>
internal sealed class Bootstrap(BatchView rows, Func<IDataView, double> metric, TrainingEnvironment environment)
{
    private const int LargestGroupCount = 500;

    private readonly int _rowCount = CountRows(rows);

    /// <summary>The metric on samples drawn with replacement, sorted; samples that have none are left out.</summary>
    internal double[] Sample(int count, int seed)
    {
        double[] values = Evaluate(count, (sample, times) =>
        {
            // A seed per sample: the values do not depend on the number of threads.
            var random = new Random(unchecked(seed + sample * 7919));
            for (int i = 0; i < times.Length; i++) times[random.Next(times.Length)]++;
        });
        values = [.. values.Where(value => !double.IsNaN(value))];
        Array.Sort(values);
        return values;
    }

    /// <summary>The metric without each row, or without each of some groups of rows.</summary>
    internal double[] LeaveOut()
    {
        int groups = Math.Min(_rowCount, LargestGroupCount);
        return Evaluate(groups, (group, times) =>
        {
            for (int row = 0; row < times.Length; row++) times[row] = row % groups == group ? 0 : 1;
        });
    }

    private double[] Evaluate(int count, Action<int, int[]> choose)
    {
        double[] values = new double[count];
        var options = new ParallelOptions { CancellationToken = environment.CancellationToken };
        try
        {
            Parallel.For(0, count, options, sample => values[sample] = EvaluateOne(sample));
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
        return values;

        double EvaluateOne(int sample)
        {
            int[] times = new int[_rowCount];
            choose(sample, times);
            try
            {
                return metric(new RowSelectionView(rows, () => Selector(times), rowCount: () => times.Sum(count => (long)count)));
            }
            catch (MLPipelinesException)
            {
                return double.NaN;
            }
        }
    }

    /// <summary>Chooses each row as many times as it is told.</summary>
    private static RowSelector Selector(int[] times)
    {
        int first = 0;
        return (batch, selected) =>
        {
            for (int row = 0; row < batch.RowCount; row++)
                for (int i = times[first + row]; i > 0; i--) selected.Add(row);
            first += batch.RowCount;
            return true;
        };
    }

    private static int CountRows(BatchView rows)
    {
        int count = 0;
        using BatchCursor cursor = rows.OpenBatches(ColumnSet.None(rows.Schema));
        while (cursor.Next() is { } batch) count += batch.RowCount;
        return count;
    }
}
