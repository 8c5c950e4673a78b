using MLPipelines.Data;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Forecasts every series of a table. As a transformer it follows the series: each row is observed, and what comes after it is appended, a vector of the horizon
/// and, where they were asked for, two more for the bounds. Rows at times that the model has seen change nothing; steps without a row count as
/// missing; a series that the model does not know gets NaN. <see cref="Forecast(int?, float?)"/> says what follows the last observation.
/// </summary>
public sealed partial class SeriesForecastingTransformer : SequentialTransformer
{
    internal const string StepName = "series-forecasting";

    internal SeriesForecastingTransformer(SeriesForecastingOptions options, TimeAxis axis, Regressors regressors, string method, IReadOnlyList<FittedSeries> fitted)
    {
        (Options, Axis, Regressors, Method, Fitted) = (options, axis, regressors, method, fitted);
        Numbers = new Dictionary<string, int>(fitted.Count, StringComparer.Ordinal);
        for (int i = 0; i < fitted.Count; i++) Numbers[fitted[i].Name] = i;
    }

    public override string TypeId => StepName;

    /// <summary>The name of the method that was asked for, such as <c>ETS</c>.</summary>
    public string Method { get; }

    /// <summary>How far observations are apart.</summary>
    public TimeStep Step => Axis.Step;

    /// <summary>How many steps ahead it forecasts unless another number is asked for.</summary>
    public int Horizon => Options.Horizon;

    /// <summary>How the model of each series came about, in the order of the table.</summary>
    public IEnumerable<SeriesFacts> Series => Fitted.Select(series => series.Facts);

    /// <summary>The share of observations that lie between the bounds.</summary>
    public float ConfidenceLevel => Options.ConfidenceLevel;

    /// <summary>The column that says which series a row belongs to; <see langword="null"/> for a single series.</summary>
    public string? SeriesColumnName => Options.Panel.SeriesColumn;

    /// <summary>The column of forecasts that it makes as a transformer.</summary>
    public string OutputColumnName => Options.OutputColumnName;

    /// <summary>Whether it knows the times of its series, or counts rows.</summary>
    public bool HasTimes => Options.Panel.TimeColumn is not null;

    internal SeriesForecastingOptions Options { get; }

    internal TimeAxis Axis { get; }

    internal Regressors Regressors { get; }

    internal IReadOnlyList<FittedSeries> Fitted { get; }

    /// <summary>The place of each series, by name.</summary>
    internal Dictionary<string, int> Numbers { get; }

    /// <summary>What follows the last observation of each series, one series at a time. Covariates stay as they were last.</summary>
    /// <param name="horizon">How many steps; the horizon that was trained for when left out.</param>
    /// <param name="confidenceLevel">The share of observations between the bounds; as trained when left out.</param>
    public IEnumerable<PanelForecast> Forecast(int? horizon = null, float? confidenceLevel = null)
    {
        int steps = horizon ?? Horizon;
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1, nameof(horizon));
        double width = WidthOf(confidenceLevel ?? Options.ConfidenceLevel);
        return Fitted.Select(series => Forecast(series, steps, width));
    }

    private PanelForecast Forecast(FittedSeries series, int steps, double width)
    {
        double[] mean = new double[steps], deviation = new double[steps];
        new SeriesState(series, Axis, Regressors).Forecast(mean, deviation);
        var points = new ForecastPoint[steps];
        for (int i = 0; i < steps; i++)
        {
            long time = Axis.After(series.End, i + 1);
            DateTime? date = Axis.Text is { IsDate: true } ? new DateTime(time, DateTimeKind.Utc) : null;
            points[i] = new ForecastPoint(Axis.Write(time), date, At(mean[i], deviation[i], 0), At(mean[i], deviation[i], -width), At(mean[i], deviation[i], width));
        }
        return new PanelForecast(series.Name, series.Model.Name, points);
    }

    /// <summary>The forecaster after more observations: rows that follow those that it has seen, in the order of time within each series.</summary>
    /// <param name="data">Rows with the columns that it was trained on.</param>
    /// <param name="unknownRows">How many rows are of series that it does not know; they are left out.</param>
    public SeriesForecastingTransformer Observe(IDataView data, out long unknownRows)
    {
        ArgumentNullException.ThrowIfNull(data);
        BatchView view = BatchView.Of(data);
        var mapper = new SeriesForecastingMapper(this, view.Schema);
        unknownRows = 0;
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, mapper.Sources));
        while (cursor.Next() is { } batch)
        {
            for (int row = 0; row < batch.RowCount; row++)
                if (mapper.Observe(batch, row) is null) unknownRows++;
        }
        return (SeriesForecastingTransformer)mapper.ToTransformer();
    }

    /// <summary>Appends to rows the forecast for the time of each, and its bounds: what plans of the future, with their covariates, are filled in by.</summary>
    /// <param name="outputColumnName">The column of expected values.</param>
    /// <param name="lowerBoundColumn">The column of lower bounds.</param>
    /// <param name="upperBoundColumn">The column of upper bounds.</param>
    /// <exception cref="InvalidOperationException">It was trained without a column of times.</exception>
    public ITransformer AtRows(string outputColumnName, string lowerBoundColumn, string upperBoundColumn) =>
        Options.Panel.TimeColumn is not null ? new ForecastAtRows(this, [outputColumnName, lowerBoundColumn, upperBoundColumn])
            : throw new InvalidOperationException("The forecaster was trained without a column of times, so that rows have none to be forecast for.");

    /// <summary>The forecast, or a bound.</summary>
    /// <param name="mean">The expected value.</param>
    /// <param name="deviation">The standard deviation of its error.</param>
    /// <param name="width">How many deviations from it.</param>
    internal double At(double mean, double deviation, double width)
    {
        double value = mean + (width * deviation);
        return Options.IsNonNegative && value < 0 ? 0 : value;
    }

    /// <summary>The distance of a bound from the mean, in standard deviations.</summary>
    internal static double WidthOf(float confidenceLevel) => confidenceLevel is > 0 and < 1 ? NormalDistribution.Quantile(0.5 + (0.5 * confidenceLevel))
        : throw new ArgumentOutOfRangeException(nameof(confidenceLevel), confidenceLevel, "The confidence level is a share above 0 and below 1.");

    internal static IEnumerable<string> OutputNames(SeriesForecastingOptions options) =>
        new[] { options.OutputColumnName, options.ConfidenceLowerBoundColumn, options.ConfidenceUpperBoundColumn }.OfType<string>();

    internal AddedColumn[] Added(bool isVariable = false) => [.. OutputNames(Options).Select(name => new AddedColumn(name, new VectorDataViewType(NumberDataViewType.Single, isVariable ? 0 : Horizon)))];

    /// <summary>The same forecaster with its series at other states.</summary>
    internal SeriesForecastingTransformer At(IReadOnlyList<FittedSeries> fitted) => new(Options, Axis, Regressors, Method, fitted);

    internal override SequentialMapper CreateMapper(DataViewSchema input) => new SeriesForecastingMapper(this, input);

    internal override SequentialMapper CreateFollower(DataViewSchema input, bool isLast) => new SeriesForecastingMapper(this, input, isVariable: isLast);
}
