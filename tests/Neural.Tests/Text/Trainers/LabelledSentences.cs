using MLPipelines.Data;
using MLPipelines.Neural.Transformers;
using MLPipelines.Testing;
using MLPipelines.TorchSharp.NasBert;
using MLPipelines.TorchSharp.Roberta;

namespace MLPipelines.Neural.Tests.Text;

/// <summary>Short made-up sentences of some intents, and networks that are small enough to learn them in a moment.</summary>
internal static class LabelledSentences
{
    internal static readonly string[] Classes = ["card", "music", "weather"];

    private static readonly string[] Starts = ["please", "could you", "hello ,", "I want to", "can you"];

    private static readonly string[][] Wishes =
    [
        ["block my card", "send me a new card", "change the pin of my card", "unlock the card", "say when my card will arrive"],
        ["play some music", "play a song by Abba", "turn the music up", "stop the song", "skip this song"],
        ["say if it rains today", "tell me the weather in Rome", "say how cold it is", "look up the forecast", "tell me if there is snow tomorrow"],
    ];

    private static readonly string[] Ends = ["", "now", "thank you", "this evening", "before I leave the house"];

    internal static string Sentence(int row) => $"{Starts[row % 5]} {Wishes[row % 3][row / 3 % 5]} {Ends[(row + row / 7) % 5]}".Trim();

    internal static uint[] Keys(int rows) => [.. Enumerable.Range(0, rows).Select(row => (uint)(row % 3) + 1)];

    internal static string[] Sentences(int rows) => [.. Enumerable.Range(0, rows).Select(Sentence)];

    internal static MemoryView Classified(int rows) => new MemoryView().AddKeys("Label", Keys(rows), Classes).AddText("Sentence1", Sentences(rows));

    /// <summary>Pairs, which are of one class where both are about the same.</summary>
    internal static MemoryView ClassifiedPairs(int rows) => new MemoryView()
        .AddKeys("Label", [.. Enumerable.Range(0, rows).Select(row => IsAlike(row) ? 1u : 2u)], "alike", "different")
        .AddText("Sentence1", Sentences(rows)).AddText("Sentence2", Others(rows));

    internal static MemoryView Rated(int rows) => new MemoryView()
        .Add("Label", [.. Enumerable.Range(0, rows).Select(row => IsAlike(row) ? 1f : 0f)])
        .AddText("Sentence1", Sentences(rows)).AddText("Sentence2", Others(rows));

    /// <summary>A label for each word; those of names have one.</summary>
    internal static MemoryView Named(int rows)
    {
        string[] people = ["Alice", "Bob Miller", "Carla de Jong"], places = ["Rome", "New York", "Lyon", "Oslo"];
        List<string> sentences = [];
        List<uint[]> labels = [];
        for (int row = 0; row < rows; row++)
        {
            (string person, string place) = (people[row % 3], places[row / 2 % 4]);
            (string before, string between, string after) = row % 2 == 0 ? ("yesterday ", " went by train to ", " again") : ("the letter that ", " wrote in ", " has arrived");
            sentences.Add(before + person + between + place + after);
            labels.Add([.. Words(before, 0), .. Words(person, 1), .. Words(between, 0), .. Words(place, 2), .. Words(after, 0)]);
        }
        var column = new VectorColumn<uint>(0);
        foreach (uint[] row in labels) column.Append(row);
        return new MemoryView().AddText("Sentence", [.. sentences])
            .Add("Label", new VectorDataViewType(new KeyDataViewType(typeof(uint), 2)), column, MemoryView.KeyAnnotations("PERSON", "PLACE"));
    }

    /// <summary>Questions about who and where, with the answer in the text.</summary>
    internal static MemoryView Asked(int rows)
    {
        string[] people = ["Alice", "Bob Miller", "Carla"], places = ["Rome", "New York", "Oslo"];
        List<string> contexts = [], questions = [], answers = [];
        for (int row = 0; row < rows; row++)
        {
            (string person, string place) = (people[row % 3], places[row / 3 % 3]);
            contexts.Add($"Last summer {person} moved to {place} with a cat 🐈 and two friends.");
            questions.Add(row % 2 == 0 ? "Who moved?" : "To which city?");
            answers.Add(row % 2 == 0 ? person : place);
        }
        return new MemoryView().AddText("Context", [.. contexts]).AddText("Question", [.. questions]).AddText("TrainingAnswer", [.. answers])
            .Add("AnswerIndex", [.. contexts.Select((context, row) => context.IndexOf(answers[row], StringComparison.Ordinal))]);
    }

    internal static string[] Others(int rows) => [.. Enumerable.Range(0, rows).Select(row => Sentence(IsAlike(row) ? row + 3 : row + 1))];

    /// <summary>A network of a few thousand weights.</summary>
    internal static EncoderDescription Tiny(TextNetwork network, int vocabulary, int padding) => network switch
    {
        TextNetwork.Bert => new BertDescription
        {
            VocabularySize = vocabulary, PaddingId = padding, Size = 32, LayerCount = 1, HeadCount = 2, InnerSize = 64, Positions = 64, Dropout = 0.1f, AttentionDropout = 0.1f,
        },
        TextNetwork.TextCnn => new TextCnnDescription { VocabularySize = vocabulary, PaddingId = padding, EmbeddingSize = 32, KernelCount = 16, HeadDropout = 0.2f },
        TextNetwork.BiLstm => new BiLstmDescription { VocabularySize = vocabulary, PaddingId = padding, EmbeddingSize = 32, StateSize = 24, HeadDropout = 0.1f },
        _ => new NasBertDescription { VocabularySize = vocabulary, PaddingId = padding, EmbeddingSize = 16, LayerNumbers = [3, 1, 2, 0], Positions = 64 },
    };

    /// <summary>Options for a tiny network from scratch.</summary>
    internal static TOptions Scratch<TOptions>(TextNetwork network, int epochs)
        where TOptions : NasBertTrainer.NasBertOptions, new()
    {
        var options = new TOptions
        {
            FromScratch = true,
            Network = network,
            MaxEpoch = epochs,
            BatchSize = 8,
            VocabularySize = 400,
            MaxTokens = 64,
            FromScratchLearningRate = 3e-3,
            Sentence1ColumnName = "Sentence1",
            Describe = (vocabulary, padding) => Tiny(network, vocabulary, padding),
        };
        if (options is NerTrainer.NerOptions) options.Sentence1ColumnName = "Sentence";
        if (options is SentenceSimilarityTrainer.SentenceSimilarityOptions) options.Sentence2ColumnName = "Sentence2";
        if (options is QATrainer.Options answers) answers.AnswerIndexStartColumnName = "AnswerIndex";
        return options;
    }

    private static bool IsAlike(int row) => row / 3 % 2 == 0;

    private static IEnumerable<uint> Words(string text, uint key) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(_ => key);
}
