using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms;

namespace MLPipelines.Tests.Transforms;

public sealed class OutlierTests
{
    private const double NaN = double.NaN;

    private readonly MLContext _context = new(seed: 1);

    private static MemoryView Sizes(params double[] more) => new MemoryView().Add("Size", [1.0, 2, 3, 4, 5, 6, 7, 8, 50, .. more]);

    // /usr/bin/python3, x = [1, 2, 3, 4, 5, 6, 7, 8, 50]: numpy.quantile(x, [.25, .75]) less and plus 1.5 times their distance;
    // x.mean() -+ 2 * x.std(); numpy.median(x) -+ 3.5 * scipy.stats.median_abs_deviation(x, scale="normal")
    [Theory]
    [InlineData(OutlierRule.InterquartileRange, null, -3.0, 13.0)]
    [InlineData(OutlierRule.StandardScore, 2.0, -19.367501161820343, 38.47861227293146)]
    [InlineData(OutlierRule.RobustStandardScore, null, -5.378215529539215, 15.378215529539215)]
    public void Each_rule_has_its_fences(OutlierRule rule, double? threshold, double low, double high)
    {
        MemoryView data = Sizes(NaN, double.NegativeInfinity), others = new MemoryView().Add("Size", -100, low + 1e-9, 0, NaN, high - 1e-9, 100, double.PositiveInfinity, double.NegativeInfinity);
        double[] clipped = ViewContents.Values<double>(_context.Transforms.ClipOutliers("Size", rule: rule, threshold: threshold).Fit(data).Transform(others), "Size");
        double[] expected = [low, low + 1e-9, 0, NaN, high - 1e-9, high, high, low];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], clipped[i], 1e-12);
        bool[] flags = ViewContents.Values<bool>(_context.Transforms.IndicateOutliers("Odd", "Size", rule, threshold).Fit(data).Transform(others), "Odd");
        Assert.Equal([true, false, false, false, false, true, true, true], flags);
    }

    [Fact]
    public void Slots_have_fences_of_their_own_dense_or_sparse()
    {
        float[][] rows = [.. new[] { 1f, 2, 3, 4, 5, 6, 7, 8, 50 }.Zip([-30f, 0, 0, 2, 0, 1, -1, 3, 0], (first, second) => new[] { first, second, 0 })];
        foreach (MemoryView data in new[] { new MemoryView().AddVectors("Features", rows), new MemoryView().AddSparse("Features", rows) })
        {
            float[][] clipped = ViewContents.Vectors<float>(_context.Transforms.ClipOutliers("Features").Fit(data).Transform(data), "Features");
            // By numpy.quantile the fences of the second slot are -1.5 and 2.5.
            Assert.Equal([[1, -1.5f, 0], [8, 2.5f, 0], [13, 0, 0]], new[] { clipped[0], clipped[7], clipped[8] });
            IDataView indicated = _context.Transforms.IndicateOutliers("Odd", "Features").Fit(data).Transform(data);
            bool[][] flags = ViewContents.Vectors<bool>(indicated, "Odd");
            Assert.Equal([[false, true, false], [false, true, false], [true, false, false]], new[] { flags[0], flags[7], flags[8] });
            var source = (VectorColumn<float>)data.ColumnOf("Features");
            Assert.Equal(source.IsDense, ((VectorColumn<bool>)BatchView.Of(indicated).ReadColumns(indicated.Schema["Odd"].Index)[0]).IsDense);
        }
    }

    [Fact]
    public void A_slot_without_a_spread_has_no_outliers_but_infinity()
    {
        // Constant, all missing, and mostly one number.
        var data = new MemoryView().AddVectors("Features", [[5.0, NaN, 0], [5, NaN, 0], [5, NaN, 0], [5, NaN, 0], [5, NaN, 9]]);
        var others = new MemoryView().AddVectors("Features", [[7, 3, 9], [double.PositiveInfinity, NaN, -1]]);
        foreach (OutlierRule rule in new[] { OutlierRule.InterquartileRange, OutlierRule.RobustStandardScore })
        {
            Assert.Equal([[7, 3, 9], [double.PositiveInfinity, NaN, -1]], ViewContents.Vectors<double>(_context.Transforms.ClipOutliers("Features", rule: rule).Fit(data).Transform(others), "Features"));
            Assert.Equal([[false, false, false], [true, false, false]], ViewContents.Vectors<bool>(_context.Transforms.IndicateOutliers("Features", rule: rule).Fit(data).Transform(others), "Features"));
        }
    }

    [Fact]
    public void Thresholds_are_above_zero()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.ClipOutliers("Size", threshold: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.ClipOutliers("Size", rule: (OutlierRule)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.IndicateOutliers("Size", threshold: NaN));
    }

    public sealed class ClipContract() : NormalizeTests.ContractOf((catalog, columns) => catalog.ClipOutliers(columns, threshold: 0.5));

    public sealed class ClipByScoreContract() : NormalizeTests.ContractOf((catalog, columns) => catalog.ClipOutliers(columns, OutlierRule.StandardScore, threshold: 1));

    public sealed class IndicateContract() : NormalizeTests.ContractOf((catalog, columns) => catalog.IndicateOutliers(columns, OutlierRule.RobustStandardScore, threshold: 0.5));
}
