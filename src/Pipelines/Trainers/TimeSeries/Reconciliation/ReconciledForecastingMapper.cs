using MLPipelines.Data;

namespace MLPipelines.TimeSeries;

/// <summary>Follows every series of a table row by row, and appends what comes next in the series of the row, reconciled with the others.</summary>
internal sealed class ReconciledForecastingMapper(ReconciledForecastingTransformer transformer, SeriesForecastingMapper series, DataViewSchema input)
    : SequentialMapper(input, transformer.Forecaster.Added())
{
    private readonly SeriesState[] _states = [.. Enumerable.Range(0, transformer.Forecaster.Fitted.Count).Select(series.StateOf)];
    private readonly SeriesForecastingOptions _options = transformer.Forecaster.Options;
    private readonly double _width = SeriesForecastingTransformer.WidthOf(transformer.Forecaster.Options.ConfidenceLevel);

    internal override IReadOnlyList<int> Sources => series.Sources;

    internal override void Map(Batch rows, int row, BatchColumn[] outputs)
    {
        int number = series.Observe(rows, row) is { } state ? Array.IndexOf(_states, state) : -1;
        var (means, deviations) = number < 0 ? ([], []) : transformer.Forecast(_states, _options.Horizon);
        int added = 0;
        Append(outputs[added++], 0);
        if (_options.ConfidenceLowerBoundColumn is not null) Append(outputs[added++], -_width);
        if (_options.ConfidenceUpperBoundColumn is not null) Append(outputs[added], _width);

        void Append(BatchColumn column, double width)
        {
            Span<float> items = ((VectorColumn<float>)column).AppendDense(_options.Horizon);
            for (int i = 0; i < items.Length; i++) items[i] = number < 0 ? float.NaN : (float)(means[number][i] + (width * deviations[number][i]));
        }
    }

    internal override SequentialTransformer ToTransformer() => new ReconciledForecastingTransformer((SeriesForecastingTransformer)series.ToTransformer(), transformer.Reconciliation);
}
