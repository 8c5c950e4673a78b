using System.Collections.Immutable;
using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms;

namespace MLPipelines.Tests.Transforms;

public sealed class LogMeanVarianceTests
{
    private readonly MLContext _context = new(seed: 1);

    // The data of ML.NET's samples NormalizeLogMeanVariance.cs and NormalizeLogMeanVarianceFixZero.cs.
    private static MemoryView Sample() => new MemoryView().AddVectors("Features",
        [[1f, 1, 3, 0, float.MaxValue], [2, 2, 2, 0, float.MinValue], [0, 0, 1, 0, 0], [-1, -1, -1, 1, 1]]);

    private static void AssertRows(float[][] expected, IDataView actual, double tolerance = 5e-5)
    {
        float[][] rows = ViewContents.Vectors<float>(actual, "Features");
        for (int row = 0; row < rows.Length; row++)
            for (int slot = 0; slot < rows[row].Length; slot++)
                Assert.Equal(expected[row][slot], rows[row][slot], Math.Max(tolerance, 1e-6 * Math.Abs(expected[row][slot])));
    }

    [Fact]
    public void The_distribution_is_that_of_the_logarithms()
    {
        MemoryView data = Sample();
        // python3: scipy.stats.norm.cdf((log(x) - mean) / std) over the positive numbers of each slot; 0 for the others.
        AssertRows([[0.15865525f, 0.15865525f, 0.86548106f, 0, 0.84134475f], [0.84134475f, 0.84134475f, 0.58371438f, 0, 0],
                [0, 0, 0.09397195f, 0, 0], [0, 0, 0, 0, 0.15865525f]],
            _context.Transforms.NormalizeLogMeanVariance("Features").Fit(data).Transform(data), 1e-6);
    }

    [Fact]
    public void Without_the_distribution_the_samples_print_what_comes()
    {
        MemoryView data = Sample();
        AssertRows([[1.8854f, 1.8854f, 5.2970f, 0, 7.670682e36f], [4.7708f, 4.7708f, 3.0925f, 0, -7.670682e36f],
                [-1, -1, 0.8879f, 0, -1], [-3.8854f, -3.8854f, -3.5213f, 0, -0.9775f]],
            _context.Transforms.NormalizeLogMeanVariance("Features", useCdf: false).Fit(data).Transform(data));
        AssertRows([[2.0403f, 2.0403f, 4.0001f, 0, 5.423991e36f], [4.0806f, 4.0806f, 2.6667f, 0, -5.423991e36f],
                [0, 0, 1.3334f, 0, 0], [-2.0403f, -2.0403f, -1.3334f, 0, 0.0159f]],
            _context.Transforms.NormalizeLogMeanVariance("Features", fixZero: true, useCdf: false).Fit(data).Transform(data));
    }

    [Fact]
    public void What_was_learned_can_be_read()
    {
        // As the sample prints it: ERF((Math.Log(x) - 0.3465736) / (0.3465736 * sqrt(2))) and (x - 0.3465736) * 2.88539.
        MemoryView data = Sample();
        var distribution = (NormalizingTransformer.CdfNormalizerModelParameters<ImmutableArray<float>>)
            _context.Transforms.NormalizeLogMeanVariance("Features").Fit(data).GetNormalizerModelParameters(0);
        Assert.Equal((0.3465736f, 0.3465736f, true), (distribution.Mean[1], distribution.StandardDeviation[1], distribution.UseLog));
        var affine = (NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>>)
            _context.Transforms.NormalizeLogMeanVariance("Features", useCdf: false).Fit(data).GetNormalizerModelParameters(0);
        Assert.Equal((0.3465736f, 2.88539f), (affine.Offset[1], affine.Scale[1]));
    }

    [Fact]
    public void Sparse_rows_stay_sparse_and_their_zeros_do_not_count()
    {
        float[][] rows = [[0f, 4, 0], [2, 0, 0], [8, -8, 0], [0, 1, 3]];
        MemoryView sparse = new MemoryView().AddSparse("Features", rows), dense = new MemoryView().AddVectors("Features", rows);
        var estimator = _context.Transforms.NormalizeLogMeanVariance("Features");
        var view = BatchView.Of(estimator.Fit(sparse).Transform(sparse));
        Assert.False(((VectorColumn<float>)view.ReadColumns(view.Schema["Features"].Index)[0]).IsDense);
        AssertRows(ViewContents.Vectors<float>(estimator.Fit(dense).Transform(dense), "Features"), view, 0);
    }

    public sealed class LogDistributionContract() : NormalizeTests.ContractOf((catalog, columns) => catalog.NormalizeLogMeanVariance(columns));

    public sealed class LogFixedContract() : NormalizeTests.ContractOf((catalog, columns) => catalog.NormalizeLogMeanVariance(columns, fixZero: true, useCdf: false));
}
