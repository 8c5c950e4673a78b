using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.TimeSeries;

/// <summary>Follows every series of a table row by row, and appends after each row what comes next in its series.</summary>
internal sealed class SeriesForecastingMapper : SequentialMapper
{
    private readonly SeriesForecastingTransformer _transformer;
    private readonly PanelOptions _panel;
    private readonly RowNames? _names;
    private readonly SeriesState?[] _states;
    private readonly int _value, _time, _name;
    private readonly int[] _covariates;
    private readonly float[] _known;
    private readonly bool _isVariable;
    private double[] _mean, _deviation;
    private (float Level, double Width) _bounds;

    /// <param name="transformer">Where it starts.</param>
    /// <param name="input">The rows.</param>
    /// <param name="isVariable">Whether other horizons may be asked for than the one that was trained for.</param>
    internal SeriesForecastingMapper(SeriesForecastingTransformer transformer, DataViewSchema input, bool isVariable = false) : base(input, transformer.Added(isVariable))
    {
        (_transformer, _panel) = (transformer, transformer.Options.Panel);
        PanelColumns.Check(SchemaShape.Create(input), _panel, SeriesForecastingTransformer.StepName);
        _states = new SeriesState?[transformer.Fitted.Count];
        _value = input[_panel.ValueColumn].Index;
        _time = _panel.TimeColumn is { } time ? input[time].Index : -1;
        _name = _panel.SeriesColumn is { } name ? input[name].Index : -1;
        if (_name >= 0) _names = new RowNames(input[_name], transformer.Numbers);
        _covariates = [.. _panel.CovariateColumns.Select(covariate => input[covariate].Index)];
        _known = new float[_covariates.Length];
        (_mean, _deviation) = (new double[transformer.Options.Horizon], new double[transformer.Options.Horizon]);
        _bounds = (transformer.ConfidenceLevel, SeriesForecastingTransformer.WidthOf(transformer.ConfidenceLevel));
        _isVariable = isVariable;
        Sources = [.. new[] { _value, _time, _name }.Where(index => index >= 0), .. _covariates];
    }

    internal override IReadOnlyList<int> Sources { get; }

    internal override void Map(Batch rows, int row, BatchColumn[] outputs) => Append(outputs, Observe(rows, row), default);

    internal override void Follow(Batch rows, int row, BatchColumn[] outputs, ForecastRequest request) => Append(outputs, Observe(rows, row), request);

    // Of several series, only a row says which is meant.
    internal override void Forecast(BatchColumn[] outputs, ForecastRequest request) => Append(outputs, _names is null ? StateOf(0) : null, request);

    /// <param name="outputs">The added columns.</param>
    /// <param name="state">A series; <see langword="null"/> for one that is not known.</param>
    /// <param name="request">How far, and how wide.</param>
    private void Append(BatchColumn[] outputs, SeriesState? state, ForecastRequest request)
    {
        int horizon = request.Horizon ?? _transformer.Horizon;
        if (horizon < 1 || (!_isVariable && horizon != _transformer.Horizon))
            throw new ArgumentOutOfRangeException(nameof(request), horizon, $"Column '{_transformer.OutputColumnName}' holds forecasts of {_transformer.Horizon} steps; other horizons, from 1 on, are for the last step of a chain.");
        if (_mean.Length != horizon) (_mean, _deviation) = (new double[horizon], new double[horizon]);
        if (state is null)
        {
            _mean.AsSpan().Fill(double.NaN);
            _deviation.AsSpan().Fill(double.NaN);
        }
        else state.Forecast(_mean, _deviation);
        float level = request.ConfidenceLevel ?? _transformer.ConfidenceLevel;
        if (level != _bounds.Level) _bounds = (level, SeriesForecastingTransformer.WidthOf(level));
        int added = 0;
        Append(outputs[added++], 0);
        if (_transformer.Options.ConfidenceLowerBoundColumn is not null) Append(outputs[added++], -_bounds.Width);
        if (_transformer.Options.ConfidenceUpperBoundColumn is not null) Append(outputs[added], _bounds.Width);
    }

    /// <summary>Takes in a row.</summary>
    /// <returns>Its series; <see langword="null"/> for one that is not known.</returns>
    internal SeriesState? Observe(Batch rows, int row)
    {
        int number = _names?.Find(rows[_name], row) ?? 0;
        if (number < 0) return null;
        SeriesState state = StateOf(number);
        double value = PanelColumns.Read(rows[_value], row);
        if (double.IsInfinity(value)) throw Problem(rows, row, _panel.ValueColumn, value.ToString(CultureInfo.InvariantCulture), "a finite number, or none");
        for (int i = 0; i < _known.Length; i++) _known[i] = (float)PanelColumns.Read(rows[_covariates[i]], row);
        if (_time < 0) state.ObserveNext(value, _known);
        else if (TimeColumn.TryRead(rows[_time], row, _transformer.Axis.Text!, out long time)) state.Observe(time, value, _known);
        else throw Problem(rows, row, _panel.TimeColumn!, rows[_time] is TextColumn texts ? texts[row].ToString() : "", $"a time as {_transformer.Axis.Write(state.End)}");
        return state;
    }

    /// <summary>The state of a series, which its rows move.</summary>
    internal SeriesState StateOf(int number) => _states[number] ??= new SeriesState(_transformer.Fitted[number], _transformer.Axis, _transformer.Regressors);

    internal override SequentialTransformer ToTransformer() => _transformer.At([.. _states.Select((state, i) => state?.ToSeries() ?? _transformer.Fitted[i])]);

    private void Append(BatchColumn column, double width)
    {
        Span<float> items = ((VectorColumn<float>)column).AppendDense(_mean.Length);
        for (int i = 0; i < items.Length; i++) items[i] = (float)_transformer.At(_mean[i], _deviation[i], width);
    }

    private static MLPipelinesException Problem(Batch rows, int row, string column, string found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Row {rows.FirstRow + row}, column '{column}': found '{found}', expected {expected}."));
}
