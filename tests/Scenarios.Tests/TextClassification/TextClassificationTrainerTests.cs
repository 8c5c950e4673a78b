using System.Diagnostics;
using MLPipelines.Data;
using MLPipelines.Scenarios.TextClassification;
using MLPipelines.Testing;
using MLPipelines.Trainers;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Scenarios.Tests.TextClassification;

public class TextClassificationTrainerTests
{
    private readonly MLContext _context = new(seed: 1);

    private static TextClassificationResult Train(MLContext context, IDataView data, TextClassificationOptions? options = null) =>
        new TextClassificationTrainer(context, options ?? new TextClassificationOptions()).Train(data);

    private static byte[] Bytes(ITransformer model)
    {
        using var stream = new MemoryStream();
        new MLContext().Model.Save(model, null, stream);
        return stream.ToArray();
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        SampleTexts.Row[] rows = [.. SampleTexts.Make(150, seed: 1), .. SampleTexts.Make(150, seed: 1, chinese: true)];
        TextClassificationResult first = Train(new MLContext(5), SampleTexts.View(_context, rows)), second = Train(new MLContext(5), SampleTexts.View(_context, rows));
        Assert.Equal(Bytes(first.Model), Bytes(second.Model));
        Assert.Equal(first.Candidates.Select(c => (c.Candidate.Name, c.LogLoss, c.Accuracy, c.InverseTemperature)), second.Candidates.Select(c => (c.Candidate.Name, c.LogLoss, c.Accuracy, c.InverseTemperature)));
    }

    [Fact]
    public void The_model_is_the_one_that_the_chain_learns_with_the_chosen_candidate()
    {
        IDataView data = SampleTexts.View(_context, SampleTexts.Make(200, seed: 2));
        TextClassificationResult result = Train(_context, data);
        IDataView labelled = _context.Transforms.Conversion.MapValueToKey("Key", "Label").Fit(data).Transform(data);
        var chain = TextClassificationTrainer.Chain(_context, ["Text"], "Key", result.Chosen.Candidate, result.Chosen.InverseTemperature).Fit(labelled);
        Assert.Equal(Bytes(chain), Bytes(result.Model));
    }

    [Fact]
    public void The_candidate_with_the_lower_loss_on_rows_held_out_is_chosen()
    {
        IDataView data = SampleTexts.View(_context, SampleTexts.Make(200, seed: 3));
        var good = new TextClassificationCandidate("good", new TextVectorizingOptions(), new LinearSvmMulticlassOptions());
        var poor = new TextClassificationCandidate("poor", new TextVectorizingOptions { MaximumFeatureCount = 3 }, new LinearSvmMulticlassOptions());
        foreach (TextClassificationCandidate[] candidates in new[] { new[] { good, poor }, [poor, good] })
        {
            TextClassificationResult result = Train(_context, data, new TextClassificationOptions { Candidates = candidates });
            Assert.Equal("good", result.Chosen.Candidate.Name);
            Assert.Equal(["good", "poor"], result.Candidates.Select(candidate => candidate.Candidate.Name));
            Assert.True(result.Candidates[0].LogLoss < result.Candidates[1].LogLoss);
            Assert.True(result.Candidates[0].Accuracy > result.Candidates[1].Accuracy);
        }
        // Without a clear gain the first one is taken.
        TextClassificationResult same = Train(_context, data, new TextClassificationOptions { Candidates = [good, good with { Name = "twin" }] });
        Assert.Equal("good", same.Chosen.Candidate.Name);
    }

