using System.Diagnostics;
using MLPipelines.Cli.Output;
using MLPipelines.Scenarios.TextGeneration;

namespace MLPipelines.Cli.Apply;

/// <summary><c>mlp generate</c>: continues a prompt, and writes the text as it comes.</summary>
internal sealed class TextContinuation(CommandHost host, string modelPath)
{
    internal string? Prompt { get; init; }

    internal string? Template { get; init; }

    internal IReadOnlyList<string> Slots { get; init; } = [];

    internal bool Json { get; init; }

    /// <summary>Changes what the model takes when it is asked for no other way to generate.</summary>
    internal required Func<TextGenerationOptions, TextGenerationOptions> Adjust { get; init; }

    internal int Run()
    {
        if (Prompt is null == Template is null) throw new UsageException("Say what to continue: --prompt TEXT, or --template FILE with --slot name=value.");
        if (Template is null && Slots.Count > 0) throw new UsageException("--slot: that is for a --template.");
        // Before the model is read, which takes longer.
        PromptTemplate? template = Template is null ? null : PromptTemplate.Load(Template);
        Dictionary<string, string> values = Values();
        template?.Fill(values);
        if (!File.Exists(modelPath) && !Directory.Exists(modelPath)) throw new UsageException($"There is no model {modelPath}.");
        var generator = TextGenerator.Load(modelPath);
        TextGenerationOptions options = Adjust(generator.Model.Options);
        string prompt = template is null ? PromptText() : generator.Fill(template, values, options);
        if (Json)
        {
            long start = Stopwatch.GetTimestamp();
            WriteJson(generator.Generate(prompt, options, host.Cancellation), Stopwatch.GetElapsedTime(start).TotalSeconds);
            return Faults.Success;
        }
        foreach (string piece in generator.Stream(prompt, options, host.Cancellation))
        {
            host.Out.Write(piece);
            host.Out.Flush();
        }
        host.Out.WriteLine();
        return Faults.Success;
    }

    private Dictionary<string, string> Values()
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string given in Slots)
        {
            int equals = given.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new UsageException($"--slot: found '{given}', expected name=value.");
            if (!values.TryAdd(given[..equals], given[(equals + 1)..])) throw new UsageException($"--slot: '{given[..equals]}' is given twice.");
        }
        return values;
    }

    private string PromptText()
    {
        if (Prompt != "-") return Prompt!;
        using var reader = new StreamReader(host.OpenInput());
        string text = reader.ReadToEnd();
        return text.EndsWith('\n') ? text[..^1] : text;
    }

    private void WriteJson(GeneratedText generated, double seconds) => JsonLine.Write(host.Out, json =>
    {
        json.WriteStartObject();
        json.WriteString("command", "generate");
        json.WriteString("model", modelPath);
        json.WriteString("text", generated.Text);
        json.WriteString("stopReason", char.ToLowerInvariant(generated.StopReason.ToString()[0]) + generated.StopReason.ToString()[1..]);
        json.WriteStartObject("tokens");
        json.WriteNumber("prompt", generated.PromptTokens);
        json.WriteNumber("generated", generated.Tokens);
        json.WriteEndObject();
        json.WriteNumber("seconds", Math.Round(seconds, 4));
        json.WriteEndObject();
    });
}
