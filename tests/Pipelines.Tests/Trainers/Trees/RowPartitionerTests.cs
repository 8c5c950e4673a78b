using MLPipelines.Trainers;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Tests.Trainers.Trees;

public unsafe class RowPartitionerTests
{
    [Theory]
    [InlineData(0, 1, 128)]
    [InlineData(1, 1, 128)]
    [InlineData(15, 3, 128)]
    [InlineData(16, 1, 1)]
    [InlineData(33, 5, 250)]
    [InlineData(16_384, 1, 100)]
    [InlineData(16_385, 2, 100)]
    [InlineData(200_003, 1, 2)]
    [InlineData(200_003, 1, 128)]
    [InlineData(200_003, 2, 254)]
    [InlineData(200_003, 1, 40)]
    [InlineData(200_003, 1, 210)]
    public void Rows_of_both_sides_stay_in_order(int rows, int stride, int leftBins)
    {
        var random = new Random(rows + leftBins);
        using WorkTeam team = WorkTeam.For(new FeatureMatrix(new float[20_000], 20_000, 1), new BoostingOptions { Threads = 2 });
        var partitioner = new RowPartitioner(rows, team);
        var bins = new PinnedArray<byte>(rows * stride);
        random.NextBytes(bins.Span);
        var set = new BinSet();
        for (int i = 0; i < leftBins; i++) set.Add(i);
        var order = new PinnedArray<int>(rows);
        for (int i = 0; i < rows; i++) order.Pointer[i] = i;
        int[] given = order.Span.ToArray();
        int[] expected = [.. given.Where(row => bins.Pointer[row * stride] < leftBins), .. given.Where(row => bins.Pointer[row * stride] >= leftBins)];

        int lefts = partitioner.Run(order.Pointer, rows, new ColumnPlace(bins.Pointer, stride), set);

        Assert.Equal(given.Count(row => bins.Pointer[row * stride] < leftBins), lefts);
        Assert.Equal(expected, order.Span.ToArray());
    }
}
