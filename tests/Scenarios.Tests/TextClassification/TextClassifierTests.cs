using MLPipelines.Data;
using MLPipelines.Scenarios.TextClassification;
using MLPipelines.Testing;

namespace MLPipelines.Scenarios.Tests.TextClassification;

public sealed class TextClassifierTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"mlp-{Guid.NewGuid():n}.zip");
    private readonly MLContext _context = new(seed: 1);

    public void Dispose() => File.Delete(_file);

    private TextClassifier Train(params SampleTexts.Row[] rows) => TextClassifier.Train(_context, SampleTexts.View(_context, rows), ["Text"], "Label");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_classifier_learns_is_saved_and_answers_all_threads_alike(bool chinese)
    {
        TextClassifier trained = Train(SampleTexts.Make(300, seed: 1, chinese));
        trained.Save(_file, new TrainingRecord { Scenario = "text-classification" });
        TextClassifier loaded = TextClassifier.Load(_file);
        Assert.Equal(trained.Labels, loaded.Labels);
        Assert.Equal(["Text"], loaded.TextColumns);

        SampleTexts.Row[] fresh = SampleTexts.Make(200, seed: 2, chinese);
        TextPrediction[] expected = [.. fresh.Select(row => trained.Predict(row.Text))];
        Assert.InRange(fresh.Zip(expected).Count(pair => pair.First.Label == pair.Second.Label), 190, 200);
        foreach (TextPrediction prediction in expected)
        {
            Assert.Equal(3, prediction.Ranked.Count);
            Assert.Equal(trained.Labels.Order(), prediction.Ranked.Select(ranked => ranked.Label).Order());
            Assert.Equal(1, prediction.Ranked.Sum(ranked => ranked.Probability), 1e-5f);
            Assert.Equal(prediction.Ranked.OrderByDescending(ranked => ranked.Probability), prediction.Ranked);
            Assert.Equal(prediction.Ranked[0], new LabelProbability(prediction.Label, prediction.Probability));
        }
        int wrong = 0;
        var threads = Enumerable.Range(0, 8).Select(t => new Thread(() =>
        {
            for (int i = 0; i < 400; i++)
            {
                int which = (i + 25 * t) % fresh.Length;
                if (!loaded.Predict(fresh[which].Text).Ranked.SequenceEqual(expected[which].Ranked)) Interlocked.Increment(ref wrong);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Several_texts_go_to_their_columns_and_one_to_the_last()
    {
        SampleTexts.Row[] rows = SampleTexts.Make(100, seed: 3);
        MemoryView data = new MemoryView().AddText("Label", [.. rows.Select(row => row.Label)])
            .AddText("Subject", [.. rows.Select(row => row.Text[..5])]).AddText("Body", [.. rows.Select(row => row.Text[5..])]);
        TextClassifier classifier = TextClassifier.Train(_context, data, ["Subject", "Body"], "Label");
        classifier.Save(_file);
        classifier = TextClassifier.Load(_file);
        Assert.Equal(["Subject", "Body"], classifier.TextColumns);
        Assert.Equal(["Subject", "Body"], classifier.InputSchema.Select(column => column.Name));
        Assert.Equal(classifier.Predict("", "my parcel").Ranked, classifier.Predict("my parcel").Ranked);
        Assert.Equal(classifier.Predict("my", "parcel").Ranked, classifier.Predict("my parcel").Ranked);
        Assert.Contains("expected 2: Subject, Body", Assert.Throws<ArgumentException>(() => classifier.Predict("a", "b", "c")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => classifier.Predict());
    }

    [Fact]
    public void Labels_that_are_equally_probable_come_in_the_order_of_the_model()
    {
        Assert.Equal(["b", "a", "c", "d"], LabelProbability.Rank(["a", "b", "c", "d"], [0.2f, 0.4f, 0.2f, 0.2f]).Select(ranked => ranked.Label));
    }

    [Fact]
    public void The_first_label_is_the_one_in_the_column_of_predictions()
    {
        SampleTexts.Row[] rows = SampleTexts.Make(100, seed: 4), fresh = [.. SampleTexts.Make(50, seed: 5), new SampleTexts.Row(), new SampleTexts.Row { Text = "qqq" }];
        TextClassifier classifier = Train(rows);
        string[] column = ViewContents.Texts(classifier.Model.Transform(SampleTexts.View(_context, fresh)), "PredictedLabel");
        Assert.Equal(column, fresh.Select(row => classifier.Predict(row.Text).Label));
    }

    [Fact]
    public void A_model_of_something_else_is_no_classifier()
    {
        MemoryView data = new MemoryView().AddText("Text", "a");
        _context.Model.Save(_context.Transforms.CopyColumns("Copy", "Text").Fit(data), data.Schema, _file);
        Assert.Contains("not a classifier", Assert.Throws<MLPipelinesException>(() => TextClassifier.Load(_file)).Message, StringComparison.Ordinal);
        File.Delete(_file);
        Assert.Throws<FileNotFoundException>(() => TextClassifier.Load(_file));
    }

    [Fact]
    public void The_support_tickets_of_the_project_are_told_apart()
    {
        IDataView data = _context.Data.LoadFromTextFile<Ticket>(SampleTexts.DataFile("support-tickets.csv"), separatorChar: ',', hasHeader: true, allowQuoting: true);
        var options = new TextClassificationOptions { TextColumns = ["Subject", "Body"], LabelColumn = "Category" };
        TextClassificationResult result = new TextClassificationTrainer(_context, options).Train(data);
        Assert.InRange(result.Chosen.Accuracy, 0.75, 1);
        TextClassifier classifier = TextClassifier.Of(_context, result, data.Schema);
        Assert.Equal(8, classifier.Labels.Count);
        Assert.Equal("refund", classifier.Predict("Refund please", "The lamp arrived broken and I would like my money back.").Label);
        Assert.Equal("refund", classifier.Predict("退款", "我想退货，请把钱退给我。").Label);
    }

    public sealed class Ticket
    {
        [LoadColumnName("subject")]
        public string Subject { get; set; } = "";

        [LoadColumnName("body")]
        public string Body { get; set; } = "";

        [LoadColumnName("category")]
        public string Category { get; set; } = "";
    }
}
