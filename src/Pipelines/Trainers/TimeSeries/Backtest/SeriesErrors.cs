namespace MLPipelines.TimeSeries;

/// <summary>The errors that a model and the baseline made on one series. It walks through the values that came after those that were learned from.</summary>
internal sealed class SeriesErrors
{
    private readonly SeriesForecastingTransformer _transformer;
    private readonly SeriesState _model, _baseline;
    private readonly double[] _mean, _deviation;
    private readonly double _scale, _width;

    /// <param name="series">At the first origin.</param>
    /// <param name="transformer">What it belongs to: steps, covariates and how far ahead.</param>
    internal SeriesErrors(FittedSeries series, SeriesForecastingTransformer transformer)
    {
        int horizon = transformer.Horizon;
        _transformer = transformer;
        (Series, Model, Baseline) = (series.Name, new StepErrors(horizon), new StepErrors(horizon));
        _model = new SeriesState(series, transformer.Axis, transformer.Regressors);
        _baseline = new SeriesState(series with { Model = series.Baseline, Regression = null }, transformer.Axis, transformer.Regressors);
        (_mean, _deviation) = (new double[horizon], new double[horizon]);
        (_scale, _width) = (series.Facts.Scale, SeriesForecastingTransformer.WidthOf(transformer.Options.ConfidenceLevel));
    }

    internal string Series { get; }

    internal StepErrors Model { get; }

    internal StepErrors Baseline { get; }

    /// <param name="values">What came, from the step after the first origin; NaN where nothing was observed, which is not measured.</param>
    /// <param name="covariates">The covariates of these steps.</param>
    /// <param name="origins">How many origins at most.</param>
    /// <param name="stride">The steps from one origin to the next.</param>
    internal void Walk(ReadOnlySpan<double> values, ReadOnlySpan<float> covariates, int origins, int stride)
    {
        int horizon = _mean.Length, width = values.Length == 0 ? 0 : covariates.Length / values.Length;
        // Where less than a horizon came, the first origin is measured by what there is.
        for (int origin = 0, at = 0; origin < origins && (origin == 0 || at + horizon <= values.Length); origin++, at += stride)
        {
            int steps = Math.Min(horizon, values.Length - at);
            Measure(_model, Model, values.Slice(at, steps), covariates.Slice(at * width, steps * width));
            Measure(_baseline, Baseline, values.Slice(at, steps), default);
            for (int i = at; i < Math.Min(at + stride, values.Length); i++)
            {
                _model.ObserveNext(values[i], covariates.Slice(i * width, width));
                _baseline.ObserveNext(values[i], covariates.Slice(i * width, width));
            }
        }
    }

    private void Measure(SeriesState state, StepErrors errors, ReadOnlySpan<double> values, ReadOnlySpan<float> covariates)
    {
        state.Forecast(_mean, _deviation, covariates);
        for (int step = 0; step < values.Length; step++)
        {
            if (double.IsNaN(values[step])) continue;
            var (mean, deviation) = (_mean[step], _deviation[step]);
            errors.Add(step, values[step], _transformer.At(mean, deviation, 0), _transformer.At(mean, deviation, -_width), _transformer.At(mean, deviation, _width), _scale);
        }
    }
}
