using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.TorchSharp;
using MLPipelines.TorchSharp.NasBert;
using MLPipelines.TorchSharp.Roberta;
using Xunit;

namespace MLPipelines.Neural.Tests.Text;

/// <summary>What code that was written for ML.NET does.</summary>
public sealed class LikeMlNetTests
{
    private readonly MLContext _context = new(1);

    [Fact]
    public void Names_are_found_by_labels_that_are_texts()
    {
        IDataView kinds = _context.Data.LoadFromEnumerable(new[] { new Kind { Key = "PERSON" }, new Kind { Key = "CITY" }, new Kind { Key = "COUNTRY" } });
        Sentence[] sentences =
        [
            new() { Text = "Alice and Bob live in the liechtenstein", Label = ["PERSON", "0", "PERSON", "0", "0", "0", "COUNTRY"] },
            new() { Text = "Alice and Bob live in the USA", Label = ["PERSON", "0", "PERSON", "0", "0", "0", "COUNTRY"] },
            new() { Text = "This year Bob moved to Oslo", Label = ["0", "0", "PERSON", "0", "0", "CITY"] },
            new() { Text = "Carla", Label = ["PERSON"] },
        ];
        IDataView data = _context.Data.LoadFromEnumerable(sentences);
        var options = LabelledSentences.Scratch<NerTrainer.NerOptions>(TextNetwork.BiLstm, 60);
        (options.Sentence1ColumnName, options.PredictionColumnName) = ("Text", "outputColumn");
        var chain = _context.Transforms.Conversion.MapValueToKey("Label", keyData: kinds)
            .Append(_context.MulticlassClassification.Trainers.NamedEntityRecognition(options)).Append(_context.Transforms.Conversion.MapKeyToValue("outputColumn"));
        Assert.Equal(TextDataViewType.Instance, chain.GetOutputSchema(SchemaShape.Create(data.Schema))[2].ItemType);
        using PredictionEngine<Sentence, Found> engine = _context.Model.CreatePredictionEngine<Sentence, Found>(chain.Fit(data));
        foreach (Sentence sentence in sentences)
            Assert.Equal(sentence.Label.Select(label => label == "0" ? "" : label), engine.Predict(sentence).Kinds);
    }

    [Fact]
    public void Labels_that_are_not_as_many_as_words_are_named_by_their_row()
    {
        IDataView data = _context.Data.LoadFromEnumerable(new Sentence[] { new() { Text = "Alice went", Label = ["PERSON", "0"] }, new() { Text = "Alice went home", Label = ["PERSON", "0"] } });
        var chain = _context.Transforms.Conversion.MapValueToKey("Label").Append(_context.MulticlassClassification.Trainers.NamedEntityRecognition(
            new NerTrainer.NerOptions { Sentence1ColumnName = "Text", FromScratch = true }));
        string message = Assert.Throws<MLPipelinesException>(() => chain.Fit(data)).Message;
        Assert.Contains("row 1: column 'Label' has 2 labels and column 'Text' 3 words", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_are_found_by_the_count_of_Python_as_well()
    {
        // The cat before the answer is one character there, and two here.
        MemoryView data = new MemoryView().AddText("Context", "🐈 lives in Rome", "nobody lives in Oslo").AddText("Question", "where?", "where?")
            .AddText("TrainingAnswer", "Rome", "Oslo").Add("AnswerIndex", 11, 16);
        var options = LabelledSentences.Scratch<QATrainer.Options>(TextNetwork.Bert, 1);
        Assert.Equal(2, _context.MulticlassClassification.Trainers.QuestionAnswer(options).Fit(data).Transform(data).GetColumn<string[]>("Answer").Count());
        string message = Assert.Throws<MLPipelinesException>(() => _context.MulticlassClassification.Trainers.QuestionAnswer(options).Fit(
            new MemoryView().AddText("Context", "Bob lives in Rome").AddText("Question", "where?").AddText("TrainingAnswer", "Oslo").Add("AnswerIndex", 13))).Message;
        Assert.Contains("row 0: column 'Context' does not have the answer of column 'TrainingAnswer', \"Oslo\", at the character of column 'AnswerIndex', 13", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_are_those_of_ML_NET()
    {
        var classes = new TextClassificationTrainer.TextClassificationOptions();
        Assert.Equal((32, 10, "Sentence", 1e-4, 0.06, 5.0, 0.0), (classes.BatchSize, classes.MaxEpoch, classes.Sentence1ColumnName, classes.LearningRate[0], classes.WarmupRatio, classes.ClipNorm, classes.WeightDecay));
        Assert.Equal((2e-4, 0.01, 10), (new SentenceSimilarityTrainer.SentenceSimilarityOptions().LearningRate[0], new SentenceSimilarityTrainer.SentenceSimilarityOptions().WeightDecay, new SentenceSimilarityTrainer.SentenceSimilarityOptions().MaxEpoch));
        Assert.Equal((2e-4, 100, 32), (new NerTrainer.NerOptions().LearningRate[0], new NerTrainer.NerOptions().MaxEpoch, new NerTrainer.NerOptions().BatchSize));
        var answers = new QATrainer.Options();
        Assert.Equal((1e-6, 0.01, 3, "AnswerStart", "Answer", 50), (answers.LearningRate[0], answers.WeightDecay, answers.TopKAnswers, answers.AnswerIndexStartColumnName, answers.PredictedAnswerColumnName, answers.LogEveryNStep));
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        (string Name, TextClassificationTrainer.TextClassificationOptions Options)[] wrong =
        [
            ("BatchSize", new() { BatchSize = 0 }),
            ("MaxEpoch", new() { MaxEpoch = 0 }),
            ("MaxTokens", new() { MaxTokens = 4 }),
            ("LearningRate", new() { LearningRate = [] }),
            ("AdamBetas", new() { AdamBetas = [1, 0.9] }),
            ("WarmupRatio", new() { WarmupRatio = double.NaN }),
            ("Dropout", new() { Dropout = 1 }),
            ("TimeLimit", new() { TimeLimit = TimeSpan.Zero }),
            ("FromScratch", new() { FromScratch = true, InitialWeights = "somewhere" }),
            ("Score", new() { PredictionColumnName = "Score" }),
        ];
        foreach (var (name, options) in wrong)
            Assert.Contains(name, Assert.ThrowsAny<ArgumentException>(() => _context.MulticlassClassification.Trainers.TextClassification(options)).Message, StringComparison.Ordinal);
    }

    private sealed class Kind
    {
        public string Key { get; set; } = "";
    }

    private sealed class Sentence
    {
        public string Text { get; set; } = "";

        public string[] Label { get; set; } = [];
    }

    private sealed class Found
    {
        [ColumnName("outputColumn")]
        public string[] Kinds { get; set; } = [];
    }
}
