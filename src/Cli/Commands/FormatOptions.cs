using System.CommandLine;
using MLPipelines.Cli.Input;

namespace MLPipelines.Cli.Commands;

/// <summary>The options that say how data files are laid out.</summary>
internal sealed class FormatOptions
{
    private readonly Option<char?> _separator = OptionParsing.Value<char>("--sep", "The character between fields: , ; | tab space or another. Seen from the file when left out.", "CHAR",
        ParseSeparator, "one character, or tab, space, comma, semicolon, pipe", "--separator");

    private readonly Option<char?> _decimal = OptionParsing.Value<char>("--decimal", "What separates the decimals of numbers: . or ,", "MARK",
        text => text is "." or "," ? text[0] : null, "'.' or ','");

    private readonly Option<Answer?> _header = OptionParsing.Truth("--has-header", "Whether the first row names the columns. Seen from the file when left out.");

    private readonly Option<Answer?> _quoting = OptionParsing.Truth("--quoting", "Whether fields may stand in double quotes; false when quotes are part of the text.");

    private readonly Option<string> _sheet = OptionParsing.Text("--sheet", "The sheet of an Excel workbook (.xlsx, .xls). The first one when left out.", "NAME");

    internal void AddTo(Command command)
    {
        command.Options.Add(_sheet);
        command.Options.Add(_header);
        command.Options.Add(_separator);
        command.Options.Add(_decimal);
        command.Options.Add(_quoting);
    }

    internal InputFormat Get(ParseResult parsed) =>
        new(parsed.GetValue(_separator), parsed.GetValue(_decimal), IsTrue(parsed.GetValue(_header)), IsTrue(parsed.GetValue(_quoting)), parsed.GetValue(_sheet));

    private static bool? IsTrue(Answer? answer) => answer is null ? null : answer == Answer.True;

    private static char? ParseSeparator(string text) => text switch
    {
        "tab" or "\\t" => '\t',
        "space" => ' ',
        "comma" => ',',
        "semicolon" => ';',
        "pipe" => '|',
        { Length: 1 } => text[0],
        _ => null,
    };
}
