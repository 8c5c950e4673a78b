using System.Globalization;

namespace MLPipelines.TimeSeries;

public sealed partial class SeriesForecastingTransformer
{
    public override void Save(ModelStepWriter writer)
    {
        PanelOptions panel = Options.Panel;
        writer.Set("method", Method);
        writer.Set("outputColumn", Options.OutputColumnName);
        writer.Set("lowerColumn", Options.ConfidenceLowerBoundColumn);
        writer.Set("upperColumn", Options.ConfidenceUpperBoundColumn);
        writer.Set("horizon", Horizon);
        writer.Set("confidenceLevel", Options.ConfidenceLevel);
        writer.Set("nonNegative", Options.IsNonNegative);
        writer.Set("valueColumn", panel.ValueColumn);
        writer.Set("timeColumn", panel.TimeColumn);
        writer.Set("seriesColumn", panel.SeriesColumn);
        writer.Set("covariates", panel.CovariateColumns);
        writer.Set("calendar", Options.Calendar);
        if (panel.Seasons is not null) writer.Set("seasons", panel.Seasons);
        writer.Set("gaps", panel.Gaps);
        writer.Set("fill", panel.FillValue);
        writer.Set("duplicates", panel.Duplicates);
        Axis.Save(writer);

        writer.WriteTexts("series", [.. Fitted.Select(series => series.Name)]);
        writer.WriteTexts("forms", [.. Fitted.Select(series => series.Facts.Model)]);
        writer.WriteTexts("fallbacks", [.. Fitted.Select(series => series.Facts.Fallback ?? "")]);
        writer.WriteArray<long>("ends", [.. Fitted.Select(series => series.End)], Fitted.Count);
        writer.WriteArray<int>("counts", [.. Fitted.SelectMany(series => new[] { series.Facts.Length, series.Facts.GapCount })], Fitted.Count, 2);
        writer.WriteArray<double>("scales", [.. Fitted.Select(series => series.Facts.Scale)], Fitted.Count);
        writer.WriteArray<float>("last-covariates", [.. Fitted.SelectMany(series => series.LastColumns)], Fitted.Count, Regressors.CovariateCount);
        var models = new SeriesModelWriter();
        foreach (FittedSeries series in Fitted)
        {
            models.Write(series.Model);
            models.Write(series.Baseline);
            models.Write(series.Regression is null ? 0 : 1);
            series.Regression?.Save(models);
        }
        models.Save(writer);
    }

    internal static SeriesForecastingTransformer Load(ModelStepReader reader)
    {
        var options = new SeriesForecastingOptions
        {
            Panel = new PanelOptions
            {
                ValueColumn = reader.GetString("valueColumn"),
                TimeColumn = reader.GetStringOrNull("timeColumn"),
                SeriesColumn = reader.GetStringOrNull("seriesColumn"),
                CovariateColumns = reader.GetStrings("covariates"),
                Seasons = reader.Has("seasons") ? reader.GetInt32s("seasons") : null,
                Gaps = Choice<GapHandling>(reader, "gaps"),
                FillValue = reader.GetDouble("fill"),
                Duplicates = Choice<DuplicateHandling>(reader, "duplicates"),
            },
            OutputColumnName = reader.GetString("outputColumn"),
            ConfidenceLowerBoundColumn = reader.GetStringOrNull("lowerColumn"),
            ConfidenceUpperBoundColumn = reader.GetStringOrNull("upperColumn"),
            Horizon = reader.GetInt32("horizon"),
            ConfidenceLevel = (float)reader.GetDouble("confidenceLevel"),
            Calendar = Choice<CalendarFeatures>(reader, "calendar"),
            IsNonNegative = reader.GetBoolean("nonNegative"),
        };
        try
        {
            options.Check();
        }
        catch (ArgumentException e)
        {
            throw reader.Invalid(e.Message);
        }
        var axis = TimeAxis.Load(reader);
        if (axis.Text is null != options.Panel.TimeColumn is null) throw reader.Invalid("it has no format of times");
        return new SeriesForecastingTransformer(options, axis, new Regressors(options.Panel.CovariateColumns.Count, options.Calendar), reader.GetString("method"), LoadSeries(reader, options, axis));
    }

    private static FittedSeries[] LoadSeries(ModelStepReader reader, SeriesForecastingOptions options, TimeAxis axis)
    {
        var regressors = new Regressors(options.Panel.CovariateColumns.Count, options.Calendar);
        IReadOnlyList<string> names = reader.ReadTexts("series"), forms = reader.ReadTexts("forms"), fallbacks = reader.ReadTexts("fallbacks");
        int count = names.Count;
        if (count == 0 || forms.Count != count || fallbacks.Count != count) throw reader.Invalid($"it has {count} series, {forms.Count} forms and {fallbacks.Count} fallbacks");
        long[] ends = reader.ReadArray<long>("ends", count);
        if (axis.Text is { IsDate: true } && ends.Any(end => end < 0 || end > DateTime.MaxValue.Ticks)) throw reader.Invalid("a series ends at no date");
        int[] counts = reader.ReadArray<int>("counts", count, 2);
        double[] scales = reader.ReadArray<double>("scales", count);
        float[] last = reader.ReadArray<float>("last-covariates", count, regressors.CovariateCount);
        var models = new SeriesModelReader(reader);
        var fitted = new FittedSeries[count];
        for (int i = 0; i < count; i++)
        {
            SeriesModel model = models.ReadModel(), baseline = models.ReadModel();
            var regression = models.ReadInt32(0, 1) == 1 ? SeriesRegression.Load(models, regressors.Count) : null;
            var facts = new SeriesFacts(names[i], forms[i], counts[2 * i], counts[(2 * i) + 1], scales[i], fallbacks[i].Length > 0 ? fallbacks[i] : null);
            fitted[i] = new FittedSeries(names[i], model, regression, baseline, ends[i], last.AsSpan(i * regressors.CovariateCount, regressors.CovariateCount).ToArray(), facts);
        }
        return fitted;
    }

    private static T Choice<T>(ModelStepReader reader, string name) where T : struct, Enum =>
        Enum.TryParse(reader.GetString(name), out T value) ? value : throw reader.Invalid(string.Create(CultureInfo.InvariantCulture, $"parameter '{name}' is '{reader.GetString(name)}'"));
}
