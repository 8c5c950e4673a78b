using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms;
using static MLPipelines.Transforms.MissingValueReplacingEstimator;

namespace MLPipelines.Tests.Transforms;

public sealed class ReplaceMissingValuesTests
{
    private const float NaN = float.NaN;

    private readonly MLContext _context = new(seed: 1);

    // The data of ML.NET's sample ReplaceMissingValues.cs.
    private static MemoryView Sample() => new MemoryView().AddVectors("Features", [[float.PositiveInfinity, 1, 0], [0, NaN, 1], [-1, 2, -3], [-1, NaN, -3]]);

    private float[][] Replace(MemoryView data, ReplacementMode mode, bool imputeBySlot = true) =>
        ViewContents.Vectors<float>(_context.Transforms.ReplaceMissingValues("Replaced", "Features", mode, imputeBySlot).Fit(data).Transform(data), "Replaced");

    [Fact]
    public void Missing_values_become_zero_by_default() =>
        Assert.Equal([[float.PositiveInfinity, 1, 0], [0, 0, 1], [-1, 2, -3], [-1, 0, -3]], Replace(Sample(), ReplacementMode.DefaultValue));

    [Fact]
    public void Missing_values_become_the_mean_of_their_slot() =>
        Assert.Equal([[float.PositiveInfinity, 1, 0], [0, 1.5f, 1], [-1, 2, -3], [-1, 1.5f, -3]], Replace(Sample(), ReplacementMode.Mean));

    // By hand: slot 0 has 1 4 4, slot 1 has -2 6, slot 2 has nothing.
    [Theory]
    [InlineData(ReplacementMode.Minimum, true, 1f, -2f, 0f)]
    [InlineData(ReplacementMode.Maximum, true, 4f, 6f, 0f)]
    [InlineData(ReplacementMode.Mean, true, 3f, 2f, 0f)]
    [InlineData(ReplacementMode.Mode, true, 4f, -2f, 0f)]
    [InlineData(ReplacementMode.Minimum, false, -2f, -2f, -2f)]
    [InlineData(ReplacementMode.Maximum, false, 6f, 6f, 6f)]
    [InlineData(ReplacementMode.Mean, false, 2.6f, 2.6f, 2.6f)]
    [InlineData(ReplacementMode.Mode, false, 4f, 4f, 4f)]
    public void Each_mode_gives_its_number(ReplacementMode mode, bool imputeBySlot, float first, float second, float third)
    {
        var data = new MemoryView().AddVectors("Features", [[1f, -2, NaN], [4, 6, NaN], [4, NaN, NaN], [NaN, NaN, NaN]]);
        Assert.Equal([first, second, third], Replace(data, mode, imputeBySlot)[3]);
    }

    // python3 -c "import numpy as np; print([np.nanmedian(x) for x in ([1,4,4],[-2,6],[7,0,0,1],[1,4,4,-2,6,7,0,0,1])])"
    [Fact]
    public void Missing_values_become_the_median_with_the_zeros_of_sparse_rows()
    {
        float[][] rows = [[1f, -2, 7], [4, 6, 0], [4, NaN, 0], [NaN, NaN, 1]];
        foreach (MemoryView data in new[] { new MemoryView().AddVectors("Features", rows), new MemoryView().AddSparse("Features", rows) })
        {
            Assert.Equal([4, 2, 1], Replace(data, ReplacementMode.Median)[3]);
            Assert.Equal([1, 1, 1], Replace(data, ReplacementMode.Median, imputeBySlot: false)[3]);
        }
    }

    [Fact]
    public void Sparse_rows_stay_sparse_and_their_zeros_count()
    {
        var data = new MemoryView().AddSparse("Features", [[0f, 6], [NaN, 0], [3, 0], [0, NaN]]);
        var view = BatchView.Of(_context.Transforms.ReplaceMissingValues("Features", replacementMode: ReplacementMode.Mean).Fit(data).Transform(data));
        var result = (VectorColumn<float>)view.ReadColumns(view.Schema["Features"].Index)[0];
        Assert.False(result.IsDense);
        Assert.Equal([6f, 1, 3, 2], result.Values.ToArray());
    }

    [Fact]
    public void Scalars_of_double_precision_are_replaced_too()
    {
        var data = new MemoryView().Add("Size", 1.0, double.NaN, 3).Add("Rooms", 4f, NaN, 5);
        IDataView result = _context.Transforms.ReplaceMissingValues([new("Size"), new("Rooms")], ReplacementMode.Mean).Fit(data).Transform(data);
        Assert.Equal([1.0, 2, 3], ViewContents.Values<double>(result, "Size"));
        Assert.Equal([4f, 4.5f, 5], ViewContents.Values<float>(result, "Rooms"));
    }

    public abstract class ContractOf(ReplacementMode mode, bool imputeBySlot = true) : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Size", "Dense", "Sparse"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.Transforms.ReplaceMissingValues([new("Size"), new("D", "Dense"), new("Sparse")], mode, imputeBySlot);

        protected override IDataView CreateData(MLContext context) => new MemoryView().Add("Size", 1.0, double.NaN, 3, 3)
            .AddVectors("Dense", [[1f, 2], [NaN, 4], [NaN, NaN], [5, 2]], ["a", "b"]).AddSparse("Sparse", [[0f, 0, 1], [0, NaN, 0], [0, 2, 0], [0, 0, 0]]);

        protected override IDataView CreateDataOfWrongType(MLContext context) => MemoryView.Copy(CreateData(context)).Without("Size").Add("Size", 1, 2, 3, 4);
    }

    public sealed class DefaultContract() : ContractOf(ReplacementMode.DefaultValue);

    public sealed class MeanContract() : ContractOf(ReplacementMode.Mean);

    public sealed class MaximumContract() : ContractOf(ReplacementMode.Maximum, imputeBySlot: false);

    public sealed class ModeContract() : ContractOf(ReplacementMode.Mode);

    public sealed class MedianContract() : ContractOf(ReplacementMode.Median);
}
