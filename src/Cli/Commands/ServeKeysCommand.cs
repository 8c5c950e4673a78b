using System.CommandLine;
using MLPipelines.Server;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp serve keys add NAME</c>: makes an API key, keeps its hash and shows it once.</summary>
internal static class ServeKeysCommand
{
    internal const string DefaultFile = "api-keys.json";

    internal static void Build(Command command, CommandHost host)
    {
        var add = new Command("add", "Makes a key at random, and keeps its hash in a file.");
        var name = new Argument<string>("name") { Description = "Whose key it is." };
        var file = OptionParsing.Text("--file", $"The file that keeps the hashes; 'mlp serve --api-keys FILE' reads it. Default {DefaultFile}.", "FILE");
        add.Arguments.Add(name);
        add.Options.Add(file);
        add.SetAction(parsed =>
        {
            string path = parsed.GetValue(file) ?? DefaultFile;
            var (kept, key) = ApiKey.Create(parsed.GetValue(name)!);
            ApiKeyFile.Add(path, kept);
            host.Out.WriteLine(key);
            host.Error.WriteLine($"This is the key of {kept.Name}; it is shown this once. {path} keeps its hash only. Send it as 'Authorization: Bearer KEY' or 'X-Api-Key: KEY'.");
            return Faults.Success;
        });
        command.Subcommands.Add(add);
    }
}
