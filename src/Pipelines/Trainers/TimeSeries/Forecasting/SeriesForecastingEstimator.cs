using MLPipelines.Data;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Learns to forecast every series of a table by one method. Series are fitted side by side; that changes no number. A series that the method cannot
/// learn from gets a simpler model, and <see cref="SeriesForecastingTransformer.Series"/> says why. The table is held in memory.
/// </summary>
public sealed class SeriesForecastingEstimator : IEstimator<SeriesForecastingTransformer>
{
    private readonly TrainingEnvironment _environment;
    private readonly ForecastMethod _method;

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal SeriesForecastingEstimator(TrainingEnvironment environment, ForecastMethod method, SeriesForecastingOptions options)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        (_environment, _method, Options) = (environment, method, options);
    }

    internal SeriesForecastingOptions Options { get; }

    public SeriesForecastingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShape.Create(input.Schema));
        return Fit(SeriesPanel.Read(input, Options.Panel, axis: null, _environment.CancellationToken));
    }

    /// <summary>Learns from series that are in memory, read as <see cref="SeriesForecastingOptions.Panel"/> says.</summary>
    public SeriesForecastingTransformer Fit(SeriesPanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        _environment.Report(_method.Name, 0, panel.Series.Count);
        // What a single series reports would drown how far the panel is.
        var quiet = new TrainingEnvironment(_environment.Seed) { CancellationToken = _environment.CancellationToken };
        var fitting = new SeriesFitting(_method, Options.Horizon, quiet);
        var regressors = new Regressors(Options.Panel.CovariateColumns.Count, Options.Calendar);
        var fitted = new FittedSeries[panel.Series.Count];
        int threads = Options.NumberOfThreads ?? Environment.ProcessorCount, run = 16 * threads;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = _environment.CancellationToken };
        for (int start = 0; start < fitted.Length; start += run)
        {
            int end = Math.Min(start + run, fitted.Length);
            Parallel.For(start, end, parallel, i => fitted[i] = Fit(panel.Series[i], panel.Axis, fitting, regressors, quiet));
            _environment.Report(_method.Name, end, fitted.Length);
        }
        return new SeriesForecastingTransformer(Options, panel.Axis, regressors, _method.Name, fitted);
    }

    private static FittedSeries Fit(PanelSeries series, TimeAxis axis, SeriesFitting fitting, Regressors regressors, TrainingEnvironment environment)
    {
        environment.CancellationToken.ThrowIfCancellationRequested();
        Series values = series.Values;
        double[] columns = Columns(series, axis, regressors);
        var regression = SeriesRegression.Fit(values, columns, environment.CancellationToken);
        if (regression is not null)
        {
            double[] rest = values.Values.ToArray();
            for (int i = 0; i < rest.Length; i++) rest[i] -= regression.At(columns.AsSpan(i * regressors.Count, regressors.Count));
            values = new Series(values.Name, rest, values.Seasons);
        }
        SeriesModel model = fitting.Fit(values, out string? fallback);
        var facts = new SeriesFacts(series.Name, model.Name, values.Length, series.GapCount, SeasonalScale.Of(series.Values), fallback);
        SeriesModel baseline = SeriesFitting.Baseline.ObjectionTo(series.Values) is null ? SeriesFitting.Baseline.Fit(series.Values, environment) : model;
        float[] last = [.. series.Covariates.AsSpan()[^regressors.CovariateCount..]];
        return new FittedSeries(series.Name, model, regression, baseline, axis.After(series.Start, values.Length - 1), last, facts);
    }

    private static double[] Columns(PanelSeries series, TimeAxis axis, Regressors regressors)
    {
        int width = regressors.Count, known = regressors.CovariateCount;
        double[] columns = new double[width * series.Values.Length];
        for (int i = 0; i < series.Values.Length && width > 0; i++)
            regressors.Fill(axis.After(series.Start, i), series.Covariates.AsSpan(i * known, known), columns.AsSpan(i * width, width));
        return columns;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        PanelColumns.Check(inputSchema, Options.Panel, SeriesForecastingTransformer.StepName);
        return inputSchema.With(SeriesForecastingTransformer.OutputNames(Options)
            .Select(name => new SchemaShape.Column(name, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false)));
    }
}
