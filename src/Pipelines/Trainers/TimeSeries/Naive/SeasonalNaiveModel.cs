namespace MLPipelines.TimeSeries;

/// <summary>The last season, which repeats; its state are the values of that season, oldest first.</summary>
internal sealed class SeasonalNaiveModel(double[] state, double deviation) : SeriesModel(state)
{
    internal const string KindName = "seasonal-naive";

    public override string Name => State.Length == 1 ? "Naive" : $"SeasonalNaive[{State.Length}]";

    internal override string Kind => KindName;

    internal override void Observe(Span<double> state, double value)
    {
        double next = double.IsNaN(value) ? state[0] : value;
        state[1..].CopyTo(state);
        state[^1] = next;
    }

    internal override void Forecast(ReadOnlySpan<double> state, Span<double> mean, Span<double> deviations)
    {
        for (int i = 0; i < mean.Length; i++) mean[i] = state[i % state.Length];
        // Each further season adds one more difference.
        for (int i = 0; i < deviations.Length; i++) deviations[i] = deviation * Math.Sqrt(1 + (i / state.Length));
    }

    internal override SeriesModel At(double[] state) => new SeasonalNaiveModel(state, deviation);

    internal override void Save(SeriesModelWriter writer) => writer.Write(deviation);

    internal static SeasonalNaiveModel Load(SeriesModelReader reader, double[] state) =>
        state.Length > 0 ? new(state, reader.ReadNumber()) : throw reader.Invalid("a seasonal naive model has no last season");
}
