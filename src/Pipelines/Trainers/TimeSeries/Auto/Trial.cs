namespace MLPipelines.TimeSeries;

/// <summary>
/// What a method would have forecast before: it learns from the first part of a series, walks through the rest, and forecasts at
/// several origins on the way.
/// </summary>
internal sealed class Trial
{
    private Trial(double[] means, double[] deviations) => (Means, Deviations) = (means, deviations);

    /// <summary>The forecasts of each origin, one after the other.</summary>
    internal double[] Means { get; }

    /// <summary>The expected deviation of each.</summary>
    internal double[] Deviations { get; }

    /// <summary>Whether every forecast is a number that a series like this could come to.</summary>
    internal bool IsSane(double limit) => Means.All(mean => Math.Abs(mean) <= limit) && Deviations.All(double.IsFinite);

    internal double MeanAbsoluteError(ReadOnlySpan<double> actual)
    {
        double sum = 0;
        for (int i = 0; i < Means.Length; i++) sum += Math.Abs(Means[i] - actual[i]);
        return sum / Means.Length;
    }

    internal static Trial Run(ForecastMethod method, Series series, TrialPlan plan, TrainingEnvironment environment)
    {
        SeriesModel model = method.Fit(series.First(plan.FirstOrigin), environment);
        double[] state = (double[])model.State.Clone(), means = new double[plan.Count * plan.Horizon], deviations = new double[means.Length];
        ReadOnlySpan<double> values = series.Values.Span;
        for (int origin = 0; origin < plan.Count; origin++)
        {
            if (origin > 0)
            {
                for (int i = 0; i < plan.Stride; i++) model.Observe(state, values[plan.FirstOrigin + ((origin - 1) * plan.Stride) + i]);
            }
            model.Forecast(state, means.AsSpan(origin * plan.Horizon, plan.Horizon), deviations.AsSpan(origin * plan.Horizon, plan.Horizon));
        }
        return new Trial(means, deviations);
    }
}

/// <summary>Where forecasts are tried.</summary>
/// <param name="FirstOrigin">How many values are known at the first origin.</param>
/// <param name="Stride">The steps from one origin to the next.</param>
/// <param name="Count">How many origins there are.</param>
/// <param name="Horizon">How many steps are forecast at each.</param>
internal readonly record struct TrialPlan(int FirstOrigin, int Stride, int Count, int Horizon)
{
    /// <summary>What was to be forecast.</summary>
    internal double[] Actual(Series series)
    {
        double[] actual = new double[Count * Horizon];
        for (int origin = 0; origin < Count; origin++)
            series.Values.Span.Slice(FirstOrigin + (origin * Stride), Horizon).CopyTo(actual.AsSpan(origin * Horizon));
        return actual;
    }
}
