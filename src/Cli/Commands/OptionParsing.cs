using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MLPipelines.Cli.Commands;

/// <summary>Makes options whose values are checked while they are parsed, with messages that say what was expected.</summary>
internal static class OptionParsing
{
    internal static Option<string> Text(string name, string help, string valueName, params string[] aliases) => new(name, aliases) { Description = help, HelpName = valueName };

    internal static Option<bool> Flag(string name, string help) => new(name) { Description = help };

    internal static Option<T?> Value<T>(string name, string help, string valueName, Func<string, T?> parse, string expected, params string[] aliases) where T : struct
    {
        var option = new Option<T?>(name, aliases) { Description = help, HelpName = valueName, Arity = ArgumentArity.ExactlyOne };
        option.CustomParser = result =>
        {
            string given = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (parse(given) is { } value) return value;
            result.AddError($"{name}: found '{given}', expected {expected}.");
            return null;
        };
        return option;
    }

    internal static Option<int?> Whole(string name, string help, string valueName, int least = int.MinValue) => Value<int>(name, help, valueName,
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least ? value : null,
        least == int.MinValue ? "a whole number" : string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {least}"));

    internal static Option<double?> Real(string name, string help, string valueName, Func<double, bool> accept, string expected) => Value<double>(name, help, valueName,
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && accept(value) ? value : null, expected);

    /// <summary>An option that is true, false, or absent. As bool the parser would take a wrong value for an argument.</summary>
    internal static Option<Answer?> Truth(string name, string help) => Value<Answer>(name, help, "true|false",
        text => bool.TryParse(text, out bool value) ? value ? Answer.True : Answer.False : null, "true or false");

    /// <summary>An option whose values are the names of an enumeration.</summary>
    internal static Option<T?> Choice<T>(string name, string help) where T : struct, Enum =>
        Value<T>(name, help, "CHOICE", Named<T>, string.Join(", ", Enum.GetNames<T>().Select(choice => choice.ToLowerInvariant())));

    /// <summary>The choice of a name such as day-of-week.</summary>
    internal static T? Named<T>(string name) where T : struct, Enum =>
        Enum.GetNames<T>().FirstOrDefault(choice => choice.Equals(name.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)) is { } found ? Enum.Parse<T>(found) : null;

    /// <summary>The parts of a list such as A,B.</summary>
    internal static string[] List(string? names) => names?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

/// <summary>The value of an option that is true or false.</summary>
internal enum Answer
{
    False,
    True,
}