    [Fact]
    public void Candidates_that_differ_in_their_views_alone_are_told_apart()
    {
        // Only where the word stands tells the label; the others are in one text each.
        SampleTexts.Row[] rows = [.. Enumerable.Range(0, 200).Select(i => new SampleTexts.Row { Text = i % 2 == 0 ? $"key x{i} y{i}" : $"x{i} y{i} key", Label = i % 2 == 0 ? "first" : "last" })];
        TextClassificationCandidate Of(bool markEnds) => new($"{markEnds}", new TextVectorizingOptions { Views = [new NgramView(NgramUnit.Word, 1, 2, markEnds)] }, new LinearSvmMulticlassOptions());
        TextClassificationResult result = Train(_context, SampleTexts.View(_context, rows), new TextClassificationOptions { Candidates = [Of(markEnds: false), Of(markEnds: true)] });
        Assert.NotEqual(result.Candidates[0].LogLoss, result.Candidates[1].LogLoss);
        Assert.Equal("True", result.Chosen.Candidate.Name);
    }

    [Fact]
    public void What_the_texts_look_like_decides_what_is_tried()
    {
        TextClassificationResult english = Train(_context, SampleTexts.View(_context, SampleTexts.Make(60, seed: 1))), chinese = Train(_context, SampleTexts.View(_context, SampleTexts.Make(60, seed: 1, chinese: true)));
        Assert.Equal((60, 3), (english.Profile.Rows, english.Profile.Labels));
        Assert.Equal(0, english.Profile.IdeographShare);
        Assert.Equal(1, chinese.Profile.IdeographShare);
        Assert.All(chinese.Candidates, candidate => Assert.Contains(candidate.Candidate.Features.Views, view => view.Unit == NgramUnit.Character));
        Assert.DoesNotContain(english.Candidates, candidate => candidate.Candidate.Features.Views.Any(view => view.Unit == NgramUnit.Character));
        // A mean length, and any number of labels and rows, gives candidates.
        foreach (var profile in new TextProfile[] { new(1, 1, 0, 0), new(1_000_000, 1000, 2000, 0), new(1_000_000, 2, 2000, 1), new(10, 100, 5, 0.5) })
            Assert.NotEmpty(TextClassificationCandidate.For(profile));
    }

    [Fact]
    public void Labels_of_every_type_come_back_as_they_were()
    {
        SampleTexts.Row[] rows = SampleTexts.Make(60, seed: 4, labels: 2);
        bool[] isFirst = [.. rows.Select(row => row.Label == rows[0].Label)];
        string[] texts = [.. rows.Select(row => row.Text)];
        Check(new MemoryView().AddText("Text", texts).Add("Label", isFirst), true, false, "True");
        Check(new MemoryView().AddText("Text", texts).Add("Label", Array.ConvertAll(isFirst, first => first ? 7 : -3)), 7, -3, "7");
        Check(new MemoryView().AddText("Text", texts).Add("Label", Array.ConvertAll(isFirst, first => first ? 0.5f : 2)), 0.5f, 2f, "0.5");
        Check(new MemoryView().AddText("Text", texts).Add("Label", Array.ConvertAll(isFirst, first => first ? long.MaxValue : 0)), long.MaxValue, 0L, "9223372036854775807");
        var days = Array.ConvertAll(isFirst, first => new DateTime(2026, 1, first ? 1 : 2, 0, 0, 0, DateTimeKind.Unspecified));
        Check(new MemoryView().AddText("Text", texts).Add("Label", days), days.Max().AddDays(-1), days.Max(), "01/01/2026 00:00:00");
        Check(new MemoryView().AddText("Text", texts).AddKeys("Label", Array.ConvertAll(isFirst, first => first ? 2u : 1), "no", "yes"), null, null, null);

        void Check(MemoryView data, object? first, object? second, string? name)
        {
            TextClassificationResult result = Train(_context, data);
            TextClassifier classifier = TextClassifier.Of(_context, result, data.Schema);
            Assert.Equal(2, classifier.Labels.Count);
            if (name is null) return;
            Assert.Equal(name, classifier.Labels[0]);
            var engine = _context.Model.CreatePredictionEngine(result.Model, data.Schema);
            object?[] predicted = [.. texts.Select(text => engine.Predict(new Dictionary<string, object?> { ["Text"] = text })["PredictedLabel"])];
            Assert.Equal(isFirst.Select(f => f ? first : second), predicted);
        }
    }

