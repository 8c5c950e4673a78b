using System.Collections.Immutable;
using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms;
using static MLPipelines.Transforms.NormalizingTransformer;

namespace MLPipelines.Tests.Transforms;

public sealed class BinningTests
{
    private const float Infinity = float.PositiveInfinity;

    private readonly MLContext _context = new(seed: 1);

    // The data of ML.NET's samples NormalizeBinning.cs and WithOnFitDelegate.cs.
    private static MemoryView Sample() => new MemoryView().AddVectors("Features", [[8f, 1, 3, 0], [6, 2, 2, 0], [4, 0, 1, 0], [2, -1, -1, 1]]);

    // The data of ML.NET's sample NormalizeSupervisedBinning.cs.
    private static MemoryView Labelled() => new MemoryView().AddKeys("Bin", [1, 2, 2, 3, 3], "Bin1", "Bin2", "Bin3")
        .AddVectors("Features", [[8f, 1, 3, 0], [6, 2, 2, 1], [5, 3, 0, 2], [4, -8, 1, 3], [2, -5, -1, 4]]);

    private static void AssertRows(float[][] expected, IDataView actual)
    {
        float[][] rows = ViewContents.Vectors<float>(actual, "Features");
        for (int row = 0; row < rows.Length; row++)
            for (int slot = 0; slot < rows[row].Length; slot++) Assert.Equal(expected[row][slot], rows[row][slot], 5e-5);
    }

    [Fact]
    public void Bins_are_spread_evenly()
    {
        MemoryView data = Sample();
        AssertRows([[1, 0.6667f, 1, 0], [0.6667f, 1, 0.6667f, 0], [0.3333f, 0.3333f, 0.3333f, 0], [0, 0, 0, 1]],
            _context.Transforms.NormalizeBinning("Features", maximumBinCount: 4, fixZero: false).Fit(data).Transform(data));
        AssertRows([[1, 0.3333f, 1, 0], [0.6667f, 0.6667f, 0.6667f, 0], [0.3333f, 0, 0.3333f, 0], [0, -0.3333f, 0, 1]],
            _context.Transforms.NormalizeBinning("Features", maximumBinCount: 4).Fit(data).Transform(data));
    }

    [Fact]
    public void What_was_learned_can_be_read()
    {
        // As the samples print it.
        MemoryView data = Sample();
        var four = (BinNormalizerModelParameters<ImmutableArray<float>>)
            _context.Transforms.NormalizeBinning("Features", maximumBinCount: 4).Fit(data).GetNormalizerModelParameters(0);
        Assert.Equal([-0.5f, 0.5f, 1.5f, Infinity], four.UpperBounds[1].ToArray());
        Assert.Equal((3f, 1 / 3f), (four.Density[1], four.Offset[1]));
        var three = (BinNormalizerModelParameters<ImmutableArray<float>>)
            _context.Transforms.NormalizeBinning("Features", maximumBinCount: 3).Fit(data).GetNormalizerModelParameters(0);
        Assert.Equal([[3, 7, Infinity], [-0.5f, 1.5f, Infinity], [0, 2.5f, Infinity], [0.5f, Infinity]], three.UpperBounds.Select(bounds => bounds.ToArray()));
        Assert.Equal([2f, 2, 2, 1], three.Density.ToArray());
    }

    [Fact]
    public void Bins_that_tell_the_label_apart_are_those_of_the_sample()
    {
        MemoryView data = Labelled();
        var moved = _context.Transforms.NormalizeSupervisedBinning("Features", labelColumnName: "Bin", mininimumExamplesPerBin: 1, fixZero: false).Fit(data);
        AssertRows([[1, 0.5f, 1, 0], [0.5f, 1, 0, 0.5f], [0.5f, 1, 0, 0.5f], [0, 0, 0, 1], [0, 0, 0, 1]], moved.Transform(data));
        var bins = (BinNormalizerModelParameters<ImmutableArray<float>>)moved.GetNormalizerModelParameters(0);
        Assert.Equal([4.5f, 7, Infinity], bins.UpperBounds[0].ToArray());
        AssertRows([[1, 0, 1, 0], [0.5f, 0.5f, 0, 0.5f], [0.5f, 0.5f, 0, 0.5f], [0, -0.5f, 0, 1], [0, -0.5f, 0, 1]],
            _context.Transforms.NormalizeSupervisedBinning("Features", labelColumnName: "Bin", mininimumExamplesPerBin: 1).Fit(data).Transform(data));
    }

    // Every way to part the counts, tried in Python: min(sum(sum(bin)**2 for bin in parts)) over itertools.combinations of places.
    [Theory]
    [InlineData(new[] { 1, 1, 1, 1 }, 3, 6)]
    [InlineData(new[] { 5, 1, 1, 1, 1, 1, 5, 1 }, 3, 86)]
    [InlineData(new[] { 1, 9, 1, 1, 1, 1, 1, 1, 4 }, 4, 132)]
    [InlineData(new[] { 3, 1, 4, 1, 5, 9, 2, 6, 5, 3 }, 4, 405)]
    public void Bins_of_equal_count_have_the_smallest_sum_of_squares(int[] counts, int bins, int expected)
    {
        double[] values = [.. counts.SelectMany((count, value) => Enumerable.Repeat((double)value, count))];
        int[] places = [0, .. EqualBins.Split(ValueCounts.Of(values), bins), counts.Length];
        Assert.Equal(bins + 1, places.Length);
        Assert.Equal(expected, places.Zip(places.Skip(1), (first, end) => counts[first..end].Sum()).Sum(count => count * count));
    }

