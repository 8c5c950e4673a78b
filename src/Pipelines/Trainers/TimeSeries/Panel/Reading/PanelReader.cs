using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.TimeSeries;

/// <summary>Reads the rows of a table into the series that they belong to, in the order of the rows.</summary>
internal sealed class PanelReader
{
    private readonly BatchView _view;
    private readonly PanelOptions _options;
    private readonly int _value, _time, _name;
    private readonly int[] _covariates;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private int _row;

    internal PanelReader(IDataView data, PanelOptions options)
    {
        (_view, _options) = (BatchView.Of(data), options);
        _value = _view.Schema[options.ValueColumn].Index;
        _time = options.TimeColumn is { } time ? _view.Schema[time].Index : -1;
        _name = options.SeriesColumn is { } series ? _view.Schema[series].Index : -1;
        _covariates = [.. options.CovariateColumns.Select(covariate => _view.Schema[covariate].Index)];
        if (options.TimeFormat is { } format) Text = TimeText.IsFormat(format) ? new TimeText(format) : throw new ArgumentException($"'{format}' is no format of times, such as dd/MM/yyyy.", nameof(options));
        if (_time >= 0 && TimeColumn.TextOf(_view.Schema[_time].Type) is { } text) Text = text;
    }

    /// <summary>How times are written; <see langword="null"/> where there is no column of them.</summary>
    internal TimeText? Text { get; private set; }

    internal List<RawSeries> Series { get; } = [];

    /// <summary>The covariates of all rows, row after row.</summary>
    internal List<float> Covariates { get; } = [];

    internal void Read(CancellationToken cancellation)
    {
        RowNames? names = _name < 0 ? null : new RowNames(_view.Schema[_name], _numbers);
        int[] columns = [.. new[] { _value, _time, _name }.Where(index => index >= 0), .. _covariates];
        using BatchCursor cursor = _view.OpenBatches(ColumnSet.Of(_view.Schema, columns));
        while (cursor.Next() is { } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_time >= 0 && Text is null) Text = TextOf((TextColumn)batch[_time]);
            for (int row = 0; row < batch.RowCount; row++, _row++) Add(batch, row, names);
        }
    }

    private void Add(Batch batch, int row, RowNames? names)
    {
        int number = names?.Find(batch[_name], row) ?? Series.Count - 1;
        if (number < 0)
        {
            string name = names?.NameOf(batch[_name], row) ?? "";
            if (names is not null && name.Length == 0) throw Problem(_options.SeriesColumn!, "", "the name of a series");
            names?.Add(batch[_name], row);
            number = Series.Count;
            Series.Add(new RawSeries(name));
        }
        List<Observation> rows = Series[number].Rows;
        long time = rows.Count;
        if (_time >= 0 && !TimeColumn.TryRead(batch[_time], row, Text!, out time))
            throw Problem(_options.TimeColumn!, batch[_time] is TextColumn texts ? texts[row].ToString() : "", $"{Text!.Expected} as in the rows before");
        double value = PanelColumns.Read(batch[_value], row);
        if (double.IsInfinity(value)) throw Problem(_options.ValueColumn, value.ToString(CultureInfo.InvariantCulture), "a finite number, or none for a gap");
        rows.Add(new Observation(time, value, _row));
        foreach (int covariate in _covariates) Covariates.Add((float)PanelColumns.Read(batch[covariate], row));
    }

    private TimeText TextOf(TextColumn texts)
    {
        var sample = new List<string>(texts.RowCount);
        for (int row = 0; row < texts.RowCount; row++)
        {
            if (!texts[row].IsWhiteSpace()) sample.Add(texts[row].ToString());
        }
        if (sample.Count > 0 && TimeText.Of(sample) is { } text) return text;
        // The way of the first is expected of all, so that the row that differs is told of.
        return (sample.Count == 0 ? null : TimeText.Of([sample[0]])) ?? throw Problem(_options.TimeColumn!, sample.FirstOrDefault() ?? "", "a date such as 2024-01-31, or a whole number");
    }

    private MLPipelinesException Problem(string column, string found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Row {_row}, column '{column}': found '{found}', expected {expected}."));
}
