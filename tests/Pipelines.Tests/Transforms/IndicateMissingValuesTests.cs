using MLPipelines.Testing;

namespace MLPipelines.Tests.Transforms;

public sealed class IndicateMissingValuesTests
{
    [Fact]
    public void NaN_is_missing_and_infinity_is_not()
    {
        // The data of ML.NET's sample IndicateMissingValuesMultiColumn.cs.
        var data = new MemoryView().AddVectors("F1", [[1, 1, 0], [0, float.NaN, 1], [-1, float.NaN, -3]], ["a", "b", "c"]).Add("F2", double.NaN, 1, double.PositiveInfinity);
        IDataView result = new MLContext().Transforms.IndicateMissingValues([new("M1", "F1"), new("M2", "F2")]).Fit(data).Transform(data);
        Assert.Equal([[false, false, false], [false, true, false], [false, true, false]], ViewContents.Vectors<bool>(result, "M1"));
        Assert.Equal([true, false, false], ViewContents.Values<bool>(result, "M2"));
        Assert.Equal(["a", "b", "c"], ViewContents.SlotNames(result, "M1"));
    }

    public sealed class Contract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Size", "Dense", "Sparse"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.IndicateMissingValues([new("Size"), new("D", "Dense"), new("Sparse")]);

        protected override IDataView CreateData(MLContext context) => new MemoryView().Add("Size", 1.0, double.NaN, 3)
            .AddVectors("Dense", [[1f, 2], [float.NaN, 4], [5, 2]], ["a", "b"]).AddSparse("Sparse", [[0f, 0, 1], [0, float.NaN, 0], [0, 0, 0]]);

        protected override IDataView CreateDataOfWrongType(MLContext context) => MemoryView.Copy(CreateData(context)).Without("Size").Add("Size", 1, 2, 3);
    }
}
