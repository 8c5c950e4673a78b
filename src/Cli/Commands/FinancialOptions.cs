using System.CommandLine;
using MLPipelines.Cli.Train;

namespace MLPipelines.Cli.Commands;

/// <summary>The options of <c>mlp train financial-forecasting</c>.</summary>
internal sealed class FinancialOptions
{
    private readonly Option<string> _time = OptionParsing.Text("--time-col", "The column of months, quarters or years. Default: the first.", "NAME");
    private readonly Option<string> _line = OptionParsing.Text("--series-col", "The column that names lines, in a file with one amount per row.", "NAME");
    private readonly Option<string> _value = OptionParsing.Text("--value-col", "The column of amounts, in a file with one amount per row.", "NAME");
    private readonly Option<string> _timeFormat = OptionParsing.Text("--time-format", "How dates are written, such as dd/MM/yyyy. Seen from the file when left out.", "FORMAT");
    private readonly Option<int?> _horizon = OptionParsing.Whole("--horizon", "How many periods ahead to forecast.", "N", least: 1);

    private readonly Option<string[]> _identities = new("--identities")
    {
        Description = "What holds between lines: \"profit = revenue - cost; cost = cogs + opex\". The forecast keeps it; a line that is only named here is computed. May be given several times.", HelpName = "EQUATIONS",
    };

    private readonly Option<string> _title = OptionParsing.Text("--title", "The title of the report.", "TEXT");

    internal void AddTo(Command command)
    {
        _horizon.Required = true;
        foreach (Option option in new Option[] { _time, _line, _value, _timeFormat, _horizon, _identities, _title }) command.Options.Add(option);
    }

    internal FinancialArguments Get(ParseResult parsed) => new()
    {
        TimeColumn = parsed.GetValue(_time),
        LineColumn = parsed.GetValue(_line),
        AmountColumn = parsed.GetValue(_value),
        TimeFormat = parsed.GetValue(_timeFormat),
        Horizon = parsed.GetValue(_horizon)!.Value,
        Identities = string.Join("; ", parsed.GetValue(_identities) ?? []),
        Title = parsed.GetValue(_title),
    };
}
