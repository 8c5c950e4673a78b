using System.CommandLine;
using MLPipelines.Cli.Apply;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp recommend</c>.</summary>
internal static class RecommendCommand
{
    internal static void Build(Command command, CommandHost host)
    {
        var model = new Argument<string>("model.zip") { Description = "A model that mlp train recommendation saved." };
        var user = OptionParsing.Text("--user", "Whom to recommend to. One who is not known gets the most popular items.", "ID");
        var users = OptionParsing.Text("--users", "Whom to recommend to: a file with a column of users, plain or .gz; - for standard input.", "FILE|-");
        var basket = OptionParsing.Text("--basket", "Items of a person who is not known, who gets what goes with them. An item with a comma is given alone.", "A,B");
        var similar = OptionParsing.Text("--similar-to", "An item, to list those most like it.", "ITEM");
        var count = OptionParsing.Whole("--count", "How many items. Default 10.", "N", least: 1);
        var seen = OptionParsing.Flag("--include-seen", "Lists items that a user has already as well.");
        var explain = OptionParsing.Flag("--explain", "Adds the column because: the items of the user that speak most for an item.");
        var output = OptionParsing.Text("--output", "Where the lists go as CSV; - for standard output, which is the default.", "FILE|-", "-o");
        var format = new FormatOptions();
        command.Arguments.Add(model);
        foreach (Option option in new Option[] { user, users, basket, similar, count, seen, explain, output }) command.Options.Add(option);
        format.AddTo(command);
        command.SetAction(parsed => new RecommendationListing(host, parsed.GetValue(model)!)
        {
            User = parsed.GetValue(user),
            Users = parsed.GetValue(users),
            Basket = parsed.GetValue(basket),
            SimilarTo = parsed.GetValue(similar),
            Count = parsed.GetValue(count) ?? 10,
            IncludesSeen = parsed.GetValue(seen),
            Explains = parsed.GetValue(explain),
            Output = parsed.GetValue(output) ?? "-",
            Format = format.Get(parsed),
        }.Run());
    }
}
