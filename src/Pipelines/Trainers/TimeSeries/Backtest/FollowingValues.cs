namespace MLPipelines.TimeSeries;

/// <summary>What came of a series after the last observation of a model.</summary>
/// <param name="Series">The place of the series in the model.</param>
/// <param name="Values">From the next step on; NaN where nothing was observed.</param>
/// <param name="Covariates">The covariates of these steps; NaN where there is no row.</param>
internal sealed record FollowingValues(int Series, double[] Values, float[] Covariates)
{
    internal static List<FollowingValues> Read(SeriesForecastingTransformer model, IDataView data, CancellationToken cancellation)
    {
        PanelOptions options = model.Options.Panel with { Gaps = GapHandling.Last, TimeFormat = data.Schema[model.Options.Panel.TimeColumn ?? model.Options.Panel.ValueColumn].Type is Data.TextDataViewType ? model.Axis.Text?.Name : null };
        PanelColumns.Check(SchemaShape.Create(data.Schema), options, SeriesForecastingTransformer.StepName);
        var reader = new PanelReader(data, options);
        reader.Read(cancellation);
        List<FollowingValues> following = [];
        foreach (RawSeries raw in reader.Series)
        {
            if (!model.Numbers.TryGetValue(raw.Name, out int number)) continue;
            long end = model.Fitted[number].End;
            // Without a column of times, rows follow those that the model has seen.
            if (options.TimeColumn is not null) raw.Rows.RemoveAll(row => model.Axis.StepsBetween(end, row.Time, out _) <= 0);
            raw.Sort();
            if (SeriesGrid.Of(raw, model.Axis, options) is not { } grid) continue;
            int pause = options.TimeColumn is null ? 0 : checked((int)(model.Axis.StepsBetween(end, grid.Start, out _) - 1)), width = options.CovariateColumns.Count;
            double[] values = new double[pause + grid.Values.Length];
            values.AsSpan(0, pause).Fill(double.NaN);
            grid.Values.CopyTo(values.AsSpan(pause));
            float[] covariates = new float[values.Length * width];
            covariates.AsSpan().Fill(float.NaN);
            for (int i = 0; i < grid.Rows.Length; i++)
                for (int c = 0; c < width && grid.Rows[i] >= 0; c++) covariates[((pause + i) * width) + c] = reader.Covariates[(grid.Rows[i] * width) + c];
            following.Add(new FollowingValues(number, values, covariates));
        }
        following.Sort((a, b) => a.Series.CompareTo(b.Series));
        return following;
    }
}
