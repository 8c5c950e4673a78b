using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Vision;

namespace MLPipelines.Neural.Tests.Images;

public sealed class ImageClassificationTests
{
    [Theory]
    [InlineData("files")]
    [InlineData("images")]
    [InlineData("vectors")]
    public void Pictures_of_any_kind_of_column_are_learned(string kind)
    {
        Func<int, int, MemoryView> make = kind switch
        {
            "files" => (count, seed) => PatternPictures.Files(count, seed: seed),
            "images" => (count, seed) => PatternPictures.Pictures(count, seed: seed),
            _ => (count, seed) => PatternPictures.Vectors(count, seed: seed),
        };
        var context = new MLContext(1);
        var model = context.MulticlassClassification.Trainers.ImageClassification(new ImageClassificationTrainer.Options { Epoch = 12 }).Fit(make(60, 1));
        var metrics = context.MulticlassClassification.Evaluate(model.Transform(make(60, 2)));
        Assert.True(metrics.MicroAccuracy > 0.95, $"accuracy {metrics.MicroAccuracy}");
    }

    [Fact]
    public void Scores_are_probabilities_and_columns_have_the_names_that_were_chosen()
    {
        var context = new MLContext(1);
        MemoryView data = PatternPictures.Pictures(12);
        IDataView output = context.MulticlassClassification.Trainers.ImageClassification(new ImageClassificationTrainer.Options { Epoch = 2, ScoreColumnName = "P", PredictedLabelColumnName = "Class" })
            .Append(context.Transforms.Conversion.MapKeyToValue("Class")).Fit(data).Transform(data);
        Assert.All(output.GetColumn<float[]>("P"), scores => Assert.Equal(1, scores.Sum(), 5));
        Assert.All(output.GetColumn<string>("Class"), name => Assert.Contains(name, PatternPictures.Classes));
    }
}
