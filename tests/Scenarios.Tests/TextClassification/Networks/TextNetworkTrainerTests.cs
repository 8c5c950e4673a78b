using MLPipelines.Scenarios.TextClassification;

namespace MLPipelines.Scenarios.Tests.TextClassification.Networks;

public sealed class TextNetworkTrainerTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(TextMethod.TextCnn)]
    [InlineData(TextMethod.BiLstm)]
    public void A_network_from_scratch_learns_and_is_the_same_after_saving(TextMethod method)
    {
        var context = new MLContext(1);
        IDataView rows = SampleTexts.View(context, SampleTexts.Make(300, seed: 3));
        var model = new TextNetworkTrainer(context, method, new TextNetworkOptions { Adjust = options => (options.MaxEpoch, options.VocabularySize) = (12, 400) }).Train(rows);
        TextClassifier classifier = TextClassifier.Of(context, model, rows.Schema, ["Text"]);
        Assert.Equal(["parcel", "password", "refund"], classifier.Labels.Order(StringComparer.Ordinal));
        Assert.InRange(HeldOutAccuracy.Of(context, model, SampleTexts.View(context, SampleTexts.Make(200, seed: 4)), "Label"), 0.9, 1);
        classifier.Save(_file);
        Assert.Equal(classifier.Predict("the courier is late").Ranked, TextClassifier.Load(_file).Predict("the courier is late").Ranked);
    }

    [Fact]
    public void Weights_that_are_not_there_are_named_with_what_to_do()
    {
        var context = new MLContext(1);
        var trainer = new TextNetworkTrainer(context, TextMethod.Bert, new TextNetworkOptions { Weights = "no-such-weights" });
        var error = Assert.ThrowsAny<Exception>(() => trainer.Train(SampleTexts.View(context, SampleTexts.Make(50, seed: 1))));
        Assert.Contains("'no-such-weights' is neither a file or folder nor a model of the cache", error.Message, StringComparison.Ordinal);
        Assert.Contains("mlp models add", error.Message, StringComparison.Ordinal);
    }
}
