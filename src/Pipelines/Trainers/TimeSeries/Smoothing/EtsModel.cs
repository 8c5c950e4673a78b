namespace MLPipelines.TimeSeries;

/// <summary>A form of exponential smoothing with its parameters; its state is the level, the slope of forms with a trend, and the effects of the season, the next one first.</summary>
internal sealed class EtsModel(double[] state, EtsForm form, EtsParameters parameters, double deviation) : SeriesModel(state)
{
    internal const string KindName = "ets";

    public override string Name => form.ToString();

    internal override string Kind => KindName;

    internal EtsForm Form => form;

    internal EtsParameters Parameters => parameters;

    /// <summary>The standard deviation of one step's error, relative in forms with a multiplicative error.</summary>
    internal double Deviation => deviation;

    internal override void Observe(Span<double> state, double value) => Step(state, value);

    internal override void Forecast(ReadOnlySpan<double> state, Span<double> mean, Span<double> deviations)
    {
        double level = state[0], slope = form.HasTrend ? state[1] : 0;
        ReadOnlySpan<double> seasons = SeasonsOf(state);
        for (int i = 0; i < mean.Length; i++)
        {
            (level, slope) = Ahead(level, slope);
            mean[i] = form.HasSeason ? Join(level, seasons[i % seasons.Length]) : level;
        }
        if (!deviations.IsEmpty) EtsDeviations.Write(this, state, mean, deviations);
    }

    internal override SeriesModel At(double[] state) => new EtsModel(state, form, parameters, deviation);

    internal override void Save(SeriesModelWriter writer)
    {
        writer.Write([(int)form.Error, (int)form.Trend, form.Damped ? 1 : 0, (int)form.Season]);
        writer.Write([parameters.Alpha, parameters.Beta, parameters.Gamma, parameters.Phi, deviation]);
    }

    internal static EtsModel Load(SeriesModelReader reader, double[] state)
    {
        double[] letters = reader.ReadNumbers(), numbers = reader.ReadNumbers();
        if (letters.Length != 4 || numbers.Length != 5 || Array.Exists(letters, letter => letter is not (0 or 1 or 2))) throw reader.Invalid("an ETS model has no valid form");
        EtsForm form = new((EtsComponent)letters[0], (EtsComponent)letters[1], letters[2] == 1, (EtsComponent)letters[3]);
        int fixedCount = form.HasTrend ? 2 : 1;
        if (form.HasSeason ? state.Length <= fixedCount : state.Length != fixedCount) throw reader.Invalid($"the state of an {form} model has {state.Length} numbers");
        return new(state, form, new(numbers[0], numbers[1], numbers[2], numbers[3]), numbers[4]);
    }

    /// <summary>Moves a state by an observation, NaN for the expected one, and returns what was expected.</summary>
    internal double Step(Span<double> state, double value)
    {
        double level = state[0];
        (double ahead, double carried) = Ahead(level, form.HasTrend ? state[1] : 0);
        Span<double> seasons = state[(form.HasTrend ? 2 : 1)..];
        double effect = form.HasSeason ? seasons[0] : 0, expected = form.HasSeason ? Join(ahead, effect) : ahead;
        double levelError = 0, seasonError = 0;
        if (!double.IsNaN(value))
        {
            (levelError, seasonError) = form.Season switch
            {
                EtsComponent.None => (value - ahead, 0),
                EtsComponent.Additive => (value - ahead - effect, value - ahead - effect),
                _ => ((value / effect) - ahead, (value / ahead) - effect),
            };
        }
        state[0] = ahead + (parameters.Alpha * levelError);
        if (form.HasTrend) state[1] = carried + (parameters.Beta * levelError * (form.Trend == EtsComponent.Multiplicative ? 1 / level : 1));
        if (form.HasSeason)
        {
            seasons[1..].CopyTo(seasons);
            seasons[^1] = effect + (parameters.Gamma * seasonError);
        }
        return expected;
    }

    private ReadOnlySpan<double> SeasonsOf(ReadOnlySpan<double> state) => state[(form.HasTrend ? 2 : 1)..];

    /// <summary>Level and slope one step on.</summary>
    private (double Level, double Slope) Ahead(double level, double slope)
    {
        if (form.Trend == EtsComponent.Multiplicative)
        {
            double carried = Math.Pow(slope, parameters.Phi);
            return (level * carried, carried);
        }
        double added = parameters.Phi * slope;
        return (level + added, added);
    }

    private double Join(double level, double effect) => form.Season == EtsComponent.Multiplicative ? level * effect : level + effect;
}
