using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Core.Training;

public class ModelThresholdTests
{
    private static readonly MLContext ML = new(seed: 1);

    private static readonly MemoryView Data = new MemoryView()
        .AddVectors("Features", [[1f, 0], [0f, 1], [0.8f, 0.1f], [0.2f, 0.9f], [0.6f, 0.5f], [0.4f, 0.5f]])
        .Add("Label", true, false, true, false, true, false);

    [Fact]
    public void A_changed_threshold_changes_the_predicted_label_alone()
    {
        var model = ML.BinaryClassification.Trainers.SdcaLogisticRegression().Fit(Data);
        float[] scores = ViewContents.Values<float>(model.Transform(Data), "Score");
        float threshold = (scores[0] + scores[2]) / 2;
        var stricter = ML.BinaryClassification.ChangeModelThreshold(model, threshold);
        Assert.Equal((0, threshold), (model.Threshold, stricter.Threshold));
        IDataView predictions = stricter.Transform(Data);
        Assert.Equal(scores, ViewContents.Values<float>(predictions, "Score"));
        Assert.Equal(scores.Select(score => score > threshold), ViewContents.Values<bool>(predictions, "PredictedLabel"));
        Assert.True(ML.BinaryClassification.Evaluate(predictions).PositiveRecall < ML.BinaryClassification.Evaluate(model.Transform(Data)).PositiveRecall);
    }

    [Fact]
    public void The_threshold_is_saved()
    {
        var model = ML.BinaryClassification.ChangeModelThreshold(ML.BinaryClassification.Trainers.SdcaLogisticRegression().Fit(Data), 0.25f);
        using var stream = new MemoryStream();
        ML.Model.Save(model, Data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = ML.Model.Load(stream, out _);
        Assert.Equal(ViewContents.Read(model.Transform(Data)), ViewContents.Read(loaded.Transform(Data)));
    }

    [Fact]
    public void The_same_threshold_is_the_same_model()
    {
        var model = ML.BinaryClassification.Trainers.SdcaLogisticRegression().Fit(Data);
        Assert.Same(model, ML.BinaryClassification.ChangeModelThreshold(model, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ML.BinaryClassification.ChangeModelThreshold(model, float.NaN));
    }
}
