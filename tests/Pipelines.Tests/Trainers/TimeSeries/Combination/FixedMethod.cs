using MLPipelines.TimeSeries;

namespace MLPipelines.Tests.Trainers.TimeSeries.Combination;

/// <summary>Always forecasts the same, so that what is made of forecasts can be computed by hand.</summary>
internal sealed class FixedMethod(double mean, double deviation) : ForecastMethod
{
    /// <summary>What it has against every series.</summary>
    public string? Objection { get; init; }

    /// <summary>How often it was fitted.</summary>
    public int FitCount { get; private set; }

    public override string Name => FormattableString.Invariant($"Fixed({mean})");

    public override string? ObjectionTo(Series series) => Objection;

    public override SeriesModel Fit(Series series, TrainingEnvironment environment)
    {
        FitCount++;
        return new Model(mean, deviation, []);
    }

    private sealed class Model(double mean, double deviation, double[] state) : SeriesModel(state)
    {
        public override string Name => FormattableString.Invariant($"Fixed({mean})");

        internal override string Kind => "fixed";

        internal override void Observe(Span<double> state, double value) { }

        internal override void Forecast(ReadOnlySpan<double> state, Span<double> means, Span<double> deviations)
        {
            means.Fill(mean);
            deviations.Fill(deviation);
        }

        internal override SeriesModel At(double[] state) => new Model(mean, deviation, state);

        internal override void Save(SeriesModelWriter writer) => throw new NotSupportedException();
    }
}
