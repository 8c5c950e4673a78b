using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Data;

public class RowFilterTests
{
    private static readonly MLContext ML = new(seed: 7);

    private static int[] Ids(IDataView data) => [.. data.GetColumn<int>("Id")];

    private static MemoryView Numbered<T>(params T[] values) => new MemoryView(batchSize: 2).Add("Id", [.. Enumerable.Range(0, values.Length)]).Add("V", values);

    [Fact]
    public void A_range_keeps_its_lower_bound_and_not_its_upper_one()
    {
        MemoryView data = Numbered(33f, 34, 36.9f, 37, float.NaN, float.NegativeInfinity, float.PositiveInfinity);
        Assert.Equal([1, 2], Ids(ML.Data.FilterRowsByColumn(data, "V", lowerBound: 34, upperBound: 37)));
        Assert.Equal([0, 1, 2, 3, 5], Ids(ML.Data.FilterRowsByColumn(data, "V")));
        Assert.Equal([0, 5], Ids(ML.Data.FilterRowsByColumn(new RowOnlyView(data), "V", upperBound: 34)));
    }

    [Fact]
    public void A_range_is_over_numbers_of_any_type()
    {
        Assert.Equal([1], Ids(ML.Data.FilterRowsByColumn(Numbered<sbyte>(-3, -2, 1), "V", -2.5, 0)));
        Assert.Equal([2], Ids(ML.Data.FilterRowsByColumn(Numbered<ulong>(0, 5, ulong.MaxValue), "V", 6)));
        Assert.Equal([0], Ids(ML.Data.FilterRowsByColumn(Numbered(1L, 2, 3), "V", upperBound: 2)));
    }

