namespace MLPipelines.TimeSeries;

/// <summary>
/// Standard deviations of forecast errors (Hyndman et al. 2008, table 6.2): exact for additive errors with additive states, exact for relative
/// errors with additive states, exact within the first season for multiplicative seasons and near beyond it; other forms follow, to first order, what an error at each step does to later ones.
/// </summary>
internal static class EtsDeviations
{
    internal static void Write(EtsModel model, ReadOnlySpan<double> state, ReadOnlySpan<double> mean, Span<double> deviations)
    {
        EtsForm form = model.Form;
        bool relative = form.Error == EtsComponent.Multiplicative;
        if (form.Trend == EtsComponent.Multiplicative || (!relative && form.Season == EtsComponent.Multiplicative)) ByFirstOrder(model, state, mean, deviations);
        else if (!relative) Additive(model, state.Length, deviations);
        else Relative(model, state, mean, deviations);
    }

    private static void Additive(EtsModel model, int states, Span<double> deviations)
    {
        double variance = 1, damped = 0, power = 1;
        for (int i = 0; i < deviations.Length; i++)
        {
            deviations[i] = model.Deviation * Math.Sqrt(variance);
            double effect = Effect(model, i + 1, states, ref damped, ref power);
            variance += effect * effect;
        }
    }

    private static void Relative(EtsModel model, ReadOnlySpan<double> state, ReadOnlySpan<double> mean, Span<double> deviations)
    {
        bool bySeason = model.Form.Season == EtsComponent.Multiplicative;
        ReadOnlySpan<double> seasons = bySeason ? state[(model.Form.HasTrend ? 2 : 1)..] : [];
        double variance = model.Deviation * model.Deviation, gamma = model.Parameters.Gamma;
        double[] effects = new double[mean.Length], squares = new double[mean.Length];
        double damped = 0, power = 1;
        for (int i = 0; i < mean.Length; i++)
        {
            effects[i] = Effect(model, i + 1, state.Length, ref damped, ref power);
            double season = bySeason ? seasons[i % seasons.Length] : 1, level = mean[i] / season;
            double square = level * level;
            for (int j = 0; j < i; j++) square += variance * effects[j] * effects[j] * squares[i - 1 - j];
            squares[i] = square;
            double growth = 1, shift = 1;
            // An error of a season ago moved both the level and this season's effect.
            for (int j = seasons.Length; bySeason && j <= i; j += seasons.Length)
            {
                growth *= 1 + (gamma * (gamma + (4 * effects[j - 1])) * variance);
                shift *= 1 + (gamma * effects[j - 1] * variance);
            }
            deviations[i] = Math.Abs(season) * Math.Sqrt(Math.Max((square * (1 + variance) * growth) - (level * level * shift * shift), 0));
        }
    }

    /// <summary>What is left of an error after some steps, as a share; additive seasons take theirs up once a season.</summary>
    private static double Effect(EtsModel model, int steps, int states, ref double damped, ref double power)
    {
        power *= model.Parameters.Phi;
        damped += power;
        double effect = model.Parameters.Alpha + (model.Parameters.Beta * damped);
        return model.Form.Season == EtsComponent.Additive && steps % (states - (model.Form.HasTrend ? 2 : 1)) == 0 ? effect + model.Parameters.Gamma : effect;
    }

    private static void ByFirstOrder(EtsModel model, ReadOnlySpan<double> state, ReadOnlySpan<double> mean, Span<double> deviations)
    {
        double[] current = state.ToArray(), disturbed = new double[state.Length], path = new double[mean.Length];
        deviations.Clear();
        for (int i = 0; i < mean.Length; i++)
        {
            double size = model.Form.Error == EtsComponent.Multiplicative ? Math.Abs(mean[i]) * model.Deviation : model.Deviation;
            deviations[i] = Math.Sqrt(deviations[i] + (size * size));
            current.CopyTo(disturbed, 0);
            // A small error, so that the answer is linear in it.
            double share = 1e-3;
            model.Step(disturbed, mean[i] + (share * size));
            model.Step(current, double.NaN);
            Span<double> after = path.AsSpan(i + 1);
            model.Forecast(disturbed, after, []);
            for (int j = 0; j < after.Length; j++)
            {
                double difference = (after[j] - mean[i + 1 + j]) / share;
                deviations[i + 1 + j] += difference * difference;
            }
        }
    }
}
