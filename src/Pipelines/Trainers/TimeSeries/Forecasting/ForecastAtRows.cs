using MLPipelines.Data;

namespace MLPipelines.TimeSeries;

/// <summary>
/// Appends to each row the forecast for its time: rows after the last observation of their series get the expected value and its bounds, the others, and those of
/// series that are not known, NaN. Covariates are those of the row.
/// </summary>
internal sealed class ForecastAtRows(SeriesForecastingTransformer model, string[] names) : RowToRowTransformer
{
    internal const string StepName = "series-forecast-at-rows";

    public override string TypeId => StepName;

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("outputColumns", names);
        model.Save(writer.Section("forecaster"));
    }

    internal static ForecastAtRows Load(ModelStepReader reader)
    {
        IReadOnlyList<string> names = reader.GetStrings("outputColumns");
        var model = SeriesForecastingTransformer.Load(reader.Section("forecaster"));
        return names.Count == 3 && names.All(name => name.Length > 0) && model.HasTimes ? new ForecastAtRows(model, [.. names])
            : throw reader.Invalid("it needs a forecaster with times and the names of three columns");
    }

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        PanelOptions panel = model.Options.Panel;
        int time = Require(input, panel.TimeColumn ?? throw new InvalidOperationException($"{TypeId}: the forecaster was trained without a column of times.")).Index;
        int series = panel.SeriesColumn is null ? -1 : Require(input, panel.SeriesColumn).Index;
        int[] covariates = [.. panel.CovariateColumns.Select(name => Require(input, name).Index)];
        int[] sources = [.. new[] { time, series }.Where(index => index >= 0), .. covariates];
        double width = SeriesForecastingTransformer.WidthOf(model.Options.ConfidenceLevel);
        double[] widths = [0, -width, width];
        return [.. names.Select((name, i) => new OutputColumn(name, NumberDataViewType.Double, null, sources, () => new Reader(model, input, time, series, covariates, widths[i]).Map))];
    }

    /// <summary>Computes one column; the forecasts of a series are made once, as far as rows need them.</summary>
    private sealed class Reader(SeriesForecastingTransformer model, DataViewSchema input, int time, int series, int[] covariates, double width)
    {
        private readonly ValueColumn<double> _output = new();
        private readonly RowNames? _names = series < 0 ? null : new RowNames(input[series], model.Numbers);
        private readonly double[]?[] _forecasts = new double[model.Fitted.Count][];
        private readonly SeriesState?[] _states = new SeriesState[model.Fitted.Count];
        private readonly float[] _known = new float[covariates.Length];

        internal ValueColumn<double> Map(Batch rows)
        {
            Span<double> values = _output.Resize(rows.RowCount);
            for (int row = 0; row < values.Length; row++) values[row] = At(rows, row);
            return _output;
        }

        private double At(Batch rows, int row)
        {
            int number = _names?.Find(rows[series], row) ?? 0;
            if (number < 0) return double.NaN;
            if (!TimeColumn.TryRead(rows[time], row, model.Axis.Text!, out long when))
                throw new MLPipelinesException($"Row {rows.FirstRow + row}, column '{input[time].Name}': found '{rows[time].GetObject(row)}', expected a time as {model.Axis.Write(model.Fitted[number].End)}.");
            long step = model.Axis.StepsBetween(model.Fitted[number].End, when, out _);
            if (step <= 0) return double.NaN;
            if (step > SeriesState.LongestPause) throw new MLPipelinesException($"Row {rows.FirstRow + row}, column '{input[time].Name}': {model.Axis.Write(when)} is {step} steps after the last observation, {model.Axis.Write(model.Fitted[number].End)}. Is it wrong?");
            SeriesState state = _states[number] ??= new SeriesState(model.Fitted[number], model.Axis, model.Regressors);
            if (_forecasts[number] is not { } forecast || forecast.Length < step) _forecasts[number] = forecast = Forecast(number, (int)step);
            for (int i = 0; i < _known.Length; i++) _known[i] = (float)PanelColumns.Read(rows[covariates[i]], row);
            return model.At(forecast[step - 1] + state.Explained(model.Axis.After(model.Fitted[number].End, step), _known), 0, 0);
        }

        private double[] Forecast(int number, int step)
        {
            FittedSeries fitted = model.Fitted[number];
            double[] mean = new double[Math.Max(step, Math.Max(model.Horizon, 2 * (_forecasts[number]?.Length ?? 0)))], deviation = new double[mean.Length];
            fitted.Model.Forecast(fitted.Model.State, mean, deviation);
            for (int i = 0; i < mean.Length; i++) mean[i] += width * deviation[i];
            return mean;
        }
    }
}
