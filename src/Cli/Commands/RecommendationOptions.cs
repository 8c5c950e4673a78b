using System.CommandLine;
using System.Globalization;
using MLPipelines.Cli.Train;
using MLPipelines.Recommendation;

namespace MLPipelines.Cli.Commands;

/// <summary>The options of <c>mlp train recommendation</c> that say what events are and how much they count.</summary>
internal sealed class RecommendationOptions
{
    private readonly Option<string> _user = OptionParsing.Text("--user-col", "The column of users, by its header or its index from 0. Found by its name when left out.", "NAME");
    private readonly Option<string> _item = OptionParsing.Text("--item-col", "The column of items. Found by its name when left out.", "NAME");
    private readonly Option<string> _rating = OptionParsing.Text("--rating-col", "The column of ratings; with --implicit, of amounts such as how often something was played. Found by its name when left out.", "NAME");
    private readonly Option<bool> _implicit = OptionParsing.Flag("--implicit", "Rows say what users did, not how they like it: each counts, none is a rating.");
    private readonly Option<string> _event = OptionParsing.Text("--event-col", "The column that says what was done. Found by its name when left out.", "NAME");
    private readonly Option<string> _weights = OptionParsing.Text("--event-weights", "How much an event counts. Default: view=1,cart=3,purchase=5.", "A=1,B=2");
    private readonly Option<string> _time = OptionParsing.Text("--time-col", "The column of times. Found by its name when left out; none says that there is none.", "NAME");
    private readonly Option<string> _timeFormat = OptionParsing.Text("--time-format", "How dates are written, such as dd/MM/yyyy. Seen from the file when left out.", "FORMAT");
    private readonly Option<double?> _halfLife = OptionParsing.Real("--half-life", "An event so many days old counts half as much as a new one.", "DAYS", days => days is > 0 and < 1e6, "a number of days above 0");
    private readonly Option<DuplicatePairs?> _duplicates = OptionParsing.Choice<DuplicatePairs>("--duplicates", "What several rows of one user and one item become: last, mean, sum. Default: last for ratings, sum for events.");
    private readonly Option<string> _range = OptionParsing.Text("--rating-range", "The least and the highest rating that there can be, such as 1,5; others are an error.", "LEAST,MOST");
    private readonly Option<string> _userFeatures = OptionParsing.Text("--user-features", "A table of what else is known of users, a row for each; its first column names them. For ratings.", "FILE");
    private readonly Option<string> _itemFeatures = OptionParsing.Text("--item-features", "A table of what else is known of items, such as genres separated by |.", "FILE");

    private readonly Option<EventSplitKind?> _splitBy = OptionParsing.Value<EventSplitKind>("--split-by", "What is set aside: time (the last rows), last (the last item of each user), ratio (items of each user by chance).", "CHOICE",
        text => text.ToLowerInvariant() switch { "time" => EventSplitKind.Time, "last" => EventSplitKind.LeaveLastOut, "ratio" => EventSplitKind.Ratio, _ => null }, "time, last or ratio");

    internal void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _user, _item, _rating, _implicit, _event, _weights, _time, _timeFormat, _halfLife, _duplicates, _range, _userFeatures, _itemFeatures, _splitBy }) command.Options.Add(option);
    }

    internal RecommendationArguments Get(ParseResult parsed) => new()
    {
        UserColumn = parsed.GetValue(_user),
        ItemColumn = parsed.GetValue(_item),
        RatingColumn = parsed.GetValue(_rating),
        IsImplicit = parsed.GetValue(_implicit),
        EventColumn = parsed.GetValue(_event),
        EventWeights = Weights(parsed.GetValue(_weights)),
        TimeColumn = parsed.GetValue(_time),
        TimeFormat = parsed.GetValue(_timeFormat),
        HalfLifeDays = parsed.GetValue(_halfLife),
        Duplicates = parsed.GetValue(_duplicates),
        RatingRange = parsed.GetValue(_range) is { } range ? Range(range) : null,
        UserFeatures = parsed.GetValue(_userFeatures),
        ItemFeatures = parsed.GetValue(_itemFeatures),
        SplitBy = parsed.GetValue(_splitBy),
    };

    private static Dictionary<string, float> Weights(string? given)
    {
        Dictionary<string, float> weights = [];
        foreach (string text in OptionParsing.List(given))
        {
            int equals = text.LastIndexOf('=');
            if (equals <= 0 || Number(text[(equals + 1)..]) is not (>= 0 and var weight))
                throw new UsageException($"--event-weights: found '{text}', expected an event and a number of at least 0, such as wishlist=2.");
            weights[text[..equals].Trim()] = weight;
        }
        return weights;
    }

    private static (float Least, float Most) Range(string given) =>
        OptionParsing.List(given) is [var low, var high] && Number(low) is { } least && Number(high) is { } most && least < most ? (least, most)
            : throw new UsageException($"--rating-range: found '{given}', expected the least and the highest rating, such as 1,5.");

    private static float? Number(string text) => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number) ? number : null;
}
