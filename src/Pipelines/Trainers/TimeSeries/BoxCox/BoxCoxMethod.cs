using System.Numerics.Tensors;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Forecasts powers or logarithms of a series with another method, so that a variation that grows with the level does not disturb it:
/// (yᵏ − 1) / k, or log y for k = 0 (Box and Cox 1964).
/// </summary>
/// <remarks>A series with values that are not positive is left as it is, unless the power is given. Forecasts are medians.</remarks>
/// <param name="inner">The method for the transformed series.</param>
/// <param name="power">k, from 0 to 1; <see langword="null"/> to choose it for each series by Guerrero's method.</param>
public sealed class BoxCoxMethod(ForecastMethod inner, double? power = null) : ForecastMethod
{
    public override string Name => $"BoxCox+{inner.Name}";

    public override string? ObjectionTo(Series series) =>
        power is < 1 && !IsPositive(series.Values.Span) ? "not all of its values are positive" : inner.ObjectionTo(series);

    public override SeriesModel Fit(Series series, TrainingEnvironment environment)
    {
        ReadOnlySpan<double> values = series.Values.Span;
        double chosen = power ?? (IsPositive(values) ? GuerreroPower.Of(values, series.Season) : 1);
        if (chosen >= 1) return inner.Fit(series, environment);
        // In a unit of the series' own size, a power of two, another unit of the data changes nothing.
        var transform = new BoxCoxTransform(chosen, Math.ScaleB(1, Math.ILogB(TensorPrimitives.Max(values))));
        double[] transformed = new double[values.Length];
        double least = double.PositiveInfinity;
        for (int i = 0; i < transformed.Length; i++)
        {
            transformed[i] = transform.Apply(values[i]);
            least = Math.Min(least, values[i]);
        }
        return new BoxCoxModel(transform, least, inner.Fit(new Series(series.Name, transformed, series.Seasons), environment));
    }

    private static bool IsPositive(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            if (!(value > 0)) return false;
        return true;
    }
}
