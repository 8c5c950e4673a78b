using MLPipelines.Testing;

namespace MLPipelines.Tests.Transforms;

public sealed class RobustScalingTests
{
    private const float NaN = float.NaN;

    private readonly MLContext _context = new(seed: 1);

    private static readonly float[][] Rows = [[1f, 10, 0], [2, -5, 0], [4, 3, 7], [100, 8, 0], [3, NaN, 0]];

    private static void AssertRows(float[][] expected, IDataView actual)
    {
        float[][] rows = ViewContents.Vectors<float>(actual, "Features");
        for (int row = 0; row < rows.Length; row++)
            for (int slot = 0; slot < rows[row].Length; slot++) Assert.Equal(expected[row][slot], rows[row][slot], 2e-6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Quantiles_agree_with_scikit_learn_dense_and_sparse(bool isSparse)
    {
        // python3: sklearn.preprocessing.RobustScaler().fit_transform(rows), and with_centering=False, quantile_range=(10, 80)
        MemoryView data = isSparse ? new MemoryView().AddSparse("Features", Rows) : new MemoryView().AddVectors("Features", Rows);
        AssertRows([[-1, 0.6f, 0], [-0.5f, -1.4f, 0], [0.5f, -0.33333333f, 7], [48.5f, 0.33333333f, 0], [0, NaN, 0]],
            _context.Transforms.NormalizeRobustScaling("Features").Fit(data).Transform(data));
        AssertRows([[0.04587156f, 0.87719298f, 0], [0.09174312f, -0.43859649f, 0], [0.18348624f, 0.26315789f, 5], [4.58715596f, 0.70175439f, 0], [0.13761468f, NaN, 0]],
            _context.Transforms.NormalizeRobustScaling("Features", centerData: false, quantileMin: 10, quantileMax: 80).Fit(data).Transform(data));
    }

    // python3 -c "import numpy as np; print([np.quantile([4,1,1,9,2.5,-3],q) for q in (0,.1,.25,.5,.75,1)])"
    [Theory]
    [InlineData(0, -3)]
    [InlineData(0.1, -1)]
    [InlineData(0.25, 1)]
    [InlineData(0.5, 1.75)]
    [InlineData(0.75, 3.625)]
    [InlineData(1, 9)]
    public void Quantiles_are_those_of_NumPy(double share, double expected) =>
        Assert.Equal(expected, MLPipelines.ValueCounts.Of([4, 1, 1, 9, 2.5, -3]).Quantile(share), 1e-12);

    [Fact]
    public void Quantiles_that_cross_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.NormalizeRobustScaling("Features", quantileMin: 75, quantileMax: 25));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.NormalizeRobustScaling("Features", quantileMax: 101));
    }

    public sealed class RobustContract() : NormalizeTests.ContractOf((catalog, columns) => catalog.NormalizeRobustScaling(columns));

    public sealed class RobustUncenteredContract() : NormalizeTests.ContractOf((catalog, columns) => catalog.NormalizeRobustScaling(columns, centerData: false));
}
