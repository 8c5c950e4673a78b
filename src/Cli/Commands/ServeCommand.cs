using System.CommandLine;
using MLPipelines.Cli.Serving;
using MLPipelines.Server;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp serve</c>.</summary>
internal static class ServeCommand
{
    internal static void Build(Command command, CommandHost host)
    {
        var path = new Argument<string>("models") { Description = "A model file, or a folder of them: name.zip, name@2.zip." };
        var address = OptionParsing.Text("--host", "The address to listen at: 127.0.0.1 for this machine only, which is the default; 0.0.0.0 for all.", "ADDRESS");
        var port = OptionParsing.Whole("--port", "The port to listen at; 0 for one that is free. Default 8080.", "N", least: 0);
        var certificate = OptionParsing.Text("--certificate", "Serves over TLS with this certificate: .pfx, or .pem with --certificate-key.", "FILE");
        var key = OptionParsing.Text("--certificate-key", "The private key of a .pem certificate, where it is not in the same file.", "FILE");
        var password = OptionParsing.Text("--certificate-password", "The password of a .pfx certificate. Better in the environment: ModelServer__CertificatePassword.", "TEXT");
        var timeout = OptionParsing.Real("--timeout", "How long a request may take, in seconds; later ones get 504. Default 30.", "SECONDS", value => value > 0, "a number above 0");
        var queue = OptionParsing.Whole("--queue", "How many requests may wait for a model; more get 429. Default 1000.", "N", least: 1);
        var bytes = OptionParsing.Real("--max-request-mb", "How large a request may be, in megabytes; larger ones get 413. Default 16.", "NUMBER", value => value > 0, "a number above 0");
        var top = OptionParsing.Whole("--top", "How many labels are ranked unless a request asks for others. Default 3.", "N", least: 0);
        var drain = OptionParsing.Real("--drain", "How long the server goes on answering, no longer ready, when it is asked to end, in seconds. Default 0.", "SECONDS", value => value >= 0, "a number of at least 0");
        var poll = OptionParsing.Real("--poll", "How often the folder is looked at for new models, in seconds; 0 for never. Default 1.", "SECONDS", value => value >= 0, "a number of at least 0");
        var keys = OptionParsing.Text("--api-keys", "Answers only who has a key of this file; 'mlp serve keys add NAME' makes one.", "FILE");
        var anonymous = OptionParsing.Flag("--allow-anonymous", "Lets other machines ask without a key, such as behind a gateway that checks who asks.");
        command.Arguments.Add(path);
        foreach (Option option in new Option[] { address, port, certificate, key, password, timeout, queue, bytes, top, drain, poll, keys, anonymous }) command.Options.Add(option);
        var keyCommands = new Command("keys", "Makes API keys.");
        ServeKeysCommand.Build(keyCommands, host);
        command.Subcommands.Add(keyCommands);
        command.SetAction(parsed =>
        {
            var serving = new ModelServing(host, parsed.GetValue(path)!)
            {
                Host = parsed.GetValue(address) ?? "127.0.0.1",
                Port = parsed.GetValue(port) ?? 8080,
                Certificate = parsed.GetValue(certificate),
                CertificateKey = parsed.GetValue(key),
                CertificatePassword = parsed.GetValue(password) ?? Environment.GetEnvironmentVariable("ModelServer__CertificatePassword"),
            };
            serving.Set(nameof(ModelServerOptions.RequestTimeout), Time(parsed.GetValue(timeout)));
            serving.Set(nameof(ModelServerOptions.QueueLimit), parsed.GetValue(queue));
            serving.Set(nameof(ModelServerOptions.MaxRequestBytes), (long?)(parsed.GetValue(bytes) * (1 << 20)));
            serving.Set(nameof(ModelServerOptions.Top), parsed.GetValue(top));
            serving.Set(nameof(ModelServerOptions.DrainTime), Time(parsed.GetValue(drain)));
            serving.Set(nameof(ModelServerOptions.PollInterval), Time(parsed.GetValue(poll)));
            serving.Set(nameof(ModelServerOptions.ApiKeyFile), parsed.GetValue(keys));
            if (parsed.GetValue(anonymous)) serving.Set(nameof(ModelServerOptions.AllowAnonymous), true);
            return serving.Run();
        });
    }

    private static TimeSpan? Time(double? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
