using System.CommandLine;
using System.Globalization;
using MLPipelines.Cli.Train;
using MLPipelines.TimeSeries;

namespace MLPipelines.Cli.Commands;

/// <summary>The options of <c>mlp train forecasting</c> that say what is forecast, and what is done where series are not regular.</summary>
internal sealed class ForecastingOptions
{
    private readonly Option<string> _time = OptionParsing.Text("--time-col", "The column of times: dates or whole numbers. Left out, the rows of a series are its steps.", "NAME");
    private readonly Option<string> _value = OptionParsing.Text("--value-col", "The column of numbers to forecast.", "NAME");
    private readonly Option<string> _series = OptionParsing.Text("--series-col", "The column that says which series a row belongs to. Left out, all rows are one series.", "NAME");
    private readonly Option<int?> _horizon = OptionParsing.Whole("--horizon", "How many steps ahead to forecast.", "N", least: 1);
    private readonly Option<string> _season = OptionParsing.Text("--season", "The length of the season in steps, or several: 24,168; 1 for none. Seen from the times when left out.", "N");
    private readonly Option<string> _covariates = OptionParsing.Text("--covariate-cols", "Columns of numbers that explain the values and are known ahead, such as a price.", "A,B");
    private readonly Option<string> _calendar = OptionParsing.Text("--calendar", "What of the calendar the values depend on: day-of-week, month, month-end, business-days.", "A,B");
    private readonly Option<string> _timeFormat = OptionParsing.Text("--time-format", "How dates are written, such as dd/MM/yyyy. Seen from the file when left out.", "FORMAT");

    private readonly Option<GapHandling?> _gaps = OptionParsing.Choice<GapHandling>("--gaps", "What is done where times or values are missing: interpolate, last, zero, value, stop. Left out, a few are interpolated, and many are an error.");
    private readonly Option<double?> _fill = OptionParsing.Real("--fill-value", "What gaps are filled with under --gaps value.", "NUMBER", double.IsFinite, "a number");
    private readonly Option<DuplicateHandling?> _duplicates = OptionParsing.Choice<DuplicateHandling>("--duplicates", "What is done with several values of one time: sum, mean, last, stop. Left out, they are an error.");

    private readonly Option<bool> _nonNegative = OptionParsing.Flag("--non-negative", "Forecasts and bounds below 0 become 0, as for what is sold or counted.");

    internal void AddTo(Command command)
    {
        _value.Required = true;
        _horizon.Required = true;
        foreach (Option option in new Option[] { _time, _value, _series, _horizon, _season, _covariates, _calendar, _timeFormat, _gaps, _fill, _duplicates, _nonNegative }) command.Options.Add(option);
    }

    internal ForecastArguments Get(ParseResult parsed) => new()
    {
        TimeColumn = parsed.GetValue(_time),
        ValueColumn = parsed.GetValue(_value)!,
        SeriesColumn = parsed.GetValue(_series),
        Horizon = parsed.GetValue(_horizon)!.Value,
        Seasons = parsed.GetValue(_season) is { } seasons ? Seasons(seasons) : null,
        Covariates = OptionParsing.List(parsed.GetValue(_covariates)),
        Calendar = OptionParsing.List(parsed.GetValue(_calendar)).Aggregate(CalendarFeatures.None, (all, name) => all | OptionParsing.Named<CalendarFeatures>(name)
            ?? throw new UsageException($"--calendar: found '{name}', expected day-of-week, month, month-end or business-days.")),
        IsNonNegative = parsed.GetValue(_nonNegative),
        TimeFormat = parsed.GetValue(_timeFormat),
        Gaps = parsed.GetValue(_gaps) ?? (parsed.GetValue(_fill) is null ? GapHandling.Automatic : GapHandling.Value),
        FillValue = parsed.GetValue(_fill) ?? 0,
        Duplicates = parsed.GetValue(_duplicates) ?? DuplicateHandling.Stop,
    };

    private static int[] Seasons(string given)
    {
        int[] seasons = [.. OptionParsing.List(given).Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int season) && season >= 1 ? season
            : throw new UsageException($"--season: found '{given}', expected a number of steps from 1 on, or several such as 24,168.")).Where(season => season > 1).Order()];
        return seasons.Distinct().Count() == seasons.Length ? seasons : throw new UsageException($"--season: found '{given}', expected each number once.");
    }
}
