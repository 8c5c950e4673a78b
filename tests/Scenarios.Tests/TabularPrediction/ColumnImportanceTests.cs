using MLPipelines.Data;
using MLPipelines.Scenarios.TabularPrediction;

namespace MLPipelines.Scenarios.Tests.TabularPrediction;

public sealed class ColumnImportanceTests
{
    private sealed record Row(float A, float B, string C, float Label);

    private static readonly Row[] Rows = [.. Enumerable.Range(0, 500).Select(i => new Row(i % 10, i % 7, i % 2 == 0 ? "x" : "y", (2 * (i % 10)) + (i % 2 == 0 ? 1 : 0)))];

    /// <summary>The mean absolute error of a model that knows the rule; B plays no part in it.</summary>
    private static double Error(IDataView rows)
    {
        float[] a = [.. rows.GetColumn<float>("A")], label = [.. rows.GetColumn<float>("Label")];
        string[] c = [.. rows.GetColumn<string>("C")];
        return a.Select((value, i) => Math.Abs((2 * value) + (c[i] == "x" ? 1 : 0) - label[i])).Average();
    }

    [Fact]
    public void Columns_count_by_what_is_lost_without_them()
    {
        var context = new MLContext(1);
        var found = ColumnImportance.Measure(context, context.Data.LoadFromEnumerable(Rows), ["A", "B", "C"], Error, isHigherBetter: false);
        Assert.Equal(["A", "C", "B"], found.Select(one => one.Column));
        // Two digits out of ten differ by 3.3 on average, twice that counts; two of two values differ in half of the rows.
        Assert.InRange(found[0].Decline, 6.2, 7.0);
        Assert.InRange(found[1].Decline, 0.42, 0.58);
        Assert.Equal(0, found[2].Decline);
    }

    [Fact]
    public void The_same_seed_deals_out_the_same_values()
    {
        double[][] runs = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            var context = new MLContext(5);
            return ColumnImportance.Measure(context, context.Data.LoadFromEnumerable(Rows), ["A", "C"], Error, isHigherBetter: false, mostRows: 100).Select(one => one.Decline).ToArray();
        })];
        Assert.Equal(runs[0], runs[1]);
    }
}
