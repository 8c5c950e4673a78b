using System.CommandLine;
using MLPipelines.Cli.Train;
using MLPipelines.Scenarios.TextGeneration;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp train text-generation</c>.</summary>
internal static class TextGenerationCommand
{
    internal const string Name = "text-generation";

    internal const string Description = "Learns to continue texts from a text file; mlp generate then writes more of them.";

    internal static void AddOptions(Command command, CommandHost host)
    {
        var dataset = OptionParsing.Text("--dataset", "A text file in UTF-8, plain or .gz.", "FILE", "-d");
        dataset.Required = true;
        var separation = OptionParsing.Choice<TextSeparation>("--separation", "What separates texts: blank-lines, lines (each is a text), or none (the file is one text). Default: blank-lines.");
        var from = OptionParsing.Text("--from", "A model to go on from: one that was saved, or the folder of a GPT-2 as Hugging Face saves it.", "MODEL");
        var time = OptionParsing.Real("--train-time", "About how long training may take: the learning rate falls within it.", "SECONDS", seconds => seconds > 0, "a number of seconds above 0");
        var epochs = OptionParsing.Whole("--epochs", "How often the text is learned from. Chosen by how much text there is when left out.", "N", least: 1);
        var seed = OptionParsing.Whole("--seed", "Fixes every random choice. Default 1.", "N");
        var settings = new Option<string[]>("--set") { Description = "A setting of the network or its training, such as layers=6; may be given several times. An unknown key lists those that there are.", HelpName = "key=value" };
        var workspace = OptionParsing.Text("--workspace", "Where checkpoints are kept: the same command goes on from there after it was broken off.", "DIR");
        var output = OptionParsing.Text("--output", "Where to save the model. Default: models/DATASET-text.zip", "FILE", "-o");
        var run = new RunOptions();
        var json = OptionParsing.Flag("--json", "Writes one JSON object to standard output, and all else to standard error.");
        foreach (Option option in new Option[] { dataset, separation, from, time, epochs, seed, settings, workspace, output }) command.Options.Add(option);
        run.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed => new TextGenerationTraining(host, new()
        {
            Dataset = parsed.GetValue(dataset)!,
            Separation = parsed.GetValue(separation) ?? TextSeparation.BlankLines,
            InitialModel = parsed.GetValue(from),
            TrainSeconds = parsed.GetValue(time),
            Epochs = parsed.GetValue(epochs),
            Seed = parsed.GetValue(seed) ?? 1,
            Settings = parsed.GetValue(settings) ?? [],
            Workspace = parsed.GetValue(workspace),
            Output = parsed.GetValue(output),
            Run = run.Get(parsed),
            Json = parsed.GetValue(json),
        }).Run());
    }
}
