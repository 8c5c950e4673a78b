using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Tests.Data.TextLoading;

public class TextLoaderTests
{
    private static BatchView Load(string text, TextLoader.Column[] columns, Action<TextLoader.Options>? set = null) =>
        Load(new TextInMemory(text), columns, set);

    private static BatchView Load(IMultiStreamSource source, TextLoader.Column[] columns, Action<TextLoader.Options>? set = null)
    {
        var options = new TextLoader.Options { Separators = [','], AllowQuoting = true, Columns = columns };
        set?.Invoke(options);
        return (BatchView)new MLContext().Data.CreateTextLoader(options, source).Load(source);
    }

    private static T[] Values<T>(BatchView view, int column = 0) => ((ValueColumn<T>)view.ReadColumns(column)[0]).Values.ToArray();

    private static string[] Texts(BatchView view, int column = 0)
    {
        var texts = (TextColumn)view.ReadColumns(column)[0];
        return [.. Enumerable.Range(0, texts.RowCount).Select(row => texts[row].ToString())];
    }

    private static T[] Scalars<T>(DataKind kind, params string[] cells) =>
        Values<T>(Load(string.Concat(cells.Select(cell => $"{cell},x\n")), [new("c", kind, 0)]));

    [Fact]
    public void Every_kind_is_read()
    {
        Assert.Equal([1.5f, -2f, 0f], Scalars<float>(DataKind.Single, "1.5", "-2", ""));
        Assert.Equal([1e300, -0.1], Scalars<double>(DataKind.Double, "1e300", "-0.1"));
        Assert.Equal([127, -128, 0], Scalars<sbyte>(DataKind.SByte, "127", "-128", "").Select(v => (int)v));
        Assert.Equal([255, 0], Scalars<byte>(DataKind.Byte, "255", "0").Select(v => (int)v));
        Assert.Equal([32767, -32768], Scalars<short>(DataKind.Int16, "32767", "-32768").Select(v => (int)v));
        Assert.Equal([65535], Scalars<ushort>(DataKind.UInt16, "65535").Select(v => (int)v));
        Assert.Equal([2147483647, -2147483648, 7, 0], Scalars<int>(DataKind.Int32, "2147483647", "-2147483648", " 7 ", ""));
        Assert.Equal([4294967295], Scalars<uint>(DataKind.UInt32, "4294967295"));
        Assert.Equal([long.MaxValue, long.MinValue], Scalars<long>(DataKind.Int64, "9223372036854775807", "-9223372036854775808"));
        Assert.Equal([ulong.MaxValue], Scalars<ulong>(DataKind.UInt64, "18446744073709551615"));
        Assert.Equal([true, true, true, true, false, false, false, false], Scalars<bool>(DataKind.Boolean, "true", "1", "Yes", "+", "FALSE", "0", "n", ""));
        Assert.Equal([new DateTime(2024, 3, 31, 15, 5, 0, DateTimeKind.Utc), default], Scalars<DateTime>(DataKind.DateTime, "2024-03-31T17:05:00+02:00", ""));
        Assert.Equal([new DateTimeOffset(2024, 3, 31, 17, 5, 0, TimeSpan.FromHours(2))], Scalars<DateTimeOffset>(DataKind.DateTimeOffset, "2024-03-31T17:05:00+02:00"));
        Assert.Equal([new TimeSpan(1, 12, 30, 0)], Scalars<TimeSpan>(DataKind.TimeSpan, "1.12:30:00"));
        Assert.Equal(["a b", "", "c,d"], Texts(Load("a b,1\n,2\n\"c,d\",3\n", [new("c", DataKind.String, 0)])));
    }

    [Theory]
    [InlineData("?")]
    [InlineData("NA")]
    [InlineData("n/a")]
    [InlineData("NaN")]
    [InlineData("null")]
    [InlineData(" ? ")]
    public void Texts_for_missing_numbers_are_nan(string text)
    {
        Assert.True(float.IsNaN(Scalars<float>(DataKind.Single, text)[0]));
        Assert.True(double.IsNaN(Scalars<double>(DataKind.Double, text)[0]));
    }

