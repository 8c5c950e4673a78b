using MLPipelines.Neural.Text;
using Xunit;

namespace MLPipelines.Neural.Tests.Text;

public sealed class LengthGroupedBatchesTests
{
    private static readonly int[] Lengths = [.. Enumerable.Range(0, 1003).Select(row => 3 + row * 7919 % 60)];

    [Fact]
    public void Every_row_is_in_one_batch_of_each_pass()
    {
        var batches = new LengthGroupedBatches(Lengths, 16, seed: 5);
        Assert.Equal(63, batches.Count);
        foreach (int pass in new[] { 0, 1, 7 }) Assert.Equal(Enumerable.Range(0, Lengths.Length), Rows(batches, pass).SelectMany(rows => rows).Order());
    }

    [Fact]
    public void Batches_have_little_padding()
    {
        int padded = Rows(new LengthGroupedBatches(Lengths, 16, seed: 5), 0).Sum(rows => rows.Length * rows.Max(row => Lengths[row]));
        Assert.InRange(padded, Lengths.Sum(), Lengths.Sum() * 1.06);
    }

    [Fact]
    public void The_order_follows_from_the_seed_and_the_pass()
    {
        var (first, second, other) = (new LengthGroupedBatches(Lengths, 16, seed: 5), new LengthGroupedBatches(Lengths, 16, seed: 5), new LengthGroupedBatches(Lengths, 16, seed: 6));
        Rows(first, 0);
        Assert.Equal(Rows(first, 3), Rows(second, 3));
        Assert.NotEqual(Rows(first, 3), Rows(first, 4));
        Assert.NotEqual(Rows(first, 3), Rows(other, 3));
        // Neither rows of a length nor batches come in an order of lengths.
        int[] means = [.. Rows(first, 0).Select(rows => (int)rows.Average(row => Lengths[row]))];
        Assert.NotEqual(means.Order(), means);
    }

    private static int[][] Rows(LengthGroupedBatches batches, int pass)
    {
        batches.Arrange(pass);
        return [.. Enumerable.Range(0, batches.Count).Select(batch => batches[batch].ToArray())];
    }
}
