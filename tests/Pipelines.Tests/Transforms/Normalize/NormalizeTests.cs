using System.Collections.Immutable;
using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms;

namespace MLPipelines.Tests.Transforms;

public sealed class NormalizeTests
{
    private readonly MLContext _context = new(seed: 1);

    // The data of ML.NET's samples NormalizeMinMax.cs and NormalizeMeanVariance.cs; what they print is expected below.
    private static MemoryView Sample() => new MemoryView().AddVectors("Features", [[1f, 1, 3, 0], [2, 2, 2, 0], [0, 0, 1, 0], [-1, -1, -1, 1]]);

    private static void AssertRows(float[][] expected, IDataView actual)
    {
        float[][] rows = ViewContents.Vectors<float>(actual, "Features");
        Assert.Equal(expected.Length, rows.Length);
        for (int row = 0; row < rows.Length; row++)
            for (int slot = 0; slot < rows[row].Length; slot++) Assert.Equal(expected[row][slot], rows[row][slot], 5e-5);
    }

    [Fact]
    public void Minimum_and_maximum_become_zero_and_one()
    {
        MemoryView data = Sample();
        AssertRows([[0.6667f, 0.6667f, 1, 0], [1, 1, 0.75f, 0], [0.3333f, 0.3333f, 0.5f, 0], [0, 0, 0, 1]],
            _context.Transforms.NormalizeMinMax("Features", fixZero: false).Fit(data).Transform(data));
    }

    [Fact]
    public void Zero_stays_zero_when_it_is_fixed()
    {
        MemoryView data = Sample();
        AssertRows([[0.5f, 0.5f, 1, 0], [1, 1, 0.6667f, 0], [0, 0, 0.3333f, 0], [-0.5f, -0.5f, -0.3333f, 1]],
            _context.Transforms.NormalizeMinMax("Features").Fit(data).Transform(data));
    }

    [Fact]
    public void The_deviation_becomes_one()
    {
        MemoryView data = Sample();
        AssertRows([[0.8165f, 0.8165f, 1.5492f, 0], [1.6330f, 1.6330f, 1.0328f, 0], [0, 0, 0.5164f, 0], [-0.8165f, -0.8165f, -0.5164f, 2]],
            _context.Transforms.NormalizeMeanVariance("Features").Fit(data).Transform(data));
        // python3 -c "from sklearn.preprocessing import StandardScaler as S; print(S().fit_transform([[1,1,3,0],[2,2,2,0],[0,0,1,0],[-1,-1,-1,1]]))"
        AssertRows([[0.44721360f, 0.44721360f, 1.18321596f, -0.57735027f], [1.34164079f, 1.34164079f, 0.50709255f, -0.57735027f],
                [-0.44721360f, -0.44721360f, -0.16903085f, -0.57735027f], [-1.34164079f, -1.34164079f, -1.52127766f, 1.73205081f]],
            _context.Transforms.NormalizeMeanVariance("Features", fixZero: false).Fit(data).Transform(data));
    }

    [Fact]
    public void The_distribution_function_gives_shares()
    {
        MemoryView data = Sample();
        // python3: scipy.stats.norm.cdf(StandardScaler().fit_transform(...)) of the same numbers; the sample prints them cut to four digits.
        AssertRows([[0.67264f, 0.67264f, 0.881638f, 0.281851f], [0.910144f, 0.910144f, 0.693955f, 0.281851f],
                [0.32736f, 0.32736f, 0.432886f, 0.281851f], [0.089856f, 0.089856f, 0.064095f, 0.958368f]],
            _context.Transforms.NormalizeMeanVariance("Features", useCdf: true).Fit(data).Transform(data));
    }

    // python3 -c "from scipy.stats import norm; print([norm.cdf(x) for x in (-9,-5,-1.96,-0.1,0,0.1,1,3,6,9)])"
    [Theory]
    [InlineData(-9, 1.1285884059538405e-19)]
    [InlineData(-5, 2.866515718791939e-07)]
    [InlineData(-1.96, 0.024997895148220435)]
    [InlineData(-0.1, 0.460172162722971)]
    [InlineData(0, 0.5)]
    [InlineData(0.1, 0.539827837277029)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(3, 0.9986501019683699)]
    [InlineData(6, 0.9999999990134123)]
    [InlineData(9, 1)]
    public void The_normal_distribution_is_right_to_fourteen_digits(double x, double expected) =>
        Assert.Equal(expected, NormalDistribution.Cumulative(x), 1e-14);

