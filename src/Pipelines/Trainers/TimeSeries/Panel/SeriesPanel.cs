namespace MLPipelines.TimeSeries;

/// <summary>The series of a table: sorted by time, at equal steps, without gaps. It is held in memory.</summary>
public sealed class SeriesPanel
{
    private SeriesPanel(TimeAxis axis, IReadOnlyList<PanelSeries> series, IReadOnlyList<string> empty, PanelOptions options) =>
        (Axis, Series, EmptySeries, Options) = (axis, series, empty, options);

    /// <summary>How far observations are apart, the same in every series.</summary>
    public TimeStep Step => Axis.Step;

    /// <summary>The series, in the order of their first rows.</summary>
    public IReadOnlyList<PanelSeries> Series { get; }

    /// <summary>The names of series that have rows and not one value; they are left out.</summary>
    public IReadOnlyList<string> EmptySeries { get; }

    internal TimeAxis Axis { get; }

    internal PanelOptions Options { get; }

    /// <summary>Other series of the same steps.</summary>
    internal SeriesPanel With(IReadOnlyList<PanelSeries> series) => new(Axis, series, EmptySeries, Options);

    /// <summary>Reads a table.</summary>
    /// <param name="data">The rows, in any order; those of one series need not be neighbours.</param>
    /// <param name="options">Which columns, and what is done where series are not regular.</param>
    /// <exception cref="MLPipelinesException">A time cannot be read, a series has two values at one time, or more gaps than are to be filled; the message says where.</exception>
    public static SeriesPanel Read(IDataView data, PanelOptions options) => Read(data, options, axis: null, CancellationToken.None);

    internal static SeriesPanel Read(IDataView data, PanelOptions options, TimeAxis? axis, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        PanelColumns.Check(SchemaShape.Create(data.Schema), options, "forecasting");
        var reader = new PanelReader(data, options);
        reader.Read(cancellation);
        foreach (RawSeries raw in reader.Series) raw.Sort();
        axis ??= reader.Text is null ? TimeAxis.OfRows : StepInference.Infer([.. reader.Series.Select(raw => raw.Rows.Select(row => row.Time).ToArray())], reader.Text);
        List<SeriesGrid> grids = [];
        List<string> empty = [];
        foreach (RawSeries raw in reader.Series)
        {
            if (SeriesGrid.Of(raw, axis, options) is { } grid) grids.Add(grid);
            else empty.Add(raw.Name);
        }
        if (grids.Count == 0) throw new MLPipelinesException($"Column '{options.ValueColumn}' has no value in any row: there is nothing to learn from.");
        GapFilling.Check(grids, axis, options.Gaps);
        var seasons = options.Seasons ?? axis.Step.UsualSeasons();
        return new SeriesPanel(axis, [.. grids.Select(grid => PanelSeries.Of(grid, options, seasons, reader.Covariates))], empty, options);
    }
}
