namespace MLPipelines.TimeSeries;

/// <summary>
/// Weights of lags. Its state are the last values, newest first. Forecasts stay within bounds, so that an equation that is not
/// stationary cannot carry them away.
/// </summary>
internal sealed class SeasonalRegressionModel(int[] lags, double[] weights, double constant, double deviation, double least, double most, double[] state) : SeriesModel(state)
{
    internal const string KindName = "seasonal-regression";

    public override string Name => $"SeasonalRegression[{lags.Length} lags]";

    internal override string Kind => KindName;

    internal override void Observe(Span<double> state, double value)
    {
        if (double.IsNaN(value)) value = Next(state, [], 0);
        state[..^1].CopyTo(state[1..]);
        state[0] = value;
    }

    internal override void Forecast(ReadOnlySpan<double> state, Span<double> mean, Span<double> deviations)
    {
        for (int i = 0; i < mean.Length; i++) mean[i] = Next(state, mean, i);
        // The answer to one error, and then the sum of its squares.
        for (int i = 0; i < deviations.Length; i++)
        {
            double answer = i == 0 ? 1 : 0;
            for (int j = 0; j < lags.Length && lags[j] <= i; j++) answer += weights[j] * deviations[i - lags[j]];
            deviations[i] = answer;
        }
        double sum = 0;
        for (int i = 0; i < deviations.Length; i++)
        {
            sum += deviations[i] * deviations[i];
            deviations[i] = Math.Min(deviation * Math.Sqrt(sum), most - least);
        }
    }

    internal override SeriesModel At(double[] state) => new SeasonalRegressionModel(lags, weights, constant, deviation, least, most, state);

    internal override void Save(SeriesModelWriter writer)
    {
        writer.Write(Array.ConvertAll(lags, lag => (double)lag));
        writer.Write(weights);
        foreach (double number in (ReadOnlySpan<double>)[constant, deviation, least, most]) writer.Write(number);
    }

    internal static SeasonalRegressionModel Load(SeriesModelReader reader, double[] state)
    {
        double[] lags = reader.ReadNumbers(), weights = reader.ReadNumbers();
        bool fits = lags.Length > 0 && lags.Length == weights.Length && lags[^1] == state.Length;
        for (int i = 0; fits && i < lags.Length; i++) fits = lags[i] == Math.Floor(lags[i]) && lags[i] > (i == 0 ? 0 : lags[i - 1]);
        return fits ? new(Array.ConvertAll(lags, lag => (int)lag), weights, reader.ReadNumber(), reader.ReadNumber(), reader.ReadNumber(), reader.ReadNumber(), state)
            : throw reader.Invalid("the lags of a series do not fit their weights and state");
    }

    private double Next(ReadOnlySpan<double> state, ReadOnlySpan<double> ahead, int step)
    {
        double sum = constant;
        for (int i = 0; i < lags.Length; i++) sum += weights[i] * (lags[i] > step ? state[lags[i] - step - 1] : ahead[step - lags[i]]);
        return Math.Clamp(sum, least, most);
    }
}