    [Fact]
    public void Empty_numbers_are_zero_as_in_mlnet_and_nan_when_asked()
    {
        TextLoader.Column[] columns = [new("a", DataKind.Single, 0), new("b", DataKind.Double, 1), new("v", DataKind.Single, 2, 3)];
        var zeros = Load("1\n,2,3\n\"\",\"\", ,4\n", columns);
        Assert.Equal([1f, 0f, 0f], Values<float>(zeros, 0));
        Assert.Equal([0d, 2d, 0d], Values<double>(zeros, 1));
        var nans = Load("1\n,2,3\n\"\",\"\", ,4\n", columns, o => o.MissingRealsAsNaNs = true);
        Assert.Equal([1f, float.NaN, float.NaN], Values<float>(nans, 0));
        Assert.Equal([double.NaN, 2d, double.NaN], Values<double>(nans, 1));
        Assert.Equal([float.NaN, float.NaN, 3f, float.NaN, float.NaN, 4f], ((VectorColumn<float>)nans.ReadColumns(2)[0]).Values.ToArray());
    }

    [Fact]
    public void Keys_count_from_one_and_what_is_beyond_is_missing()
    {
        var view = Load("0\n2\n3\n\n?\n\"\"\n", [new("k", DataKind.UInt32, [new(0)], new KeyCount(3))]);
        Assert.Equal(new KeyDataViewType(typeof(uint), 3), view.Schema[0].Type);
        Assert.Equal([1u, 3u, 0u, 0u, 0u], Values<uint>(view));
    }

    [Fact]
    public void Ranges_make_vectors_and_single_fields_do_not()
    {
        var view = Load("a,b,c,d,e\n0,1,2,3,4\n",
            [
                new("scalar", DataKind.Single, 0), new("v", DataKind.Single, [new(3, 4), new(0)]), new("one", DataKind.Int32, [new TextLoader.Range(1, 1)]),
                new("rest", DataKind.Int32, [new TextLoader.Range(2, null)]), new("text", DataKind.String, [new(0), new(2)]),
            ], o => o.HasHeader = true);
        Assert.Equal("scalar: Single, v: Vector<Single, 3>, one: Vector<Int32, 1>, rest: Vector<Int32, 3>, text: Vector<String, 2>", view.Schema.ToString());
    }

    [Fact]
    public void Vectors_have_values_and_slot_names()
    {
        var view = Load("a,b,c,d,e\n0,1,2,3,4\n5,6,7,8,9\n",
            [new("v", DataKind.Single, [new(3, 4), new(0)]), new("others", DataKind.Int32, [new TextLoader.Range { Min = 0, AutoEnd = true, AllOther = true }])], o => o.HasHeader = true);
        var columns = view.ReadColumns(0, 1);
        Assert.Equal([3f, 4f, 0f, 8f, 9f, 5f], ((VectorColumn<float>)columns[0]).Values.ToArray());
        Assert.Equal([1, 2, 6, 7], ((VectorColumn<int>)columns[1]).Values.ToArray());
        Assert.Equal(["d", "e", "a"], view.Schema["v"].SlotNamesOrNull()!);
        Assert.Equal(["b", "c"], view.Schema["others"].SlotNamesOrNull()!);
    }