    // By a Python script that tries every split of every bin by its lists of labels: greedy, n·H - left - right - (ln(numbers) - 3·(H - Hl - Hr)).
    [Theory]
    [InlineData(1024, 10, new[] { 5.5f, 14.5f })]
    [InlineData(2, 1, new[] { 14.5f })]
    [InlineData(1024, 30, new[] { 14.5f })]
    public void Bins_are_split_while_it_tells_more_than_it_costs(int maximumBins, int minimumRows, float[] expected)
    {
        float[] sizes = [.. Enumerable.Range(0, 40).Select(i => (float)(i * 7 % 23))];
        uint[] keys = Array.ConvertAll(sizes, size => size < 6 ? 1u : size < 15 ? 2u : 3u);
        foreach (int row in new[] { 3, 11, 20, 31 }) keys[row] = (keys[row] % 3) + 1;
        MemoryView data = new MemoryView().Add("Size", sizes).AddKeys("Label", keys, "a", "b", "c");
        var bins = (BinNormalizerModelParameters<float>)_context.Transforms
            .NormalizeSupervisedBinning("Size", maximumBinCount: maximumBins, mininimumExamplesPerBin: minimumRows).Fit(data).GetNormalizerModelParameters(0);
        Assert.Equal([.. expected, Infinity], bins.UpperBounds.ToArray());
    }

    [Fact]
    public void Sparse_rows_are_binned_as_dense_ones()
    {
        float[][] rows = [[0f, 4, 0], [2, 0, -1], [0, -8, 0], [7, 0, 3], [0, 1, 0]];
        bool[] label = [true, false, true, false, true];
        foreach (bool fixZero in new[] { true, false })
        {
            foreach (NormalizingEstimator estimator in new[] { _context.Transforms.NormalizeBinning("Features", fixZero: fixZero, maximumBinCount: 3),
                _context.Transforms.NormalizeSupervisedBinning("Features", fixZero: fixZero, mininimumExamplesPerBin: 1) })
            {
                MemoryView sparse = new MemoryView().AddSparse("Features", rows).Add("Label", label), dense = new MemoryView().AddVectors("Features", rows).Add("Label", label);
                IDataView result = estimator.Fit(sparse).Transform(sparse);
                AssertRows(ViewContents.Vectors<float>(estimator.Fit(dense).Transform(dense), "Features"), result);
                var column = (VectorColumn<float>)BatchView.Of(result).ReadColumns(result.Schema["Features"].Index)[0];
                Assert.True(column.IsDense || fixZero);
            }
        }
    }

    [Fact]
    public void Neighbouring_numbers_are_kept_apart()
    {
        float one = 1, next = MathF.BitIncrement(one), after = MathF.BitIncrement(next);
        MemoryView data = new MemoryView().Add("Size", one, next, after);
        Assert.Equal([0f, 0.5f, 1], ViewContents.Values<float>(_context.Transforms.NormalizeBinning("Size", fixZero: false).Fit(data).Transform(data), "Size"));
    }

    [Fact]
    public void Constant_and_empty_slots_become_zero_and_NaN_stays()
    {
        MemoryView data = new MemoryView().AddVectors("Features", [[5f, float.NaN, 1], [5, float.NaN, float.NaN], [5, float.NaN, 2]]);
        float[][] rows = ViewContents.Vectors<float>(_context.Transforms.NormalizeBinning("Features", fixZero: false).Fit(data).Transform(data), "Features");
        Assert.Equal([[0, float.NaN, 0], [0, float.NaN, float.NaN], [0, float.NaN, 1]], rows);
    }

    [Fact]
    public void Rows_without_a_label_are_not_learned_from()
    {
        var data = new MemoryView().Add("Label", 0f, 1, float.NaN, float.NaN).Add("Size", 1f, 2, -50, 100);
        var bins = (BinNormalizerModelParameters<float>)_context.Transforms.NormalizeSupervisedBinning("Size", mininimumExamplesPerBin: 1).Fit(data).GetNormalizerModelParameters(0);
        Assert.Equal([1.5f, Infinity], bins.UpperBounds.ToArray());
    }

    [Fact]
    public void A_label_of_text_is_refused()
    {
        MemoryView data = Labelled().AddText("Label", "a", "b", "b", "c", "c");
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.NormalizeSupervisedBinning("Features").Fit(data));
        Assert.Contains("'Label' is String", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.NormalizeBinning("Features", maximumBinCount: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.NormalizeSupervisedBinning("Features", mininimumExamplesPerBin: 0));
    }

    public sealed class BinningContract() : NormalizeTests.ContractOf((catalog, columns) => catalog.NormalizeBinning(columns, maximumBinCount: 3));

    public sealed class BinningMovedContract() : NormalizeTests.ContractOf((catalog, columns) => catalog.NormalizeBinning(columns, fixZero: false));

    public sealed class SupervisedContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Size", "Sparse", "Kind"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.Transforms.NormalizeSupervisedBinning([new("Size"), new("S", "Sparse")], "Kind", mininimumExamplesPerBin: 1);

        protected override IDataView CreateData(MLContext context) => new MemoryView().AddKeys("Kind", [1, 2, 0, 2, 1], "a", "b")
            .Add("Size", 1.0, 2, 3, 3, 1).AddSparse("Sparse", [[0f, 0, 1], [0, 7, 0], [0, 2, 0], [0, 0, 0], [0, 0, 2]], ["a", "b", "c"]);

        protected override IDataView CreateDataOfWrongType(MLContext context) => MemoryView.Copy(CreateData(context)).Without("Size").Add("Size", 1, 2, 3, 4, 5);
    }
}
