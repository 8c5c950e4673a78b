using System.CommandLine;
using MLPipelines.Cli.Train;

namespace MLPipelines.Cli.Commands;

/// <summary>The options of <c>mlp train image-classification</c> that say where pictures are, and where checkpoints go.</summary>
internal sealed class ImageOptions
{
    internal const string Sources = "A folder or archive (.zip, .tar.gz) with a folder of pictures per class; a CSV file of paths and labels; or IDX files (*-ubyte.gz).";

    private readonly Option<string> _path = PathOption();

    private readonly Option<string> _workspace = OptionParsing.Text("--workspace", "Where checkpoints are kept: the same command goes on from there after it was broken off.", "DIR");

    internal static Option<string> PathOption() => OptionParsing.Text("--path-col", "The column of a table that holds the paths of pictures, by its header or its index from 0. Found by its name when left out.", "NAME");

    internal void AddTo(Command command)
    {
        command.Options.Add(_path);
        command.Options.Add(_workspace);
    }

    internal ImageArguments Get(ParseResult parsed) => new() { PathColumn = parsed.GetValue(_path), Workspace = parsed.GetValue(_workspace) };
}
