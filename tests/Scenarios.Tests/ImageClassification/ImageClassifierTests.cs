using MLPipelines.Data;
using MLPipelines.Scenarios.ImageClassification;

namespace MLPipelines.Scenarios.Tests.ImageClassification;

public sealed class ImageClassifierTests(TrainedMarks trained) : IClassFixture<TrainedMarks>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("image-classifier-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Marks_are_found_on_new_pictures()
    {
        LabelledImages test = Marks.Set(60, seed: 2);
        int right = test.Images.Count(image => trained.Classifier.Predict(image.Content()).Label == image.Label);
        Assert.InRange(right, 57, 60);
        Assert.Equal(["marked", "plain"], trained.Classifier.Labels);
    }

    [Fact]
    public void A_path_a_stream_bytes_and_an_image_are_predicted_alike()
    {
        using MLImage image = Marks.Picture(new Random(3), (4, 5));
        byte[] file = Marks.Png(image);
        string path = Path.Combine(_folder, "a.png");
        File.WriteAllBytes(path, file);
        ImagePrediction expected = trained.Classifier.Predict(image);
        Assert.Equal("marked", expected.Label);
        Assert.Equal(1, expected.Ranked.Sum(ranked => ranked.Probability), 5);
        Assert.True(expected.Ranked[0].Probability >= expected.Ranked[1].Probability);
        Assert.Equal(expected.Ranked, trained.Classifier.Predict(path).Ranked);
        Assert.Equal(expected.Ranked, trained.Classifier.Predict(file).Ranked);
        Assert.Equal(expected.Ranked, trained.Classifier.Predict(new MemoryStream(file)).Ranked);
        Assert.Equal(0, expected.ProbabilityOf("something else"));
    }

    [Fact]
    public void A_saved_classifier_predicts_bit_for_bit_the_same_from_many_threads()
    {
        string path = Path.Combine(_folder, "m.zip");
        trained.Classifier.Save(path);
        var loaded = ImageClassifier.Load(path);
        byte[][] files = [.. Marks.Set(24, seed: 4).Images.Select(image => image.Content())];
        IReadOnlyList<LabelProbability>[] expected = [.. files.Select(file => trained.Classifier.Predict(file).Ranked)];
        Parallel.For(0, 96, i => Assert.Equal(expected[i % 24], loaded.Predict(files[i % 24]).Ranked));
    }

    [Fact]
    public void Each_pass_is_told_and_validation_pictures_are_held_out()
    {
        Assert.Equal(12, trained.Result.Passes.Count);
        Assert.Equal(trained.Result.Passes, trained.Told);
        Assert.Equal(Enumerable.Range(1, 12), trained.Result.Passes.Select(pass => pass.Number));
        Assert.All(trained.Result.Passes, pass => Assert.True(pass.Count == 12 && pass.ImagesPerSecond > 0 && pass.Seconds > 0 && double.IsFinite(pass.ValidationLoss)));
        Assert.True(trained.Result.Passes[^1].Loss < trained.Result.Passes[0].Loss);
        Assert.Equal(12, trained.Result.Validation!.Images.Count);
        Assert.Equal(108, trained.Result.TrainedOn);
        Assert.Contains("16 by 16 pixels", trained.Result.Network, StringComparison.Ordinal);
        Assert.Equal(2, PassCharts.Of(trained.Result.Passes).Count());
        Assert.All(PassCharts.Of(trained.Result.Passes), chart => Assert.Contains("<svg", chart.ToSvg(), StringComparison.Ordinal));
    }

    [Fact]
    public void Unreadable_pictures_are_left_out_and_named()
    {
        LabelledImage[] images = [.. Marks.Set(20).Images, new EncodedImage(new ImageFile("broken.png", null, [1, 2, 3]), "plain", ImageLimits.Default)];
        var result = new ImageClassifierTrainer(new MLContext(1), TrainedMarks.Quick with { ValidationShare = 0, Adjust = options => (options.Epoch, options.NetworkWidth) = (1, 8) })
            .Train(new LabelledImages("marks", images));
        Assert.Equal(20, result.TrainedOn);
        Assert.StartsWith("broken.png: ", Assert.Single(result.Unreadable), StringComparison.Ordinal);
        Assert.Null(result.Validation);
        Assert.True(double.IsNaN(Assert.Single(result.Passes).ValidationLoss));
    }

    [Fact]
    public void One_class_cannot_be_learned()
    {
        var one = new LabelledImages("marks", [.. Marks.Set(10).Images.Where(image => image.Label == "plain")]);
        Assert.Contains("one class, plain", Assert.Throws<MLPipelinesException>(() => ImageClassifier.Train(new MLContext(1), one)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_passes_are_made_than_fit_into_the_time()
    {
        var result = new ImageClassifierTrainer(new MLContext(1), TrainedMarks.Quick with { TimeLimit = TimeSpan.FromMilliseconds(1) }).Train(Marks.Set(40));
        Assert.Single(result.Passes);
    }

    [Fact]
    public void Cancelling_ends_training()
    {
        using var source = new CancellationTokenSource();
        var context = new MLContext(1) { CancellationToken = source.Token };
        var options = TrainedMarks.Quick with { PassEnded = _ => source.Cancel() };
        Assert.ThrowsAny<OperationCanceledException>(() => ImageClassifier.Train(context, Marks.Set(40), options));
    }

    [Fact]
    public void Models_of_other_things_are_refused()
    {
        var context = new MLContext(1);
        IDataView rows = context.Data.LoadFromEnumerable(new[] { new { Text = "a", Label = "x" }, new { Text = "b", Label = "y" } });
        string path = Path.Combine(_folder, "t.zip");
        context.Model.Save(context.Transforms.Conversion.MapValueToKey("Key", "Label").Fit(rows), rows.Schema, path);
        Assert.Contains("classifies no pictures", Assert.Throws<MLPipelinesException>(() => ImageClassifier.Load(path)).Message, StringComparison.Ordinal);
    }
}
