using System.CommandLine;

namespace MLPipelines.Cli.Commands;

/// <summary>The tree of commands. Only the command that is asked for gets its options: making all of them would cost each start.</summary>
internal static class CommandLine
{
    internal static ParserConfiguration Parsing { get; } = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    internal static RootCommand Create(CommandHost host, string[] args)
    {
        var root = new RootCommand("Trains, evaluates and applies machine-learning models in .zip files.");
        string wanted = args.FirstOrDefault(arg => !arg.StartsWith('-')) ?? "";
        Add("train", "Learns a model from a file and saves it.", command => TrainCommands.Build(command, host, args));
        Add("automl", "Searches the best model for a table within a time, and saves it.", command => AutoMLCommands.Build(command, host, args));
        Add("evaluate", "Measures a model on a file with labels.", command => EvaluateCommand.Build(command, host));
        Add("predict", "Applies a model to the rows of a file; its columns are kept, the predictions appended.", command => PredictCommand.Build(command, host));
        Add("recommend", "Lists the best items for users, for a basket, or like an item.", command => RecommendCommand.Build(command, host));
        Add("generate", "Continues a prompt with a model of texts.", command => GenerateCommand.Build(command, host));
        Add("explain", "Shows which columns matter to a model and what they contributed to each prediction, or where in a picture it looks.", command => ExplainCommand.Build(command, host));
        Add("export", "Writes what a model predicts as an ONNX file, for other runtimes.", command => ExportCommand.Build(command, host));
        Add("inspect", "Shows what is in a model file: columns, steps, and how it was trained; of one that ML.NET wrote, its components.", command => InspectCommand.Build(command, host));
        Add("convert", "Saves a model of ML.NET in the format of MLPipelines.", command => ConvertCommand.Build(command, host));
        Add("serve", "Answers over HTTP with the models of a folder.", command => ServeCommand.Build(command, host));
        Add("runs", "Shows what was trained: lists, compares, exports recorded runs.", command => RunsCommands.Build(command, host));
        Add("pretrain", "Teaches an encoder from data without labels.", command => PretrainCommands.Build(command, host));
        Add("models", "Keeps pretrained weights on this machine: adds, lists, removes them.", command => ModelsCommands.Build(command, host));
        return root;

        void Add(string name, string description, Action<Command> build)
        {
            var command = new Command(name, description);
            if (name == wanted) build(command);
            root.Subcommands.Add(command);
        }
    }
}
