namespace MLPipelines.TimeSeries;

/// <summary>
/// Seasons beside a model of what they leave. Its state is the phase of each season, their cycles, and the state of the other model; an
/// observation moves each season by a small share of the error at its phase.
/// </summary>
internal sealed class MultipleSeasonsModel : SeriesModel
{
    internal const string KindName = "multiple-seasons";

    private readonly int[] _seasons;
    private readonly double[] _shares;
    private readonly SeriesModel _inner;
    private readonly int _innerStart;

    private MultipleSeasonsModel(int[] seasons, double[] shares, SeriesModel inner, double[] state) : base(state) =>
        (_seasons, _shares, _inner, _innerStart) = (seasons, shares, inner, seasons.Length + seasons.Sum());

    public override string Name => $"MSTL[{string.Join(",", _seasons)}]+{_inner.Name}";

    internal override string Kind => KindName;

    /// <summary>The model that stands at the end of a decomposed series.</summary>
    internal static MultipleSeasonsModel After(MultipleSeasonsDecomposition decomposition, SeriesModel inner)
    {
        int[] seasons = decomposition.Seasons;
        var state = new List<double>(new double[seasons.Length]);
        foreach (var (season, seasonal) in seasons.Zip(decomposition.Seasonal)) state.AddRange(seasonal.AsSpan()[^season..]);
        state.AddRange(inner.State);
        // A share is what one more cycle would weigh in the smoothing at its end: tricube weights add up to 0.58 of the window.
        double[] shares = [.. seasons.Select((season, i) => 1 / Math.Min(0.58 * MultipleSeasonsDecomposition.WindowOf(i), (double)decomposition.Trend.Length / season))];
        return new(seasons, shares, inner, [.. state]);
    }

    internal override void Observe(Span<double> state, double value)
    {
        Span<double> expected = stackalloc double[1];
        Span<double> inner = state[_innerStart..];
        _inner.Forecast(inner, expected, []);
        double adjusted = value - SeasonalAt(state, 0);
        _inner.Observe(inner, adjusted);
        double error = double.IsNaN(value) ? 0 : adjusted - expected[0];
        int start = _seasons.Length;
        for (int i = 0; i < _seasons.Length; i++)
        {
            int phase = (int)state[i];
            state[start + phase] += _shares[i] / _seasons.Length * error;
            state[i] = (phase + 1) % _seasons[i];
            start += _seasons[i];
        }
    }

    internal override void Forecast(ReadOnlySpan<double> state, Span<double> mean, Span<double> deviation)
    {
        _inner.Forecast(state[_innerStart..], mean, deviation);
        for (int step = 0; step < mean.Length; step++) mean[step] += SeasonalAt(state, step);
        if (deviation.IsEmpty) return;
        // The seasons took their share of the errors that the other model was fitted to, are as uncertain, and each further cycle moves them.
        double share = Math.Min(0.5, _shares.Sum()), variance = deviation[0] * deviation[0] / (1 - share);
        for (int step = 0; step < deviation.Length; step++)
        {
            double added = 0;
            for (int i = 0; i < _seasons.Length; i++) added += _shares[i] * (1 + _shares[i] * (step / _seasons[i]));
            deviation[step] = Math.Sqrt(deviation[step] * deviation[step] / (1 - share) + added * variance);
        }
    }

    internal override SeriesModel At(double[] state) => new MultipleSeasonsModel(_seasons, _shares, _inner, state);

    internal override void Save(SeriesModelWriter writer)
    {
        writer.Write(_seasons.Select(season => (double)season).ToArray());
        writer.Write(_shares);
        writer.Write(_inner);
    }

    internal static MultipleSeasonsModel Load(SeriesModelReader reader, double[] state)
    {
        double[] seasons = reader.ReadNumbers(), shares = reader.ReadNumbers();
        SeriesModel inner = reader.ReadModel();
        bool fits = shares.Length == seasons.Length && Array.TrueForAll(seasons, season => season is > 1 and < int.MaxValue && season == Math.Floor(season))
            && state.Length == seasons.Length + seasons.Sum() + inner.State.Length;
        for (int i = 0; fits && i < seasons.Length; i++) fits = state[i] >= 0 && state[i] < seasons[i] && state[i] == Math.Floor(state[i]);
        return fits ? new([.. seasons.Select(season => (int)season)], shares, inner, state) : throw reader.Invalid("the seasons of a series do not fit their state");
    }

    private double SeasonalAt(ReadOnlySpan<double> state, int step)
    {
        double sum = 0;
        int start = _seasons.Length;
        for (int i = 0; i < _seasons.Length; i++)
        {
            sum += state[start + (((int)state[i] + step) % _seasons[i])];
            start += _seasons[i];
        }
        return sum;
    }
}