    [Fact]
    public void What_is_no_range_or_no_number_is_refused()
    {
        MemoryView data = Numbered(1f).AddText("Text", "a");
        Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.FilterRowsByColumn(data, "V", 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.FilterRowsByColumn(data, "V", double.NaN));
        Assert.Equal("Column 'Text' is String, expected one number per row. (Parameter 'columnName')", Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.FilterRowsByColumn(data, "Text")).Message);
        Assert.Contains("Column 'No' not found", Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.FilterRowsByColumn(data, "No")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.FilterRowsByKeyColumnFraction(data, "V"));
        Assert.Contains("'Id' is Int32, which has no missing values", Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.FilterRowsByMissingValues(data, "V", "Id")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ML.Data.FilterRowsByMissingValues(data));
    }

    [Theory]
    [InlineData(0, 0.5, new[] { 0, 1, 4 })]
    [InlineData(0.3, 0.6, new[] { 1, 4 })]
    [InlineData(0, 1, new[] { 0, 1, 2, 3, 4 })]
    [InlineData(0.5, 0.5, new int[0])]
    public void A_part_of_the_keys_is_kept_and_missing_ones_never(double lower, double upper, int[] ids)
    {
        MemoryView data = new MemoryView(batchSize: 4).Add("Id", [0, 1, 2, 3, 4, 5]).AddKeys("Key", [1, 2, 3, 4, 2, 0], "a", "b", "c", "d");
        Assert.Equal(ids, Ids(ML.Data.FilterRowsByKeyColumnFraction(data, "Key", lower, upper)));
    }

    [Fact]
    public void Rows_with_a_missing_value_in_any_of_the_columns_go()
    {
        MemoryView data = new MemoryView(batchSize: 3).Add("Id", [0, 1, 2, 3, 4])
            .Add("Number", 1, double.NaN, 2, 3, 4).AddVectors("Vector", [[1f, 2], [1, 2], [1, float.NaN], [1, 2], [1, 2]])
            .AddKeys("Key", [1, 1, 1, 0, 1], "a").AddText("Text", "a", "b", "c", "d", "").AddTexts("Texts", [["a"], ["b"], ["c"], ["d"], [""]])
            .AddSparse("Sparse", [[0f, 1], [0, 1], [0, 1], [0, float.NaN], [0, 0]]);
        Assert.Equal([0, 2, 3, 4], Ids(ML.Data.FilterRowsByMissingValues(data, "Number")));
        Assert.Equal([0, 1, 3, 4], Ids(ML.Data.FilterRowsByMissingValues(data, "Vector")));
        Assert.Equal([0, 1, 2, 4], Ids(ML.Data.FilterRowsByMissingValues(data, "Sparse")));
        Assert.Equal([0, 1, 2, 4], Ids(ML.Data.FilterRowsByMissingValues(data, "Key")));
        Assert.Equal([0, 1, 2, 3], Ids(ML.Data.FilterRowsByMissingValues(data, "Texts")));
        Assert.Equal([0], Ids(ML.Data.FilterRowsByMissingValues(new RowOnlyView(data), "Text", "Number", "Vector", "Key")));
    }

    private sealed class Named
    {
        public string Text { get; set; } = "";

        public float[] Vector = [];
    }

    private sealed class Count
    {
        internal int Rows;
    }

    [Fact]
    public void A_predicate_says_which_rows_to_leave_out()
    {
        MemoryView data = new MemoryView(batchSize: 2).Add("Id", [0, 1, 2]).AddText("Text", "Ross", "Monica", "Rachel").AddVectors("Vector", [[1f], [2, 3], []]);
        Assert.Equal([1], Ids(ML.Data.FilterByCustomPredicate<Named>(data, row => row.Text.StartsWith('R'))));
        Assert.Equal([0, 1], Ids(ML.Data.FilterByCustomPredicate<Named>(new RowOnlyView(data), row => row.Vector.Length == 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.FilterByCustomPredicate<Named>(Numbered(1f), _ => false));
    }

    [Fact]
    public void A_predicate_with_a_state_starts_anew_with_every_reading()
    {
        MemoryView data = new MemoryView(batchSize: 2).Add("Id", [0, 1, 2, 3, 4]).AddText("Text", "", "", "", "", "").AddVectors("Vector", [[0f], [0], [0], [0], [0]]);
        IDataView everyOther = ML.Data.FilterByStatefulCustomPredicate<Named, Count>(data, (_, count) => count.Rows++ % 2 == 0, count => count.Rows = 1);
        Assert.Equal([0, 2, 4], Ids(everyOther));
        Assert.Equal([0, 2, 4], Ids(everyOther));
        Assert.Equal(["", "", ""], everyOther.GetColumn<string>("Text"));
    }

    // The counts that ML.NET's sample BootstrapSample.cs states for its first five rows.
    [Theory]
    [InlineData(0, new[] { 0, 1, 1, 1, 2, 2, 3, 3 })]
    [InlineData(1, new[] { 0, 0, 1, 1, 2, 2, 2, 4 })]
    [InlineData(2, new[] { 1, 2, 3, 3, 3 })]
    public void A_bootstrap_sample_draws_the_rows_that_mlnet_draws(int seed, int[] ids)
    {
        MemoryView data = new MemoryView(batchSize: 2).Add("Id", [0, 1, 2, 3, 4]);
        Assert.Equal(ids, Ids(ML.Data.BootstrapSample(data, seed)));
        Assert.Equal(Enumerable.Range(0, 5).Except(ids), Ids(ML.Data.BootstrapSample(new RowOnlyView(data), seed, complement: true)));
    }

    [Fact]
    public void A_bootstrap_sample_has_about_as_many_rows_of_two_thirds_of_them()
    {
        MemoryView data = new MemoryView(batchSize: 1000).Add("Id", [.. Enumerable.Range(0, 20_000)]);
        int[] sample = Ids(ML.Data.BootstrapSample(data));
        // Poisson with mean 1: 1 row each, give or take √20000 rows; at least once with 1 − 1/e = 0.632.
        Assert.InRange(sample.Length, 19_400, 20_600);
        Assert.InRange(sample.Distinct().Count(), 12_400, 12_900);
        Assert.Equal(sample, sample.Order());
        Assert.NotEqual(sample, Ids(new MLContext(seed: 8).Data.BootstrapSample(data)));
    }

    // The order that ML.NET's sample ShuffleRows.cs states.
    [Fact]
    public void Small_data_is_shuffled_as_mlnet_shuffles_it() =>
        Assert.Equal([2, 0, 3, 1, 4], Ids(ML.Data.ShuffleRows(new MemoryView(batchSize: 2).Add("Id", [0, 1, 2, 3, 4]), seed: 123)));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(50_000)]
    public void A_pool_shuffles_near_rows_and_keeps_them_all(int poolSize)
    {
        MemoryView data = new MemoryView(batchSize: 300).Add("Id", [.. Enumerable.Range(0, 10_000)]);
        IDataView shuffled = ML.Data.ShuffleRows(data, seed: 5, poolSize, shuffleSource: false);
        int[] ids = Ids(shuffled);
        Assert.Equal(Enumerable.Range(0, 10_000), ids.Order());
        // A row cannot be drawn before it is in the pool.
        Assert.All(ids.Index(), row => Assert.InRange(row.Item, 0, row.Index + poolSize - 1));
        Assert.Equal(poolSize == 1, ids.SequenceEqual(ids.Order()));
        Assert.Equal(ids, Ids(shuffled));
    }
}
