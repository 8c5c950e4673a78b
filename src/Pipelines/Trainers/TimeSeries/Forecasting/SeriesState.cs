namespace MLPipelines.TimeSeries;

/// <summary>A series that is followed: its state, and the time of its last observation. It serves one reader.</summary>
internal sealed class SeriesState(FittedSeries series, TimeAxis axis, Regressors regressors)
{
    /// <summary>A row that far after the one before has a time in it that is wrong.</summary>
    internal const long LongestPause = 10_000_000;

    private readonly double[] _state = [.. series.Model.State];
    private readonly double[] _columns = new double[regressors.Count];
    private readonly float[] _last = [.. series.LastColumns];

    internal long End { get; private set; } = series.End;

    /// <summary>Takes in an observation that follows the last one; NaN for none.</summary>
    /// <param name="time">Its time; one that is not after the last is known already and changes nothing.</param>
    /// <param name="value">What was observed.</param>
    /// <param name="covariates">The covariates at that time.</param>
    internal void Observe(long time, double value, ReadOnlySpan<float> covariates)
    {
        long steps = axis.StepsBetween(End, time, out _);
        if (steps <= 0) return;
        if (steps > LongestPause) throw new MLPipelinesException($"{SeriesGrid.Title(series.Name)} has a row at {axis.Write(time)}, {steps} steps of {axis.Step} after the one before, {axis.Write(End)}. Is one of these times wrong?");
        for (long missed = 1; missed < steps; missed++) series.Model.Observe(_state, double.NaN);
        End = axis.After(End, steps);
        for (int i = 0; i < _last.Length; i++)
            if (!float.IsNaN(covariates[i])) _last[i] = covariates[i];
        series.Model.Observe(_state, value - Explained(End, _last));
    }

    /// <summary>Takes in the observation of the next step.</summary>
    internal void ObserveNext(double value, ReadOnlySpan<float> covariates) => Observe(axis.After(End, 1), value, covariates);

    /// <summary>What follows.</summary>
    /// <param name="mean">Receives the expected values; its length is the horizon.</param>
    /// <param name="deviation">Receives the standard deviations of their errors.</param>
    /// <param name="covariates">The covariates of the first of these steps, step after step; what is not given stays as it was last.</param>
    internal void Forecast(Span<double> mean, Span<double> deviation, ReadOnlySpan<float> covariates = default)
    {
        series.Model.Forecast(_state, mean, deviation);
        if (series.Regression is null) return;
        int width = regressors.CovariateCount;
        for (int i = 0; i < mean.Length; i++)
        {
            ReadOnlySpan<float> known = (i + 1) * width <= covariates.Length ? covariates.Slice(i * width, width) : _last;
            mean[i] += Explained(regressors.Calendar == CalendarFeatures.None ? End : axis.After(End, i + 1), known);
        }
    }

    /// <summary>What the covariates at a time add to the forecast of the model.</summary>
    internal double Explained(long time, ReadOnlySpan<float> covariates)
    {
        if (series.Regression is null) return 0;
        regressors.Fill(time, covariates, _columns);
        return series.Regression.At(_columns);
    }

    /// <summary>The series at this state.</summary>
    internal FittedSeries ToSeries() => series with { Model = series.Model.At([.. _state]), End = End, LastColumns = [.. _last] };
}
