using MLPipelines.Data;

namespace MLPipelines.Tests.Data.Batches;

public sealed class VectorColumnTests
{
    [Fact]
    public void Rows_of_one_size_start_at_its_multiples_whatever_was_there_before()
    {
        var column = new VectorColumn<float>(2);
        Check(column, 3);
        column.Reset(2, isDense: false);
        for (int row = 0; row < 3; row++) column.Append([1], [5f]);
        column.Reset(2, isDense: true);
        Check(column, 3);
        column.Reset(3, isDense: true);
        Check(column, 2);
        column.Reset(0, isDense: true);
        column.Append([1f]);
        column.Append([1f, 2, 3, 4]);
        column.Reset(2, isDense: true);
        Check(column, 5);
        column.Clear();
        column.Append([1f, 2]);
        Check(column, 4);
        var other = new VectorColumn<double>(0);
        other.Append([1.0]);
        other.Append([1.0, 2, 3]);
        column.ResizeLike(other);
        column.Reset(2, isDense: true);
        Check(column, 2);
        column.Clear();
        column.Append(RowVector<float>.Sparse(2, [0], [7f]));
        column.Reset(2, isDense: true);
        Check(column, 40);
    }

    private static void Check(VectorColumn<float> column, int rows)
    {
        Assert.Equal(rows * column.Size, column.Resize(rows).Length);
        Assert.Equal(Enumerable.Range(0, rows + 1).Select(row => row * column.Size), column.Starts.ToArray());
    }
}
