using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms;

namespace MLPipelines.Tests.Transforms;

public sealed class BlendPredictionsTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Numbers_are_averaged_by_their_weights()
    {
        var data = new MemoryView().Add("A", 1f, 2).Add("B", 5f, 10);
        IDataView blended = _context.Transforms.BlendPredictions(["A", "B"], [1, 3]).Fit(data).Transform(data);
        Assert.Equal([4f, 8], blended.GetColumn<float>("Score"));
    }

    [Fact]
    public void Probabilities_of_classes_are_averaged_and_the_highest_is_predicted()
    {
        IDataView blended = _context.Transforms.BlendPredictions(["A", "B"], labelColumnName: "Label").Fit(Classes()).Transform(Classes());
        Assert.Equal([[0.5f, 0.25f, 0.25f], [0.25f, 0.25f, 0.5f], [0, 1, 0], [1, 0, 0]], ViewContents.Vectors<float>(blended, "Score"));
        Assert.Equal([1u, 3, 2, 1], blended.GetColumn<uint>("PredictedLabel"));
        Assert.Equal(["bad", "fair", "good"], ViewContents.SlotNames(blended, "Score"));
    }

    [Fact]
    public void The_probability_of_the_second_of_two_classes_stands_for_both()
    {
        var data = new MemoryView().AddText("Answer", "no", "yes").Add("P", 0.25f, 1).AddVectors("V", [[0.25f, 0.75f], [1, 0]]);
        var chain = _context.Transforms.Conversion.MapValueToKey("Label", "Answer").Append(_context.Transforms.BlendPredictions(["P", "V"], [1, 1], "Label"));
        Assert.Equal([[0.5f, 0.5f], [0.5f, 0.5f]], ViewContents.Vectors<float>(chain.Fit(data).Transform(data), "Score"));
    }

    [Fact]
    public void The_label_is_not_needed_to_predict()
    {
        PredictionBlendingTransformer blending = _context.Transforms.BlendPredictions(["A", "B"], labelColumnName: "Label").Fit(Classes());
        var rows = new MemoryView().AddVectors("A", [[0f, 1, 0]]).AddVectors("B", [[0f, 1, 0]]);
        Assert.Equal([2u], blending.Transform(rows).GetColumn<uint>("PredictedLabel"));
    }

    [Theory]
    [InlineData(-1.0, 2.0)]
    [InlineData(0.0, 0.0)]
    [InlineData(double.NaN, 1.0)]
    public void Weights_that_make_no_average_are_refused(double first, double second) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.BlendPredictions(["A", "B"], [first, second]));

    private static IDataView Classes()
    {
        var data = new MemoryView().AddText("Answer", "bad", "fair", "good", "bad")
            .AddVectors("A", [[1f, 0, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0]]).AddVectors("B", [[0f, 0.5f, 0.5f], [0.5f, 0.5f, 0], [0, 1, 0], [1, 0, 0]]);
        return new MLContext(1).Transforms.Conversion.MapValueToKey("Label", "Answer").Fit(data).Transform(data);
    }

    public sealed class NumberContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["A", "B"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.BlendPredictions(["A", "B"], [1, 2]);

        protected override IDataView CreateData(MLContext context) => new MemoryView().Add("A", 1f, 2, 3, 4).Add("B", 0.5f, 0, -1, 3);

        protected override IDataView CreateDataOfWrongType(MLContext context) => MemoryView.Copy(CreateData(context)).Without("A").Add("A", 1, 2, 3, 4);
    }

    public sealed class ClassContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["A", "B", "Label"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.BlendPredictions(["A", "B"], [1, 2], "Label");

        protected override IDataView CreateData(MLContext context) => Classes();

        protected override IDataView CreateDataOfWrongType(MLContext context) => MemoryView.Copy(CreateData(context)).Without("A").AddText("A", "a", "b", "c", "d");
    }
}
