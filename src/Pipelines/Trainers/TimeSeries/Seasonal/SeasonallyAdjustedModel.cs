namespace MLPipelines.TimeSeries;

/// <summary>A model of a seasonally adjusted series, with the season put back; its state is the position in the season, then that of the model within.</summary>
internal sealed class SeasonallyAdjustedModel(double[] state, double[] figure, bool multiplicative, SeriesModel inner) : SeriesModel(state)
{
    internal const string KindName = "seasonally-adjusted";

    internal SeasonallyAdjustedModel(int position, double[] figure, bool multiplicative, SeriesModel inner)
        : this([position, .. inner.State], figure, multiplicative, inner)
    {
    }

    public override string Name => $"{inner.Name} on data adjusted by a season of {figure.Length}";

    internal override string Kind => KindName;

    internal override void Observe(Span<double> state, double value)
    {
        int position = (int)state[0];
        inner.Observe(state[1..], multiplicative ? value / figure[position] : value - figure[position]);
        state[0] = (position + 1) % figure.Length;
    }

    internal override void Forecast(ReadOnlySpan<double> state, Span<double> mean, Span<double> deviation)
    {
        inner.Forecast(state[1..], mean, deviation);
        int position = (int)state[0];
        for (int i = 0; i < mean.Length; i++)
        {
            double season = figure[(position + i) % figure.Length];
            mean[i] = multiplicative ? mean[i] * season : mean[i] + season;
            if (multiplicative && i < deviation.Length) deviation[i] *= season;
        }
    }

    internal override SeriesModel At(double[] state) => new SeasonallyAdjustedModel(state, figure, multiplicative, inner);

    internal override void Save(SeriesModelWriter writer)
    {
        writer.Write(figure);
        writer.Write(multiplicative ? 1 : 0);
        writer.Write(inner);
    }

    internal static SeasonallyAdjustedModel Load(SeriesModelReader reader, double[] state)
    {
        double[] figure = reader.ReadNumbers();
        bool multiplicative = reader.ReadInt32(0, 1) == 1;
        SeriesModel inner = reader.ReadModel();
        if (state.Length != inner.State.Length + 1 || state[0] < 0 || state[0] >= figure.Length) throw reader.Invalid("a seasonally adjusted model does not fit its season");
        return new(state, figure, multiplicative, inner);
    }
}
