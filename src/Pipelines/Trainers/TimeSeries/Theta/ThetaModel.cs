namespace MLPipelines.TimeSeries;

/// <summary>
/// Simple exponential smoothing with the drift (1 - 1/θ) · ((1-α)^n A + (1 - (1-α)^(n+1))/α · B) after n values, where A + B t is the straight line (Fiorucci et al. 2016).
/// A dynamic one draws the line again after each value. The state is that of <see cref="ThetaState"/>.
/// </summary>
internal sealed class ThetaModel(double[] state, double alpha, double weight, bool dynamic, double deviation) : SeriesModel(state)
{
    internal const string KindName = "theta";

    public override string Name => $"Theta({1 / (1 - weight):0.##})";

    internal override string Kind => KindName;

    internal double Alpha => alpha;

    /// <summary>1 - 1/θ, the share of the line.</summary>
    internal double Weight => weight;

    internal override void Observe(Span<double> state, double value) => Next(ThetaState.Read(state), value).Write(state);

    internal override void Forecast(ReadOnlySpan<double> state, Span<double> mean, Span<double> deviations)
    {
        ThetaState next = ThetaState.Read(state);
        for (int i = 0; i < mean.Length; i++)
        {
            mean[i] = Expected(next);
            next = Next(next, mean[i]);
        }
        for (int i = 0; i < deviations.Length; i++) deviations[i] = deviation * Math.Sqrt(1 + (i * alpha * alpha));
    }

    internal ThetaState Next(in ThetaState state, double value)
    {
        if (double.IsNaN(value)) value = Expected(state);
        double count = state.Count + 1, mean = state.Mean, origin = state.Origin, slope = state.Slope;
        if (dynamic) Redraw(count, value, ref mean, ref origin, ref slope);
        return new(state.Level + (alpha * (value - state.Level)), count, origin, slope, mean);
    }

    /// <summary>Moves the least-squares line by the value number <paramref name="count"/>.</summary>
    internal static void Redraw(double count, double value, ref double mean, ref double origin, ref double slope)
    {
        slope = count == 1 ? 0 : (((count - 2) * slope) + (6 * (value - mean) / count)) / (count + 1);
        mean += (value - mean) / count;
        origin = mean - ((count + 1) / 2 * slope);
    }

    internal ThetaModel With(in ThetaState state)
    {
        double[] numbers = new double[ThetaState.Length];
        state.Write(numbers);
        return new(numbers, alpha, weight, dynamic, deviation);
    }

    internal override SeriesModel At(double[] state) => new ThetaModel(state, alpha, weight, dynamic, deviation);

    internal override void Save(SeriesModelWriter writer) => writer.Write([alpha, weight, dynamic ? 1 : 0, deviation]);

    internal static ThetaModel Load(SeriesModelReader reader, double[] state)
    {
        double[] numbers = reader.ReadNumbers();
        if (numbers.Length != 4 || state.Length != ThetaState.Length) throw reader.Invalid("a Theta model has other numbers than expected");
        return new(state, numbers[0], numbers[1], numbers[2] == 1, numbers[3]);
    }

    private double Expected(in ThetaState state)
    {
        double power = Math.Pow(1 - alpha, state.Count);
        return state.Level + (weight * ((power * state.Origin) + ((1 - (power * (1 - alpha))) / alpha * state.Slope)));
    }
}

/// <summary>What a Theta model follows: the smoothed level, the number of values, the straight line, and the mean of all values.</summary>
internal readonly record struct ThetaState(double Level, double Count, double Origin, double Slope, double Mean)
{
    internal const int Length = 5;

    internal static ThetaState Read(ReadOnlySpan<double> state) => new(state[0], state[1], state[2], state[3], state[4]);

    internal void Write(Span<double> state) => (state[0], state[1], state[2], state[3], state[4]) = (Level, Count, Origin, Slope, Mean);
}