    [Fact]
    public void Vectors_to_the_row_end_vary()
    {
        var view = Load("a,1,2\nb\nc,3\n", [new("v", DataKind.Single, [new TextLoader.Range { Min = 1, VariableEnd = true }]), new("t", DataKind.String, [new TextLoader.Range { Min = 0, VariableEnd = true }])]);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single), view.Schema[0].Type);
        var columns = view.ReadColumns(0, 1);
        Assert.Equal([0, 2, 2, 3], ((VectorColumn<float>)columns[0]).Starts.ToArray());
        Assert.Equal([0, 3, 4, 6], ((TextVectorColumn)columns[1]).Starts.ToArray());
    }

    [Fact]
    public void Without_columns_there_are_label_and_features()
    {
        var source = new TextInMemory("1\t2\t3\n0\t5\t6\n");
        var view = (BatchView)new MLContext().Data.CreateTextLoader(new TextLoader.Options(), source).Load(source);
        Assert.Equal("Label: Single, Features: Vector<Single, 2>", view.Schema.ToString());
        Assert.Equal([2f, 3f, 5f, 6f], ((VectorColumn<float>)view.ReadColumns(1)[0]).Values.ToArray());
    }

    [Fact]
    public void Sparse_rows_leave_out_what_is_zero()
    {
        var view = Load("7 5 2:6 4:3\n8 1 2 3 0 4\n", [new("label", DataKind.Single, 0), new("v", DataKind.Single, 1, 5)], o => (o.Separators, o.AllowSparse) = ([' '], true));
        var columns = view.ReadColumns(0, 1);
        Assert.Equal([7f, 8f], ((ValueColumn<float>)columns[0]).Values.ToArray());
        var vectors = (VectorColumn<float>)columns[1];
        Assert.False(vectors.IsDense);
        float[] row = new float[5];
        vectors[0].CopyTo(row);
        Assert.Equal([0f, 0f, 6f, 0f, 3f], row);
        vectors[1].CopyTo(row);
        Assert.Equal([1f, 2f, 3f, 0f, 4f], row);
    }

    [Fact]
    public void Sparse_rows_may_take_their_size_from_the_options()
    {
        var view = Load("1 2 2:6 4:3\n", [new("v", DataKind.Single, 0, 9)], o => (o.Separators, o.AllowSparse, o.InputSize) = ([' '], true, 10));
        float[] row = new float[10];
        ((VectorColumn<float>)view.ReadColumns(0)[0])[0].CopyTo(row);
        Assert.Equal([1f, 2f, 0f, 0f, 6f, 0f, 3f, 0f, 0f, 0f], row);
    }

    [Fact]
    public void Columns_are_found_by_name_in_each_file()
    {
        var source = new TextInMemory("id,text\n1,a\n", "text,more,id\nb,x,2\n", "id,text\n", "");
        var view = Load(source, [new() { Name = "t", DataKind = DataKind.String, SourceNames = ["text"] }, new() { Name = "both", DataKind = DataKind.String, SourceNames = ["id", "text"] }], o => o.HasHeader = true);
        Assert.Equal(["a", "b"], Texts(view));
        Assert.Equal(["id", "text"], view.Schema["both"].SlotNamesOrNull()!);
    }

    [Fact]
    public void Decimal_commas_are_read_when_asked()
    {
        var view = Load("1,5;-0,25\n12;1e3\n", [new("v", DataKind.Single, 0, 1)], o => (o.Separators, o.DecimalMarker) = ([';'], ','));
        Assert.Equal([1.5f, -0.25f, 12f, 1000f], ((VectorColumn<float>)view.ReadColumns(0)[0]).Values.ToArray());
    }

    [Fact]
    public void No_more_rows_come_than_asked_and_blocks_may_be_tiny()
    {
        string text = string.Concat(Enumerable.Range(0, 10_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},\"t\n{i}\"\n")));
        var all = Load(text, [new("i", DataKind.Int32, 0), new("t", DataKind.String, 1)], o => o.BlockSize = 16);
        Assert.Equal(Enumerable.Range(0, 10_000), Values<int>(all));
        Assert.Equal("t\n9999", Texts(all, 1)[^1]);
        Assert.Equal(Enumerable.Range(0, 5000), Values<int>(Load(text, [new("i", DataKind.Int32, 0)], o => o.MaxRows = 5000)));
        Assert.Empty(Values<int>(Load(text, [new("i", DataKind.Int32, 0)], o => o.MaxRows = 0)));
    }

    [Fact]
    public void Batches_end_at_a_number_of_rows_or_of_characters()
    {
        string big = new('x', TextCursor.LongestBatch / 4);
        var view = Load(string.Concat(Enumerable.Repeat($"{big}\n", 10)), [new("t", DataKind.String, 0)]);
        using BatchCursor cursor = view.OpenBatches(ColumnSet.All(view.Schema));
        List<(int, long)> batches = [];
        while (cursor.Next() is { } batch) batches.Add((batch.RowCount, batch.FirstRow));
        Assert.Equal([(4, 0L), (4, 4L), (2, 8L)], batches);

        var rows = Load(string.Concat(Enumerable.Repeat("1\n", Batch.DefaultRowCount + 1)), [new("t", DataKind.Single, 0)]);
        using BatchCursor second = rows.OpenBatches(ColumnSet.All(rows.Schema));
        Assert.Equal(Batch.DefaultRowCount, second.Next()!.RowCount);
        Assert.Equal(1, second.Next()!.RowCount);
        Assert.Null(second.Next());
    }

    [Fact]
    public void Only_wanted_columns_are_parsed()
    {
        var view = Load("a,1\nb,no number\n", [new("t", DataKind.String, 0), new("n", DataKind.Single, 1)]);
        Assert.Equal(["a", "b"], Texts(view));
        Assert.Throws<MLPipelinesException>(() => view.ReadColumns(1));
    }

    [Fact]
    public void Row_cursors_see_the_same_rows()
    {
        IDataView view = Load("a,1\nb,2\n", [new("t", DataKind.String, 0), new("n", DataKind.Single, 1)]);
        using var cursor = view.GetRowCursorForAllColumns();
        var text = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["t"]);
        var number = cursor.GetGetter<float>(view.Schema["n"]);
        List<string> rows = [];
        while (cursor.MoveNext())
        {
            ReadOnlyMemory<char> t = default;
            float n = 0;
            text(ref t);
            number(ref n);
            rows.Add($"{t}{n}");
        }
        Assert.Equal(["a1", "b2"], rows);
    }

    [Fact]
    public void Comments_are_lines_that_cannot_be_rows()
    {
        TextLoader.Column[] columns = [new("n", DataKind.Single, 0), new("t", DataKind.String, 1)];
        Assert.Equal([1f, 2f], Values<float>(Load("# made by hand\n// n, t\n#n,t\n1,a\n// later, too\n2,b\n", columns)));
        Assert.Equal(["// keep", "#keep", "# keep"], Texts(Load("// keep\n#keep\n# keep\n", [new("t", DataKind.String, 0)])));
        Assert.Equal(["// x", "#y"], Texts(Load("// x,1\n#y,2\n", [new("t", DataKind.String, 0), new("n", DataKind.Single, 1)])));
        Assert.Equal([1f], Values<float>(Load("// about\n#n,t\n1,a\n", columns, o => o.HasHeader = true)));
    }

    [Fact]
    public void The_description_that_mlnet_saves_is_passed_over()
    {
        var view = Load("#@ TextLoader{\n#@   header+\n#@   sep=tab\n#@   col=Label:R4:0\n#@ }\nLabel\n1\n2\n", [new("n", DataKind.Single, 0)], o => o.HasHeader = true);
        Assert.Equal([1f, 2f], Values<float>(view));
    }

    [Fact]
    public void Trailing_empty_fields_are_no_error() =>
        Assert.Equal([1f], Values<float>(Load("a,b\n1,2,, ,\n", [new("a", DataKind.Single, 0)], o => o.HasHeader = true)));

    [Fact]
    public void A_header_without_rows_is_an_empty_view() =>
        Assert.Empty(Values<float>(Load("a,b\n", [new("a", DataKind.Single, 0)], o => o.HasHeader = true)));

    [Fact]
    public void Reading_in_steady_state_allocates_next_to_nothing()
    {
        string text = string.Concat(Enumerable.Range(0, 40_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i}.25,\"quoted \"\"text\"\" {i % 10}\",word,{i}\n")));
        var view = Load(text, [new("f", DataKind.Single, 0), new("q", DataKind.String, 1), new("w", DataKind.String, 2), new("i", DataKind.Int32, 3)]);
        using BatchCursor cursor = view.OpenBatches(ColumnSet.All(view.Schema));
        for (int i = 0; i < 3; i++) cursor.Next();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5; i++) Assert.NotNull(cursor.Next());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    [Fact]
    public void Cancelling_stops_reading()
    {
        using var cancel = new CancellationTokenSource();
        var context = new MLContext { CancellationToken = cancel.Token };
        var view = (BatchView)context.Data.CreateTextLoader(new TextLoader.Options { Columns = [new("n", DataKind.Single, 0)] }).Load(new TextInMemory("1\n2\n"));
        cancel.Cancel();
        using BatchCursor cursor = view.OpenBatches(ColumnSet.All(view.Schema));
        Assert.Throws<OperationCanceledException>(() => cursor.Next());
    }
}
