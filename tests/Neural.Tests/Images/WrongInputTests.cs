using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Vision;
using static MLPipelines.Vision.ImageClassificationTrainer;

namespace MLPipelines.Neural.Tests.Images;

public sealed class WrongInputTests
{
    private readonly MLContext _context = new(1);

    [Fact]
    public void A_damaged_picture_is_named_by_its_row()
    {
        byte[][] files = [.. Enumerable.Range(0, 6).Select(_ => (byte[])[1, 2, 3])];
        MemoryView data = new MemoryView().AddKeys("Label", PatternPictures.Keys(6), PatternPictures.Classes).AddVectors("Features", files, isVariable: true);
        string message = Assert.Throws<MLPipelinesException>(() => Fit(data)).Message;
        Assert.Contains("Row 0, column 'Features'", message, StringComparison.Ordinal);
        Assert.Contains("010203", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_that_is_not_there_is_named_by_its_row()
    {
        MLImage?[] images = PatternPictures.Images(6);
        images[4] = null;
        MemoryView data = new MemoryView().AddKeys("Label", PatternPictures.Keys(6), PatternPictures.Classes).AddImages("Features", images);
        Assert.Contains("Row 4, column 'Features': there is no picture", Assert.Throws<MLPipelinesException>(() => Fit(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_a_label_are_left_out()
    {
        MLImage?[] images = PatternPictures.Images(7);
        uint[] keys = PatternPictures.Keys(7);
        (images[3], keys[3]) = (null, 0);
        MemoryView data = new MemoryView().AddKeys("Label", keys, PatternPictures.Classes).AddImages("Features", images);
        Assert.Equal(3, Fit(data).Model.ScoreCount);
    }

    [Fact]
    public void Vectors_of_no_picture_are_refused()
    {
        MemoryView data = new MemoryView().AddKeys("Label", PatternPictures.Keys(3), PatternPictures.Classes).AddVectors("Features", [new float[7], new float[7], new float[7]]);
        Assert.Contains("'Features' is Vector<Single, 7>", Assert.Throws<ArgumentOutOfRangeException>(() => Fit(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_another_kind_than_in_training_is_refused()
    {
        var model = Fit(PatternPictures.Pictures(6));
        Assert.Contains("images or the bytes of image files", Assert.Throws<ArgumentOutOfRangeException>(() => model.Transform(PatternPictures.Vectors(6))).Message, StringComparison.Ordinal);
        // Files and images are the same thing to a network.
        Assert.Equal(model.Transform(PatternPictures.Pictures(6)).GetColumn<float[]>("Score"), model.Transform(PatternPictures.Files(6)).GetColumn<float[]>("Score"));
    }

    [Fact]
    public void Pictures_of_all_sizes_are_brought_to_one()
    {
        MLImage[] images = [.. new[] { 40, 25, 100, 33, 61, 48 }.SelectMany((side, i) => PatternPictures.Images(3, side: side, seed: i))];
        MemoryView data = new MemoryView().AddKeys("Label", PatternPictures.Keys(images.Length), PatternPictures.Classes).AddImages("Features", images);
        Assert.Equal(new ImageShape(48, 48, 1), Fit(data).Model.Shape);
        Assert.Equal(new ImageShape(24, 32, 1), Fit(data, new Options { Epoch = 1, ImageSize = (24, 32) }).Model.Shape);
    }

    [Fact]
    public void Files_that_do_not_fit_into_memory_are_decoded_at_every_pass()
    {
        MemoryView data = PatternPictures.Files(12);
        var kept = Fit(data);
        var decoded = Fit(data, new Options { Epoch = 2, PictureCacheMegabytes = 0 });
        Assert.Equal(Fit(data, new Options { Epoch = 2 }).Transform(data).GetColumn<float[]>("Score"), decoded.Transform(data).GetColumn<float[]>("Score"));
        Assert.NotNull(kept);
        Assert.Contains("PictureCacheMegabytes", Assert.Throws<MLPipelinesException>(() => Fit(PatternPictures.Pictures(12), new Options { PictureCacheMegabytes = 0 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Architectures_that_are_not_there_are_refused()
    {
        Assert.Contains("InceptionV3 is not there", Assert.Throws<NotSupportedException>(() => Fit(PatternPictures.Pictures(6), new Options { Arch = Architecture.InceptionV3 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        (string Name, Options Options)[] wrong =
        [
            ("BatchSize", new() { BatchSize = 0 }),
            ("Epoch", new() { Epoch = 0 }),
            ("LearningRate", new() { LearningRate = -1 }),
            ("LearningRate", new() { LearningRate = float.NaN }),
            ("ValidationSetFraction", new() { ValidationSetFraction = 1 }),
            ("LabelSmoothing", new() { LabelSmoothing = 1 }),
            ("Dropout", new() { Dropout = 1 }),
            ("ImageSize", new() { ImageSize = (4, 64) }),
            ("NumberOfThreads", new() { NumberOfThreads = 0 }),
            ("Score", new() { PredictedLabelColumnName = "Score" }),
        ];
        foreach ((string name, Options options) in wrong)
            Assert.Contains(name, Assert.ThrowsAny<ArgumentException>(() => _context.MulticlassClassification.Trainers.ImageClassification(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_network_are_refused()
    {
        string file = Path.GetTempFileName();
        try
        {
            new Tensors.StateDictionary { { "conv1.weight", Tensors.Tensor.Zeros([8, 3, 7, 7]) } }.Save(file);
            string message = Assert.Throws<MLPipelinesException>(() => Fit(PatternPictures.Pictures(6), new Options { InitialWeights = file, Arch = Architecture.Resnet18 })).Message;
            Assert.Contains("'conv1.weight' is (8, 3, 7, 7), expected (64, 3, 7, 7)", message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Validation_ends_training_early_and_the_best_pass_is_kept()
    {
        List<TrainMetrics> seen = [];
        var model = Fit(PatternPictures.Pictures(60), new Options
        {
            Epoch = 30,
            EarlyStoppingCriteria = new EarlyStopping(patience: 3),
            MetricsCallback = metrics => seen.Add(metrics.Train!),
            ValidationSet = PatternPictures.Pictures(30, seed: 5),
        });
        TrainMetrics[] measured = [.. seen.Where(metrics => metrics.DatasetUsed == ImageClassificationMetrics.Dataset.Validation)];
        Assert.InRange(measured.Length, 4, 29);
        double best = _context.MulticlassClassification.Evaluate(model.Transform(PatternPictures.Pictures(30, seed: 5))).MicroAccuracy;
        Assert.Equal(measured.Max(metrics => metrics.Accuracy), best, 0.011);
    }

    private MulticlassPredictionTransformer<ImageClassificationModelParameters> Fit(IDataView data, Options? options = null) =>
        _context.MulticlassClassification.Trainers.ImageClassification(options ?? new Options { Epoch = 1 }).Fit(data);
}
