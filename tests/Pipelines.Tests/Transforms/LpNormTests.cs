using MLPipelines.Data;
using MLPipelines.Transforms;
using NormFunction = MLPipelines.Transforms.LpNormNormalizingEstimatorBase.NormFunction;

namespace MLPipelines.Tests.Transforms;

public class LpNormTests
{
    private static readonly MLContext ML = new(seed: 1);

    private sealed class Point
    {
        [VectorType(4)] public float[]? Features { get; set; }
    }

    private sealed class SparsePoint
    {
        [VectorType(4)] public VBuffer<float> Features { get; set; }
    }

    private static float[] Normalize(float[] features, NormFunction norm, bool ensureZeroMean)
    {
        IDataView view = ML.Data.LoadFromEnumerable([new Point { Features = features }]);
        return Text.TextRows.Features(ML.Transforms.NormalizeLpNorm("Features", norm: norm, ensureZeroMean: ensureZeroMean).Fit(view).Transform(view), "Features")[0];
    }

    // ML.NET docs/samples/Microsoft.ML.Samples/Dynamic/Transforms/NormalizeLpNorm.cs
    [Theory]
    [InlineData(new float[] { 1, 1, 0, 0 }, new[] { 0.25f, 0.25f, -0.25f, -0.25f })]
    [InlineData(new float[] { 2, 2, 0, 0 }, new[] { 0.25f, 0.25f, -0.25f, -0.25f })]
    [InlineData(new float[] { 1, 0, 1, 0 }, new[] { 0.25f, -0.25f, 0.25f, -0.25f })]
    [InlineData(new float[] { 0, 1, 0, 1 }, new[] { -0.25f, 0.25f, -0.25f, 0.25f })]
    public void The_sample_of_ML_NET_gives_its_printed_output(float[] features, float[] expected) => Assert.Equal(expected, Normalize(features, NormFunction.L1, ensureZeroMean: true));

    // python3 -c "import numpy as np; x=np.array([3,0,-4,0.]); print(x/np.linalg.norm(x), x/np.abs(x).sum(), x/np.abs(x).max(), x/x.std(), (x-x.mean())/x.std())"
    [Theory]
    [InlineData(NormFunction.L2, false, new[] { 0.6f, 0, -0.8f, 0 })]
    [InlineData(NormFunction.L1, false, new[] { 0.42857143f, 0, -0.5714286f, 0 })]
    [InlineData(NormFunction.Infinity, false, new[] { 0.75f, 0, -1, 0 })]
    [InlineData(NormFunction.StandardDeviation, false, new[] { 1.20604538f, 0, -1.60806051f, 0 })]
    [InlineData(NormFunction.StandardDeviation, true, new[] { 1.30654916f, 0.10050378f, -1.50755672f, 0.10050378f })]
    public void Norms_agree_with_NumPy_dense_and_sparse(NormFunction norm, bool ensureZeroMean, float[] expected)
    {
        Assert.Equal(expected, Normalize([3, 0, -4, 0], norm, ensureZeroMean), (a, b) => Math.Abs(a - b) < 1e-6f);
        IDataView view = ML.Data.LoadFromEnumerable([new SparsePoint { Features = new VBuffer<float>(4, 2, [3, -4], [0, 2]) }]);
        float[] sparse = Text.TextRows.Features(ML.Transforms.NormalizeLpNorm("Features", norm: norm, ensureZeroMean: ensureZeroMean).Fit(view).Transform(view), "Features")[0];
        Assert.Equal(expected, sparse, (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void A_row_of_zeros_stays() => Assert.Equal(new float[4], Normalize(new float[4], NormFunction.L2, ensureZeroMean: false));

    // python3 -c "import numpy as np; x=np.array([3,0,-4,0.]); y=x-x.mean(); print(2*x/np.linalg.norm(x), 2*y/np.linalg.norm(y), 2*x/x.std(), 2*y/y.std())"
    [Theory]
    [InlineData(false, false, new[] { 1.2f, 0, -1.6f, 0 })]
    [InlineData(true, false, new[] { 1.30654916f, 0.10050378f, -1.50755672f, 0.10050378f })]
    [InlineData(false, true, new[] { 2.41209076f, 0, -3.21612101f, 0 })]
    [InlineData(true, true, new[] { 2.61309832f, 0.20100756f, -3.01511345f, 0.20100756f })]
    public void Global_contrast_brings_the_norm_or_deviation_to_the_scale(bool ensureZeroMean, bool ensureUnitStandardDeviation, float[] expected)
    {
        IDataView view = ML.Data.LoadFromEnumerable([new Point { Features = [3, 0, -4, 0] }]);
        var estimator = ML.Transforms.NormalizeGlobalContrast("Features", null, ensureZeroMean, ensureUnitStandardDeviation, scale: 2);
        Assert.Equal(expected, Text.TextRows.Features(estimator.Fit(view).Transform(view), "Features")[0], (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Throws<ArgumentOutOfRangeException>(() => ML.Transforms.NormalizeGlobalContrast("Features", scale: 0));
    }
}