    [Fact]
    public void Rows_without_a_label_are_left_out()
    {
        SampleTexts.Row[] rows = SampleTexts.Make(80, seed: 5), some = [.. rows.SelectMany((row, i) => i % 10 == 0 ? new[] { row, new SampleTexts.Row { Text = "nothing known of this", Label = "" } } : [row])];
        Assert.Equal(Bytes(Train(_context, SampleTexts.View(_context, rows)).Model), Bytes(Train(_context, SampleTexts.View(_context, some)).Model));
        // Missing numbers are NaN.
        MemoryView numbers = new MemoryView().AddText("Text", "good one", "bad one", "what", "good two", "bad two").Add("Label", 1, 2, float.NaN, 1, 2);
        Assert.Equal(["1", "2"], TextClassifier.Of(_context, Train(_context, numbers), numbers.Schema).Labels);
    }

    [Fact]
    public void Empty_texts_are_learned_from_and_predicted()
    {
        SampleTexts.Row[] rows = [new() { Text = "", Label = "refund" }, .. SampleTexts.Make(60, seed: 6), new() { Text = " \n", Label = "parcel" }];
        TextClassifier classifier = TextClassifier.Train(_context, SampleTexts.View(_context, rows), ["Text"], "Label");
        foreach (string text in new[] { "", "   ", "!!!" })
            Assert.Equal(1, classifier.Predict(text).Ranked.Sum(ranked => ranked.Probability), 1e-5f);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void A_handful_of_rows_is_enough(int count)
    {
        SampleTexts.Row[] rows = [.. Enumerable.Range(0, count).Select(i => new SampleTexts.Row { Text = i % 2 == 0 ? "money back" : "where is it", Label = i % 2 == 0 ? "refund" : "delivery" })];
        TextClassifier classifier = TextClassifier.Train(_context, SampleTexts.View(_context, rows), ["Text"], "Label");
        Assert.Equal("refund", classifier.Predict("money").Label);
        Assert.Equal("delivery", classifier.Predict("where").Label);
        Assert.All(classifier.Predict("money").Ranked, ranked => Assert.InRange(ranked.Probability, 0, 1));
    }

    [Fact]
    public void Labels_that_one_row_has_are_learned_too()
    {
        SampleTexts.Row[] rows = [.. SampleTexts.Make(60, seed: 7), new() { Text = "zebra crossing zebra", Label = "animals" }];
        TextClassificationResult result = Train(_context, SampleTexts.View(_context, rows));
        Assert.InRange(result.Chosen.Accuracy, 0.8, 1);
        Assert.InRange(result.Chosen.LogLoss, 0, 1);
        Assert.Equal(4, TextClassifier.Of(_context, result, SampleTexts.View(_context, rows).Schema).Labels.Count);
    }

    [Fact]
    public void A_thousand_labels_of_two_rows_each_are_told_apart()
    {
        SampleTexts.Row[] rows = [.. Enumerable.Range(0, 2000).Select(i => new SampleTexts.Row { Text = $"{(i < 1000 ? "about" : "regarding")} item{i % 1000} w{i % 7}", Label = $"label {i % 1000}" })];
        TextClassifier classifier = TextClassifier.Train(_context, SampleTexts.View(_context, rows), ["Text"], "Label");
        Assert.Equal(1000, classifier.Labels.Count);
        int right = rows.Where((_, i) => i % 10 == 0).Count(row => classifier.Predict($"please see item{row.Label.Split(' ')[1]}").Label == row.Label);
        Assert.InRange(right, 190, 200);
    }

    [Fact]
    public void What_cannot_be_learned_from_is_told_of()
    {
        Error<MLPipelinesException>([new() { Text = "a", Label = "x" }, new() { Text = "b", Label = "x" }], "Column 'Label' has the label x in all 2 rows", "at least two different labels");
        Error<MLPipelinesException>([new() { Text = "a" }, new() { Text = "b" }], "Column 'Label' has no label in any row");
        Error<MLPipelinesException>([], "Column 'Label' has no label in any row");
        Error<MLPipelinesException>([new() { Text = "", Label = "x" }, new() { Text = " ", Label = "y" }], "no n-gram in the 2 texts", "empty");

        void Error<T>(SampleTexts.Row[] rows, params string[] parts) where T : Exception
        {
            var error = Assert.Throws<T>(() => Train(_context, SampleTexts.View(_context, rows)));
            foreach (string part in parts) Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Columns_that_are_not_there_or_of_another_type_are_named()
    {
        MemoryView data = new MemoryView().AddText("Text", "a", "b").AddText("Label", "x", "y").Add("Number", 1f, 2f).AddTexts("Words", [["a"], ["b"]]);
        Error(new() { TextColumns = ["Body"] }, "Text column 'Body' not found", "Text: String");
        Error(new() { TextColumns = ["Text", "Number"] }, "Text column 'Number' is Single, expected String");
        Error(new() { TextColumns = ["Words"] }, "Text column 'Words' is Vector<String, 1>");
        Error(new() { TextColumns = [] }, "At least one text column");
        Error(new() { LabelColumn = "Category" }, "Label column 'Category' not found");
        Error(new() { LabelColumn = "Words" }, "Label column 'Words' is Vector<String, 1>, expected one value per row");

        void Error(TextClassificationOptions options, params string[] parts)
        {
            var error = Assert.ThrowsAny<ArgumentException>(() => Train(_context, data, options));
            foreach (string part in parts) Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Cancelling_ends_the_training_within_a_second()
    {
        using var source = new CancellationTokenSource();
        var context = new MLContext(1) { CancellationToken = source.Token };
        // A candidate that would take minutes.
        var slow = new TextClassificationCandidate("slow", new TextVectorizingOptions(), new LinearSvmMulticlassOptions { Cost = 1e4f, Tolerance = 1e-7f, MaximumPasses = 10_000_000 });
        IDataView data = SampleTexts.View(context, SampleTexts.Make(4000, seed: 8));
        Task training = Task.Run(() => Train(context, data, new TextClassificationOptions { Candidates = [slow] }));
        await Task.Delay(2000);
        Assert.False(training.IsCompleted);
        source.Cancel();
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => training);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 3);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => Train(context, data)));
    }

    [Fact]
    public void Progress_goes_to_the_end()
    {
        var reports = new List<TrainingProgress>();
        var context = new MLContext(1) { Progress = new Collector(reports) };
        Train(context, SampleTexts.View(context, SampleTexts.Make(60, seed: 1)));
        Assert.Contains(reports, report => report.Stage.StartsWith("validated ", StringComparison.Ordinal) && report.Loss > 0);
        Assert.Equal("trained", reports[^1].Stage);
        Assert.Equal(reports[^1].IterationCount, reports[^1].Iteration);
    }

    [Fact]
    public void Rows_held_out_are_dealt_out_evenly()
    {
        int[] labels = [.. Enumerable.Range(0, 103).Select(i => i % 10 == 0 ? 0 : 1 + i % 3)];
        var folds = new HeldOutFolds(labels, maximumRows: 1000, seed: 1);
        int[][] parts = [.. Enumerable.Range(0, HeldOutFolds.Count).Select(folds.HeldOut)];
        Assert.Equal(Enumerable.Range(0, 103), parts.SelectMany(part => part).Order());
        for (int fold = 0; fold < HeldOutFolds.Count; fold++)
        {
            Assert.Equal(Enumerable.Range(0, 103).Except(parts[fold]), folds.Others(fold));
            for (int label = 0; label < 4; label++) Assert.InRange(parts[fold].Count(row => labels[row] == label) - labels.Count(l => l == label) / 5.0, -1, 1);
        }
        Assert.Equal(50, Enumerable.Range(0, HeldOutFolds.Count).Sum(fold => new HeldOutFolds(labels, maximumRows: 50, seed: 1).HeldOut(fold).Length));
    }

    private sealed class Collector(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            lock (reports) reports.Add(value);
        }
    }
}
