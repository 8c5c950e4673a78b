using MLPipelines.Data;

namespace MLPipelines.Tests.Data;

public class RowOperationsTests
{
    private static readonly MLContext ML = new(seed: 7);

    private sealed record Row(int Id, string Text, float[] Vector);

    private static IDataView Rows(int count) => ML.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new Row(i, $"t{i}", [i, i + 1])).ToArray());

    private static int[] Ids(IDataView data) => [.. data.GetColumn<int>("Id")];

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3, 0)]
    [InlineData(4096, 1)]
    [InlineData(4000, 5000)]
    [InlineData(8000, 9000)]
    public void Skip_and_take_choose_a_range(int skip, int take)
    {
        IDataView data = Rows(10_000), range = ML.Data.TakeRows(ML.Data.SkipRows(data, skip), take);
        int[] expected = [.. Enumerable.Range(0, 10_000).Skip(skip).Take(take)];
        Assert.Equal(expected, Ids(range));
        Assert.Equal(expected.Length, range.GetRowCount());
        Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.SkipRows(data, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.TakeRows(data, -1));
    }

    [Fact]
    public void Take_stops_reading()
    {
        int read = 0;
        IEnumerable<Row> Endless()
        {
            while (true) yield return new Row(read++, "", []);
        }
        Assert.Equal([0, 1, 2], Ids(ML.Data.TakeRows(ML.Data.LoadFromEnumerable(Endless()), 3)));
        Assert.InRange(read, 3, Batch.DefaultRowCount + 1);
    }

    [Fact]
    public void Shuffling_keeps_rows_whole_and_is_the_same_each_time()
    {
        IDataView shuffled = ML.Data.ShuffleRows(Rows(5000), seed: 4);
        int[] ids = Ids(shuffled);
        Assert.Equal(Enumerable.Range(0, 5000), ids.Order());
        Assert.NotEqual(ids, ids.Order());
        Assert.Equal(ids, Ids(shuffled));
        Assert.Equal(ids, Ids(ML.Data.ShuffleRows(Rows(5000), seed: 4)));
        Assert.NotEqual(ids, Ids(ML.Data.ShuffleRows(Rows(5000), seed: 5)));
        Assert.All(ML.Data.CreateEnumerable<Row>(shuffled, reuseRowObject: false), r => Assert.Equal(($"t{r.Id}", r.Id + 1f), (r.Text, r.Vector[1])));
    }

    [Fact]
    public void Cached_data_is_computed_once()
    {
        int read = 0;
        IDataView cached = ML.Data.Cache(ML.Data.LoadFromEnumerable(Enumerable.Range(0, 5000).Select(i =>
        {
            read++;
            return new Row(i, $"t{i}", [i]);
        })), "Id", "Text");
        Assert.Equal(Enumerable.Range(0, 5000), Ids(cached));
        Assert.Equal("t4999", cached.GetColumn<string>("Text").Last());
        Assert.Equal(5000, read);
        Assert.Equal(5000, cached.GetRowCount());
        Assert.Equal([7f], cached.GetColumn<float[]>("Vector").ElementAt(7));
        Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.Cache(cached, "Absent"));
    }

    [Fact]
    public void A_column_is_read_as_its_type_as_strings_and_as_arrays()
    {
        IDataView data = Rows(2);
        Assert.Equal(["t0", "t1"], data.GetColumn<string>("Text"));
        Assert.Equal(["t0", "t1"], data.GetColumn<ReadOnlyMemory<char>>("Text").Select(t => t.ToString()));
        Assert.Equal([[0, 1], [1, 2]], data.GetColumn<float[]>(data.Schema["Vector"]));
        Assert.Equal([1f, 2f], data.GetColumn<VBuffer<float>>("Vector").Last().DenseValues());
        Assert.Equal("Column 'Id' is Int32; read it as int, not as float.", Assert.Throws<InvalidOperationException>(() => data.GetColumn<float>("Id")).Message);
        Assert.Contains("Column 'No' not found", Assert.Throws<ArgumentOutOfRangeException>(() => data.GetColumn<float>("No")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_preview_shows_the_first_rows_both_ways()
    {
        DataDebuggerPreview preview = Rows(500).Preview(maxRows: 3);
        Assert.Equal("3 columns, 3 rows", preview.ToString());
        Assert.Equal([0, 1, 2], preview.ColumnView[0].Values.Cast<int>());
        Assert.Equal("Text: String", preview.ColumnView[1].ToString());
        Assert.Equal("t2", preview.RowView[2].Values[1].Value.ToString());
        Assert.Equal([2f, 3f], ((VBuffer<float>)preview.RowView[2].Values[2].Value).DenseValues());
        Assert.Equal(100, Rows(500).Preview().RowView.Length);
        Assert.Empty(Rows(5).Preview(0).RowView);
    }

    /// <summary>A view as someone else would write it: row cursors only.</summary>
    private sealed class Foreign(IDataView source) : IDataView
    {
        public bool CanShuffle => false;

        public DataViewSchema Schema => source.Schema;

        public long? GetRowCount() => null;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => source.GetRowCursor(columnsNeeded, rand);

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];
    }

    [Fact]
    public void Every_operation_works_on_a_view_that_only_has_row_cursors()
    {
        IDataView data = Rows(5000), foreign = new Foreign(data);
        Assert.Equal(Ids(data), Ids(foreign));
        Assert.Equal(Ids(ML.Data.ShuffleRows(data, seed: 2)), Ids(ML.Data.ShuffleRows(foreign, seed: 2)));
        Assert.Equal(Ids(ML.Data.SkipRows(data, 4500)), Ids(ML.Data.SkipRows(foreign, 4500)));
        Assert.Equal(Ids(ML.Data.TrainTestSplit(data, seed: 2).TestSet), Ids(ML.Data.TrainTestSplit(foreign, seed: 2).TestSet));
        Assert.Equal(Ids(data), Ids(ML.Data.Cache(foreign)));
        Assert.Equal("t7", foreign.Preview(8).RowView[7].Values[1].Value.ToString());
        Row last = ML.Data.CreateEnumerable<Row>(foreign, reuseRowObject: true).Last();
        Assert.Equal((4999, "t4999", 5000f), (last.Id, last.Text, last.Vector[1]));
    }
}
