using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.TorchSharp;
using MLPipelines.TorchSharp.NasBert;
using MLPipelines.TorchSharp.Roberta;
using Xunit;

namespace MLPipelines.Neural.Tests.Text;

public sealed class LearningTests
{
    private readonly MLContext _context = new(1);

    [Theory]
    [InlineData(TextNetwork.NasBert, 25)]
    [InlineData(TextNetwork.Bert, 60)]
    [InlineData(TextNetwork.TextCnn, 15)]
    [InlineData(TextNetwork.BiLstm, 15)]
    public void Sixty_four_sentences_are_learned(TextNetwork network, int epochs)
    {
        MemoryView data = LabelledSentences.Classified(64);
        var options = LabelledSentences.Scratch<TextClassificationTrainer.TextClassificationOptions>(network, epochs);
        var metrics = _context.MulticlassClassification.Evaluate(_context.MulticlassClassification.Trainers.TextClassification(options).Fit(data).Transform(data));
        Assert.Equal(1, metrics.MicroAccuracy);
        Assert.InRange(metrics.LogLoss, 0, 0.2);
    }

    [Fact]
    public void Scores_are_probabilities()
    {
        MemoryView data = LabelledSentences.Classified(24);
        var options = LabelledSentences.Scratch<TextClassificationTrainer.TextClassificationOptions>(TextNetwork.TextCnn, 2);
        foreach (float[] scores in _context.MulticlassClassification.Trainers.TextClassification(options).Fit(data).Transform(data).GetColumn<float[]>("Score"))
        {
            Assert.Equal(3, scores.Length);
            Assert.Equal(1, scores.Sum(), 1e-5f);
            Assert.All(scores, score => Assert.InRange(score, 0, 1));
        }
    }

    [Theory]
    [InlineData(TextNetwork.NasBert)]
    [InlineData(TextNetwork.Bert)]
    public void Pairs_are_learned_by_both_of_their_texts(TextNetwork network)
    {
        MemoryView data = LabelledSentences.ClassifiedPairs(64);
        var options = LabelledSentences.Scratch<TextClassificationTrainer.TextClassificationOptions>(network, 60);
        options.Sentence2ColumnName = "Sentence2";
        // What is left out at random is missed in so small a network.
        options.Describe = (vocabulary, padding) => LabelledSentences.Tiny(network, vocabulary, padding) with { Dropout = 0, AttentionDropout = 0 };
        var metrics = _context.MulticlassClassification.Evaluate(_context.MulticlassClassification.Trainers.TextClassification(options).Fit(data).Transform(data));
        Assert.InRange(metrics.MicroAccuracy, 0.95, 1);
    }

    [Fact]
    public void Similarity_is_learned_on_the_scale_of_the_labels()
    {
        MemoryView data = LabelledSentences.Rated(64);
        var options = LabelledSentences.Scratch<SentenceSimilarityTrainer.SentenceSimilarityOptions>(TextNetwork.NasBert, 60);
        var metrics = _context.Regression.Evaluate(_context.Regression.Trainers.SentenceSimilarity(options).Fit(data).Transform(data));
        Assert.InRange(metrics.RootMeanSquaredError, 0, 0.2);
    }

    [Theory]
    [InlineData(TextNetwork.BiLstm)]
    [InlineData(TextNetwork.Bert)]
    public void Words_that_are_names_are_learned(TextNetwork network)
    {
        MemoryView data = LabelledSentences.Named(48);
        var options = LabelledSentences.Scratch<NerTrainer.NerOptions>(network, 25);
        IDataView predicted = _context.MulticlassClassification.Trainers.NamedEntityRecognition(options).Fit(data).Transform(data);
        Assert.Equal(data.GetColumn<uint[]>("Label"), predicted.GetColumn<uint[]>("PredictedLabel"));
        // What the classes are called comes with them.
        IDataView named = _context.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(predicted).Transform(predicted);
        Assert.Equal(["", "PERSON", "", "", "", "", "PLACE", ""], named.GetColumn<string[]>("PredictedLabel").First());
    }

    [Fact]
    public void Answers_are_parts_of_the_text()
    {
        MemoryView data = LabelledSentences.Asked(36);
        var options = LabelledSentences.Scratch<QATrainer.Options>(TextNetwork.Bert, 60);
        IDataView answered = _context.MulticlassClassification.Trainers.QuestionAnswer(options).Fit(data).Transform(data);
        Assert.Equal(data.GetColumn<string>("TrainingAnswer"), answered.GetColumn<string[]>("Answer").Select(answers => answers[0]));
        Assert.All(answered.GetColumn<string[]>("Answer"), answers => Assert.Equal(3, answers.Length));
        foreach (float[] scores in answered.GetColumn<float[]>("Score"))
        {
            Assert.Equal(scores.OrderDescending(), scores);
            Assert.InRange(scores[0], 0.5f, 1);
            Assert.InRange(scores.Sum(), 0, 1.0001f);
        }
    }

    [Fact]
    public void Training_ends_when_the_validation_set_does_not_become_better_and_the_best_weights_are_kept()
    {
        MemoryView data = LabelledSentences.Classified(40);
        var options = LabelledSentences.Scratch<TextClassificationTrainer.TextClassificationOptions>(TextNetwork.TextCnn, 40);
        // What is learned is wrong for these: the less of it, the better.
        options.ValidationSet = new MemoryView().AddKeys("Label", [.. LabelledSentences.Keys(30).Select(key => key % 3 + 1)], LabelledSentences.Classes).AddText("Sentence1", LabelledSentences.Sentences(30));
        options.EarlyStoppingPatience = 3;
        int passes = 0;
        var context = new MLContext(1) { Progress = new Synchronous(progress => passes = progress.Iteration) };
        double kept = context.MulticlassClassification.Evaluate(context.MulticlassClassification.Trainers.TextClassification(options).Fit(data).Transform(data)).LogLoss;
        Assert.InRange(passes, 4, 20);
        options.ValidationSet = null;
        options.MaxEpoch = passes;
        double last = context.MulticlassClassification.Evaluate(context.MulticlassClassification.Trainers.TextClassification(options).Fit(data).Transform(data)).LogLoss;
        Assert.InRange(kept, last + 0.1, 2);
    }

    [Fact]
    public void A_time_limit_ends_training()
    {
        var options = LabelledSentences.Scratch<TextClassificationTrainer.TextClassificationOptions>(TextNetwork.TextCnn, 1_000_000);
        options.TimeLimit = TimeSpan.FromSeconds(0.3);
        MemoryView data = LabelledSentences.Classified(30);
        var metrics = _context.MulticlassClassification.Evaluate(_context.MulticlassClassification.Trainers.TextClassification(options).Fit(data).Transform(data));
        Assert.InRange(metrics.MicroAccuracy, 0.9, 1);
    }

    private sealed class Synchronous(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
