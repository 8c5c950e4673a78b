using System.CommandLine;
using MLPipelines.Cli.Apply;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp generate</c>.</summary>
internal static class GenerateCommand
{
    internal static void Build(Command command, CommandHost host)
    {
        var model = new Argument<string>("model.zip") { Description = "A model that mlp train text-generation saved, or the folder of a GPT-2 as Hugging Face saves it." };
        var prompt = OptionParsing.Text("--prompt", "What is continued; empty for a text from its beginning; - for standard input.", "TEXT|-", "-p");
        var template = OptionParsing.Text("--template", "A file with the prompt and slots in it, such as {{name}}.", "FILE");
        var slots = new Option<string[]>("--slot") { Description = "The value of a slot; may be given several times.", HelpName = "name=value" };
        var most = OptionParsing.Whole("--max-tokens", "After so many tokens it ends. Default 100.", "N", least: 1);
        var temperature = OptionParsing.Real("--temperature", "Below 1 for what is probable, above 1 for what is not; 0 for always the most probable. Default 0.8.", "NUMBER", value => value >= 0, "a number of at least 0");
        var topK = OptionParsing.Whole("--top-k", "Draws from so many of the most probable tokens only. Default: all.", "N", least: 1);
        var topP = OptionParsing.Real("--top-p", "Draws from the most probable tokens only that together have this probability. Default 0.95.", "SHARE", value => value is > 0 and <= 1, "a number above 0 and at most 1");
        var penalty = OptionParsing.Real("--repetition-penalty", "Makes tokens that are there already less probable; 1.2 is usual. Default 1: it does not.", "NUMBER", value => value >= 1, "a number of at least 1");
        var stops = new Option<string[]>("--stop") { Description = "It ends before this text, \\n for a line break; may be given several times.", HelpName = "TEXT" };
        var seed = OptionParsing.Whole("--seed", "The same seed gives the same text. Default 1.", "N");
        var json = OptionParsing.Flag("--json", "Writes one JSON object instead of the text as it comes.");
        command.Arguments.Add(model);
        foreach (Option option in new Option[] { prompt, template, slots, most, temperature, topK, topP, penalty, stops, seed, json }) command.Options.Add(option);
        command.SetAction(parsed => new TextContinuation(host, parsed.GetValue(model)!)
        {
            Prompt = parsed.GetValue(prompt),
            Template = parsed.GetValue(template),
            Slots = parsed.GetValue(slots) ?? [],
            Json = parsed.GetValue(json),
            Adjust = options => options with
            {
                MaxTokens = parsed.GetValue(most) ?? options.MaxTokens,
                Temperature = (float?)parsed.GetValue(temperature) ?? options.Temperature,
                TopK = parsed.GetValue(topK) ?? options.TopK,
                TopP = (float?)parsed.GetValue(topP) ?? options.TopP,
                RepetitionPenalty = (float?)parsed.GetValue(penalty) ?? options.RepetitionPenalty,
                StopTexts = parsed.GetValue(stops) is { Length: > 0 } texts ? [.. texts.Select(text => text.Replace("\\n", "\n", StringComparison.Ordinal))] : options.StopTexts,
                Seed = parsed.GetValue(seed) ?? options.Seed,
            },
        }.Run());
    }
}
