namespace MLPipelines.TimeSeries;

/// <summary>
/// Forecasts every series of a table so that equations between them hold, such as profit = revenue − cost. As a transformer it follows the series like a
/// <see cref="SeriesForecastingTransformer"/>, into the same columns; what is appended to a row is the forecast of its series from the newest
/// time that any series has been seen at. At each step the forecasts of all series are reconciled by minimum trace.
/// </summary>
public sealed class ReconciledForecastingTransformer : SequentialTransformer
{
    internal const string StepName = "reconciled-forecasting";

    internal ReconciledForecastingTransformer(SeriesForecastingTransformer forecaster, Reconciliation reconciliation) =>
        (Forecaster, Reconciliation) = (forecaster, reconciliation);

    public override string TypeId => StepName;

    /// <summary>The forecaster of each series for itself.</summary>
    public SeriesForecastingTransformer Forecaster { get; }

    internal Reconciliation Reconciliation { get; }

    /// <summary>The expected values and the standard deviations of their errors after the last observation: a row per series, a column per step.</summary>
    internal (double[][] Means, double[][] Deviations) Forecast(int horizon) =>
        Forecast([.. Forecaster.Fitted.Select(series => new SeriesState(series, Forecaster.Axis, Forecaster.Regressors))], horizon);

    internal (double[][] Means, double[][] Deviations) Forecast(SeriesState[] states, int horizon)
    {
        long newest = states.Max(state => state.End);
        double[][] means = new double[states.Length][], deviations = new double[states.Length][];
        for (int i = 0; i < states.Length; i++)
        {
            // What has not been seen at the newest time is forecast from where it ends.
            int behind = checked((int)Forecaster.Axis.StepsBetween(states[i].End, newest, out _));
            double[] mean = new double[behind + horizon], deviation = new double[behind + horizon];
            states[i].Forecast(mean, deviation);
            (means[i], deviations[i]) = (mean[behind..], deviation[behind..]);
        }
        double[] meansAt = new double[states.Length], deviationsAt = new double[states.Length];
        for (int step = 0; step < horizon; step++)
        {
            for (int i = 0; i < states.Length; i++) (meansAt[i], deviationsAt[i]) = (means[i][step], deviations[i][step]);
            Reconciliation.Apply(meansAt, deviationsAt);
            for (int i = 0; i < states.Length; i++) (means[i][step], deviations[i][step]) = (meansAt[i], deviationsAt[i]);
        }
        return (means, deviations);
    }

    public override void Save(ModelStepWriter writer)
    {
        Forecaster.Save(writer);
        int series = Forecaster.Fitted.Count;
        double[][] equations = Reconciliation.Equations;
        writer.WriteArray<double>("equations", [.. equations.SelectMany(equation => equation)], equations.Length, series);
        writer.WriteArray<double>("correlation", [.. Reconciliation.Correlation.Cast<double>()], series, series);
    }

    internal static ReconciledForecastingTransformer Load(ModelStepReader reader)
    {
        var forecaster = SeriesForecastingTransformer.Load(reader);
        int series = forecaster.Fitted.Count;
        double[] equations = reader.ReadArray<double>("equations", -1, series), correlations = reader.ReadArray<double>("correlation", series, series);
        if (equations.Any(factor => !double.IsFinite(factor)) || correlations.Any(correlation => !(Math.Abs(correlation) <= 1 + 1e-9))) throw reader.Invalid("its equations or correlations are no numbers that they can be");
        double[,] correlation = new double[series, series];
        Buffer.BlockCopy(correlations, 0, correlation, 0, correlations.Length * sizeof(double));
        return new(forecaster, new Reconciliation([.. equations.Chunk(series)], correlation));
    }

    internal override SequentialMapper CreateMapper(DataViewSchema input) => new ReconciledForecastingMapper(this, new SeriesForecastingMapper(Forecaster, input), input);
}
