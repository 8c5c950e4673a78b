using System.CommandLine;
using MLPipelines.Cli.Pretraining;
using MLPipelines.Pretraining;

namespace MLPipelines.Cli.Commands;

/// <summary><c>mlp pretrain</c>: encoders that learn from data without labels.</summary>
internal static class PretrainCommands
{
    internal static void Build(Command pretrain, CommandHost host)
    {
        var text = new Command("text", "Teaches a text encoder a language from texts without labels; classifiers are then fine-tuned from it.");
        var usual = new TextPretrainingOptions();
        var corpus = new Option<string[]>("--corpus")
        {
            Description = "A file with a text per line, a table with a column of texts, a folder or an archive with a text per file; several are read one after the other.", HelpName = "FILE|DIR", Required = true, AllowMultipleArgumentsPerToken = true,
        };
        var column = OptionParsing.Text("--text-col", "The column of tables that has the texts, by its header or its index from 0. Chosen by names and lengths when left out.", "NAME");
        Option<TextArchitecture?> architecture = OptionParsing.Value<TextArchitecture>("--architecture", "nas-bert is small and fast, bert larger. Default: nas-bert", "nas-bert|bert", OptionParsing.Named<TextArchitecture>, "nas-bert or bert");
        var config = OptionParsing.Text("--config", "A config.json that describes a network of another size.", "FILE");
        Option<TokenizerKind?> tokenizer = OptionParsing.Value<TokenizerKind>("--tokenizer", "What tokens are: byte-pairs (upper and lower case are different) or word-pieces. Default: that of the architecture.", "byte-pairs|word-pieces", OptionParsing.Named<TokenizerKind>, "byte-pairs or word-pieces");
        var vocabulary = OptionParsing.Whole("--vocabulary-size", "How many tokens the tokenizer learns. Default: by the length of the texts.", "N", least: 300);
        var initial = OptionParsing.Text("--initial-weights", "An encoder to go on from, with its tokenizer: a path, or a name of mlp models.", "MODEL");
        var teacher = OptionParsing.Text("--teacher", "A larger encoder to learn from, with its tokenizer: a path, or a name of mlp models.", "MODEL");
        var epochs = OptionParsing.Whole("--epochs", $"Passes over the texts. Default {usual.Epochs}; with --train-time as many as there is time for.", "N", least: 1);
        var time = OptionParsing.Real("--train-time", "Learns for about so many seconds at most.", "SECONDS", seconds => seconds > 0, "a number above 0");
        var tokens = OptionParsing.Whole("--max-tokens", $"Longer texts are cut into pieces of at most so many tokens. Default {usual.MaxTokens}.", "N", least: 8);
        var batch = OptionParsing.Whole("--batch-size", $"Sequences of a step. Default {usual.BatchSize}.", "N", least: 1);
        var rate = OptionParsing.Real("--learning-rate", "The highest learning rate. Default 0.001.", "RATE", value => value is > 0 and <= 1, "a number above 0, 1 at most");
        var words = OptionParsing.Flag("--whole-words", "Hides all tokens of a word together.");
        var output = OptionParsing.Text("--output", "The folder to write: config.json, model.safetensors and the tokenizer's files.", "DIR", "-o");
        output.Required = true;
        var seed = OptionParsing.Whole("--seed", "The same seed gives the same encoder, unless time ends it. Default 1.", "N");
        var json = OptionParsing.Flag("--json", "Writes one JSON object to standard output, and all else to standard error.");
        foreach (Option option in (Option[])[corpus, column, architecture, config, tokenizer, vocabulary, initial, teacher, epochs, time, tokens, batch, rate, words, output, seed, json]) text.Options.Add(option);
        text.SetAction(parsed => new TextPretraining(host, parsed.GetValue(corpus)!, parsed.GetValue(output)!, parsed.GetValue(seed) ?? 1, new TextPretrainingOptions
        {
            TextColumn = parsed.GetValue(column),
            Architecture = parsed.GetValue(architecture) ?? usual.Architecture,
            ConfigFile = parsed.GetValue(config),
            Tokenizer = parsed.GetValue(tokenizer),
            VocabularySize = parsed.GetValue(vocabulary),
            InitialWeights = parsed.GetValue(initial),
            Teacher = parsed.GetValue(teacher),
            Epochs = parsed.GetValue(epochs) ?? (parsed.GetValue(time) is null ? usual.Epochs : TextPretrainingOptions.MostEpochs),
            TimeLimit = parsed.GetValue(time) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            MaxTokens = parsed.GetValue(tokens) ?? usual.MaxTokens,
            BatchSize = parsed.GetValue(batch) ?? usual.BatchSize,
            LearningRate = parsed.GetValue(rate) ?? usual.LearningRate,
            WholeWords = parsed.GetValue(words),
        }, parsed.GetValue(json)).Run());
        pretrain.Subcommands.Add(text);
    }
}
