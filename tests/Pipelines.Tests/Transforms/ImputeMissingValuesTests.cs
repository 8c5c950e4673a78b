using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Transforms;

public sealed class ImputeMissingValuesTests
{
    private const double NaN = double.NaN;

    private readonly MLContext _context = new(seed: 1);

    private static readonly double[][] Rows =
        [[1, 2.1, 30, 4], [2, NaN, 62, 7], [3, 6.2, NaN, 9.5], [NaN, 8.1, 118, 13], [5, 9.8, 149, NaN], [6, 12.2, NaN, 19], [7, NaN, 212, 22], [8, 16.1, 239, 24.5]];

    private static readonly double[][] Others = [[NaN, NaN, 100, NaN], [4, NaN, NaN, 12], [NaN, NaN, NaN, NaN]];

    // /usr/bin/python3: s = StandardScaler().fit(X); i = IterativeImputer(estimator=Ridge(alpha=a), max_iter=n, tol=1e-3);
    // s.inverse_transform(i.fit_transform(s.transform(X)))[isnan(X)], and s.inverse_transform(i.transform(s.transform(others)))
    [Theory]
    [InlineData(1.0, 10, new[] { 4.485906843077636, 91.28486123238582, 4.014730637204751, 15.552050103933732, 179.42186652630983, 13.883289150137935 },
        new[] { 3.624222395375887, 7.2657353668066555, 100.0, 11.60965758316189, 4.0, 7.938193413945106, 117.24333210461558, 12.0,
            4.501841329650594, 9.108649499151946, 135.08834096983693, 14.319006262991715 })]
    [InlineData(0.01, 3, new[] { 4.187400416254094, 89.5164389242547, 3.9837749654777643, 15.620318152823408, 181.20217601719187, 14.194060001954528 },
        new[] { 3.608465547183128, 7.096362699188978, 100.0, 11.498696146465841, 4.0, 7.858873015084618, 116.31454624145341, 12.0,
            4.4979718706847205, 9.110182552276077, 135.0898268676808, 14.327539769102925 })]
    public void Filled_numbers_are_those_of_scikit_learn(double l2Regularization, int maximumIterations, double[] expected, double[] expectedOfOthers)
    {
        MemoryView data = new MemoryView(batchSize: 3).AddVectors("Features", Rows), others = new MemoryView().AddVectors("Features", Others);
        var transformer = _context.Transforms.ImputeMissingValues("Features", l2Regularization: l2Regularization, maximumIterations: maximumIterations).Fit(data);
        double[][] filled = ViewContents.Vectors<double>(transformer.Transform(data), "Features");
        double[] atMissing = [.. Rows.SelectMany((row, i) => row.Select((value, slot) => (value, filled: filled[i][slot]))).Where(pair => double.IsNaN(pair.value)).Select(pair => pair.filled)];
        // Listed row by row above, slot by slot there.
        Assert.Equal(expected.Order().Select(value => Math.Round(value, 9)), atMissing.Order().Select(value => Math.Round(value, 9)));
        double[] filledOthers = [.. ViewContents.Vectors<double>(transformer.Transform(others), "Features").SelectMany(row => row)];
        for (int i = 0; i < expectedOfOthers.Length; i++) Assert.Equal(expectedOfOthers[i], filledOthers[i], 1e-9);
    }

    [Fact]
    public void What_is_there_stays_and_units_do_not_matter()
    {
        float[][] small = [.. Rows.Select(row => row.Select((value, slot) => (float)(slot == 2 ? value * 1e-6 : value)).ToArray())];
        MemoryView data = new MemoryView().AddVectors("Features", Rows), scaled = new MemoryView().AddVectors("Features", small);
        double[][] expected = ViewContents.Vectors<double>(_context.Transforms.ImputeMissingValues("Features").Fit(data).Transform(data), "Features");
        float[][] actual = ViewContents.Vectors<float>(_context.Transforms.ImputeMissingValues("Features").Fit(scaled).Transform(scaled), "Features");
        for (int row = 0; row < Rows.Length; row++)
        {
            for (int slot = 0; slot < 4; slot++)
            {
                if (!double.IsNaN(Rows[row][slot])) Assert.Equal(Rows[row][slot], expected[row][slot]);
                Assert.Equal(expected[row][slot], actual[row][slot] * (slot == 2 ? 1e6 : 1), 2e-5 * expected[row][slot]);
            }
        }
    }

    [Fact]
    public void Slots_that_say_nothing_are_filled_with_what_is_known_of_them()
    {
        var data = new MemoryView().AddVectors("Features", [[5.0, NaN, 1, double.PositiveInfinity], [5, NaN, 2, 3], [NaN, NaN, NaN, 4], [5, NaN, 4, NaN]]);
        double[][] filled = ViewContents.Vectors<double>(_context.Transforms.ImputeMissingValues("Features").Fit(data).Transform(data), "Features");
        Assert.Equal((5, 0, double.PositiveInfinity), (filled[2][0], filled[2][1], filled[0][3]));
        Assert.All(filled.SelectMany(row => row), value => Assert.False(double.IsNaN(value)));
    }

    [Fact]
    public void Sparse_rows_stay_sparse_and_their_zeros_stay()
    {
        double[][] rows = [[1, 0, 2], [2, 0, 4], [0, 0, 0], [3, 1, NaN], [4, 0, 8]];
        MemoryView sparse = new MemoryView().AddSparse("Features", rows), dense = new MemoryView().AddVectors("Features", rows);
        var estimator = _context.Transforms.ImputeMissingValues("Features", l2Regularization: 0.01);
        var view = BatchView.Of(estimator.Fit(sparse).Transform(sparse));
        Assert.False(((VectorColumn<double>)view.ReadColumns(view.Schema["Features"].Index)[0]).IsDense);
        Assert.Equal(ViewContents.Vectors<double>(estimator.Fit(dense).Transform(dense), "Features"), ViewContents.Vectors<double>(view, "Features"));
    }

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.ImputeMissingValues("Features", l2Regularization: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.ImputeMissingValues("Features", maximumIterations: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.ImputeMissingValues("Features", tolerance: NaN));
    }

    public class Contract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Features"];

        protected override bool IsTrainer => true;

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.ImputeMissingValues("Filled", "Features");

        protected override IDataView CreateData(MLContext context) => new MemoryView().AddVectors("Features", Rows, ["a", "b", "c", "d"]);

        protected override IDataView CreateDataOfWrongType(MLContext context) => new MemoryView().Add("Features", 1f, 2, 3);
    }

    public sealed class SparseContract : Contract
    {
        protected override IDataView CreateData(MLContext context) => new MemoryView().AddSparse("Features", [[1f, 0, 2], [2, 0, float.NaN], [0, 0, 0], [3, 1, float.NaN]]);
    }
}
