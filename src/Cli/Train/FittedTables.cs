using System.Globalization;
using MLPipelines.Cli.Output;
using MLPipelines.Scenarios.Reports;
using MLPipelines.TimeSeries;

namespace MLPipelines.Cli.Train;

/// <summary>Shows how series were learned: the forms that were chosen, and the series that fell back.</summary>
internal static class FittedTables
{
    private const int Rows = 10;

    internal static IReadOnlyList<TextTable> Of(SeriesForecastingTransformer model)
    {
        List<TextTable> tables = [];
        var forms = Forms(model);
        var chosen = new TextTable(forms.Count > Rows ? string.Create(CultureInfo.InvariantCulture, $"The {Rows} most frequent of {forms.Count} models") : "Models", "model", "#series");
        foreach (var (form, count) in forms.Take(Rows)) chosen.Add(form, Figures.Count(count));
        tables.Add(chosen);
        SeriesFacts[] fallen = [.. model.Series.Where(series => series.Fallback is not null)];
        if (fallen.Length > 0)
        {
            var table = new TextTable($"Series that fell back to a simpler model{(fallen.Length > Rows ? string.Create(CultureInfo.InvariantCulture, $": {Rows} of {fallen.Length}") : "")}", "series", "model", "because");
            foreach (SeriesFacts series in fallen.Take(Rows)) table.Add(series.Series, series.Model, series.Fallback!);
            tables.Add(table);
        }
        SeriesFacts[] filled = [.. model.Series.Where(series => series.GapCount > 0).OrderByDescending(series => series.GapCount)];
        if (filled.Length > 0)
        {
            var table = new TextTable($"Series with gaps that were filled{(filled.Length > Rows ? string.Create(CultureInfo.InvariantCulture, $": {Rows} of {filled.Length}") : "")}", "series", "#gaps", "#values");
            foreach (SeriesFacts series in filled.Take(Rows)) table.Add(series.Series, Figures.Count(series.GapCount), Figures.Count(series.Length));
            tables.Add(table);
        }
        return tables;
    }

    /// <summary>The same in a few words, for the model file.</summary>
    internal static IReadOnlyDictionary<string, string> Properties(SeriesForecastingTransformer model)
    {
        var forms = Forms(model);
        var fallen = model.Series.Where(series => series.Fallback is not null).GroupBy(series => series.Fallback!).OrderByDescending(group => group.Count()).ToList();
        var properties = new Dictionary<string, string>
        {
            ["series"] = model.Series.Count().ToString(CultureInfo.InvariantCulture),
            ["step"] = model.Step.ToString(),
            ["horizon"] = model.Horizon.ToString(CultureInfo.InvariantCulture),
            ["models"] = string.Join(", ", forms.Take(Rows).Select(form => $"{form.Form}: {Figures.Count(form.Count)}")) + (forms.Count > Rows ? ", …" : ""),
        };
        if (fallen.Count > 0) properties["fellBack"] = string.Join("; ", fallen.Take(Rows).Select(group => $"{Figures.Count(group.Count())} ({group.First().Series}{(group.Count() > 1 ? ", …" : "")}): {group.Key}"));
        return properties;
    }

    /// <summary>How many series have a model; one that combines several, without their weights, counts for each.</summary>
    private static List<(string Form, int Count)> Forms(SeriesForecastingTransformer model) =>
        [.. model.Series.SelectMany(series => series.Model.Split(" + ").Select(part => part.TrimStart([.. "0123456789. "]))).GroupBy(part => part).Select(group => (Form: group.Key, Count: group.Count())).OrderByDescending(form => form.Count).ThenBy(form => form.Form, StringComparer.Ordinal)];
}