    [Fact]
    public void Sparse_rows_stay_sparse_with_a_fixed_zero_and_their_zeros_count()
    {
        float[][] rows = [[0f, 4, 0], [2, 0, 0], [0, -8, 0], [0, 0, 0]];
        foreach (bool fixZero in new[] { true, false })
        {
            foreach (var estimator in new[] { _context.Transforms.NormalizeMinMax("Features", fixZero: fixZero), _context.Transforms.NormalizeMeanVariance("Features", fixZero: fixZero) })
            {
                MemoryView sparse = new MemoryView().AddSparse("Features", rows), dense = new MemoryView().AddVectors("Features", rows);
                var view = BatchView.Of(estimator.Fit(sparse).Transform(sparse));
                Assert.Equal(fixZero, !((VectorColumn<float>)view.ReadColumns(view.Schema["Features"].Index)[0]).IsDense);
                AssertRows(ViewContents.Vectors<float>(estimator.Fit(dense).Transform(dense), "Features"), view);
            }
        }
    }

    [Fact]
    public void Constant_slots_become_zero()
    {
        var data = new MemoryView().AddVectors("Features", [[5f, 0.1f], [5, 0.1f], [5, 0.1f]]).Add("Empty", float.NaN, float.NaN, float.NaN);
        foreach (bool flag in new[] { true, false })
        {
            var chain = _context.Transforms.NormalizeMinMax("A", "Features", fixZero: flag).Append(_context.Transforms.NormalizeMeanVariance("B", "Features", fixZero: flag))
                .Append(_context.Transforms.NormalizeMeanVariance("C", "Features", useCdf: flag)).Append(_context.Transforms.NormalizeMinMax("D", "Empty"));
            ITransformer transformer = chain.Fit(data);
            var other = new MemoryView().AddVectors("Features", [[7f, -3]]).Add("Empty", 9f);
            foreach (string name in new[] { "A", "B", "C" }) Assert.Equal([[0f, 0]], ViewContents.Vectors<float>(transformer.Transform(other), name));
            Assert.Equal([0f], ViewContents.Values<float>(transformer.Transform(other), "D"));
        }
    }

    [Fact]
    public void Missing_numbers_are_not_learned_from_and_stay_missing()
    {
        var data = new MemoryView().Add("Size", 1.0, double.NaN, 3, double.PositiveInfinity);
        IDataView result = _context.Transforms.NormalizeMinMax("Size", fixZero: false).Fit(data).Transform(data);
        Assert.Equal([0, double.NaN, 1, double.PositiveInfinity], ViewContents.Values<double>(result, "Size"));
    }

    [Fact]
    public void What_was_learned_can_be_read()
    {
        // As ML.NET's samples print it: (x - (-1)) * 0.3333333, and ERF((x - 0.5) / (1.118034 * sqrt(2))).
        MemoryView data = Sample();
        var affine = (NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>>)
            _context.Transforms.NormalizeMinMax("Features", fixZero: false).Fit(data).GetNormalizerModelParameters(0);
        Assert.Equal((1 / 3f, -1f), (affine.Scale[1], affine.Offset[1]));
        var distribution = (NormalizingTransformer.CdfNormalizerModelParameters<ImmutableArray<float>>)
            _context.Transforms.NormalizeMeanVariance("Features", useCdf: true).Fit(data).GetNormalizerModelParameters(0);
        Assert.Equal((0.5f, 1.118034f), (distribution.Mean[1], distribution.StandardDeviation[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.NormalizeMinMax("Features").Fit(data).GetNormalizerModelParameters(1));
    }

    [Fact]
    public void Only_the_first_rows_are_learned_from_when_asked()
    {
        var data = new MemoryView(batchSize: 2).Add("Size", 1f, 2, 4, 100);
        IDataView result = _context.Transforms.NormalizeMinMax("Size", maximumExampleCount: 3).Fit(data).Transform(data);
        Assert.Equal([0.25f, 0.5f, 1, 25], ViewContents.Values<float>(result, "Size"));
    }

    public abstract class ContractOf(Func<TransformsCatalog, InputOutputColumnPair[], IEstimator<ITransformer>> create) : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Size", "Dense", "Sparse"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => create(context.Transforms, [new("S", "Size"), new("Dense"), new("Sparse")]);

        protected override IDataView CreateData(MLContext context) => new MemoryView().Add("Size", 1.0, 2, 3, 3)
            .AddVectors("Dense", [[1f, 2], [9, 4], [3, 8], [5, 2]], ["a", "b"]).AddSparse("Sparse", [[0f, 0, 1], [0, 7, 0], [0, 2, 0], [0, 0, 0]]);

        protected override IDataView CreateDataOfWrongType(MLContext context) => MemoryView.Copy(CreateData(context)).Without("Size").Add("Size", 1, 2, 3, 4);
    }

    public sealed class MinMaxContract() : ContractOf((catalog, columns) => catalog.NormalizeMinMax(columns));

    public sealed class MinMaxMovedContract() : ContractOf((catalog, columns) => catalog.NormalizeMinMax(columns, fixZero: false));

    public sealed class MeanVarianceContract() : ContractOf((catalog, columns) => catalog.NormalizeMeanVariance(columns));

    public sealed class DistributionContract() : ContractOf((catalog, columns) => catalog.NormalizeMeanVariance(columns, useCdf: true));
}
