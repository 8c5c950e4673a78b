using MLPipelines.Data;

namespace MLPipelines.TimeSeries;

/// <summary>Reads the start of a column and trains on it.</summary>
internal static class SsaTraining
{
    /// <summary>
    /// Trains on the first rows. Values missing before the first one are left out, those between two others are filled in a straight line, and for
    /// those after the last one the series goes on as expected.
    /// </summary>
    /// <param name="input">The data.</param>
    /// <param name="source">A column of <see cref="float"/>.</param>
    /// <param name="rows">How many rows at most.</param>
    /// <param name="settings">How.</param>
    /// <param name="remembered">How many observations an adaptive series is trained on anew; 0 for one that is not.</param>
    /// <param name="environment">Cancellation.</param>
    /// <param name="info">What was found out, where it is asked for.</param>
    /// <exception cref="ArgumentException">There are too few values, or one is infinite.</exception>
    internal static SsaSeries Run(
        IDataView input, DataViewSchema.Column source, int rows, SsaSettings settings, int remembered, TrainingEnvironment environment, out SsaModelInfo? info)
    {
        List<float> values = Read(input, source, rows, environment);
        int missing = 0;
        while (values.Count > 0 && float.IsNaN(values[^1]))
        {
            values.RemoveAt(values.Count - 1);
            missing++;
        }
        if (values.Count < settings.LeastPoints)
        {
            throw new ArgumentException($"Column '{source.Name}' has {values.Count} values to train on; a window of {settings.Window} needs at least {settings.LeastPoints}. "
                + "Use a smaller window, or more rows.", nameof(input));
        }
        environment.CancellationToken.ThrowIfCancellationRequested();
        SsaSeries series = SsaSeries.Train([.. values], settings, remembered, out info);
        for (; missing > 0; missing--) series.Observe(float.NaN);
        return series;
    }

    private static List<float> Read(IDataView input, DataViewSchema.Column source, int rows, TrainingEnvironment environment)
    {
        BatchView view = BatchView.Of(input);
        var values = new List<float>();
        int row = 0, last = -1;
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, source));
        while (row < rows && cursor.Next() is { } batch)
        {
            environment.CancellationToken.ThrowIfCancellationRequested();
            foreach (float value in ((ValueColumn<float>)batch[source.Index]).Values)
            {
                if (row == rows) break;
                if (float.IsInfinity(value)) throw new ArgumentException($"Column '{source.Name}' is infinite in row {row}; expected finite numbers, or NaN where there is none.", nameof(input));
                row++;
                if (float.IsNaN(value) && last < 0) continue;
                values.Add(value);
                if (float.IsNaN(value)) continue;
                for (int gap = last + 1; last >= 0 && gap < values.Count - 1; gap++)
                    values[gap] = values[last] + ((value - values[last]) * (gap - last) / (values.Count - 1 - last));
                last = values.Count - 1;
            }
        }
        return values;
    }
}
