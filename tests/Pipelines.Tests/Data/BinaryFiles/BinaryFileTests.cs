using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Data.BinaryFiles;

public sealed class BinaryFileTests : IDisposable
{
    private static readonly MLContext ML = new(seed: 1);

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    private IDataView Reload(IDataView data, bool keepHidden = false)
    {
        using (FileStream file = File.Create(_path)) ML.Data.SaveAsBinary(data, file, keepHidden);
        return ML.Data.LoadFromBinary(_path);
    }

    private static void AssertSame(IDataView expected, IDataView found)
    {
        Assert.Equal(expected.Schema.Select(column => $"{column.Name}: {column.Type}"), found.Schema.Select(column => $"{column.Name}: {column.Type}"));
        Assert.Equal(ViewContents.Read(expected), ViewContents.Read(found));
    }

    private static ValueColumn<T> Column<T>(params T[] values)
    {
        var column = new ValueColumn<T>();
        foreach (T value in values) column.Append(value);
        return column;
    }

    private static MemoryView EveryType() => new MemoryView(batchSize: 2)
        .Add<sbyte>("sbyte", 0, sbyte.MinValue, sbyte.MaxValue).Add<byte>("byte", 0, 1, byte.MaxValue)
        .Add<short>("short", 0, short.MinValue, short.MaxValue).Add<ushort>("ushort", 0, 1, ushort.MaxValue)
        .Add("int", 0, int.MinValue, int.MaxValue).Add<uint>("uint", 0, 1, uint.MaxValue)
        .Add("long", 0, long.MinValue, long.MaxValue).Add<ulong>("ulong", 0, 1, ulong.MaxValue)
        .Add("float", -0f, float.NaN, float.NegativeInfinity).Add("double", 0.1, double.NaN, double.Epsilon)
        .Add("bool", true, false, true)
        .Add("time", new DateTime(2024, 2, 29, 12, 30, 5).AddTicks(7), default, DateTime.MaxValue)
        .Add("offset", new DateTimeOffset(2024, 2, 29, 12, 30, 5, TimeSpan.FromHours(-3.5)), default, DateTimeOffset.MaxValue)
        .Add("span", TimeSpan.FromTicks(-1), default, new TimeSpan(30, 12, 0, 0, 5))
        .Add("id", RowIdDataViewType.Instance, Column(new DataViewRowId(1, 2), default, new DataViewRowId(ulong.MaxValue, 3)))
        .AddText("text", "", "tab\tand\nline", "中文😀")
        .Add("small key", new KeyDataViewType(typeof(byte), 9), Column<byte>(0, 1, 9))
        .AddKeys("key", [2, 0, 1], "a", "ß")
        .AddVectors("dense", [[1f, 2], [0, float.NaN], [-0.5f, 1e-30f]], ["first", "the second"])
        .AddVectors("bools", [[true, false, true, true, false, false, false, true, true], new bool[9], new bool[9]])
        .AddTexts("texts", [["a", ""], ["#", "//"], ["中文", "😀"]])
        .AddTexts("some texts", [["a"], [], ["b", "c"]], isVariable: true)
        .AddSparse("sparse", [[0, 0, 0, 0, 0, 0, 0, 1.5], [0, 0, 0, 0, 0, 0, 0, 0], [1d, 2, 3, 4, 5, 6, 7, 8]])
        .AddVectors("variable", [[1L, 2, 3], [], [4]], isVariable: true)
        .AddVectors("same length", [[1, 2], [3, 4], [5, 6]], isVariable: true);

    [Fact]
    public void What_is_written_loads_again_exactly()
    {
        IDataView data = EveryType(), loaded = Reload(data);
        AssertSame(data, loaded);
        Assert.Equal(3, loaded.GetRowCount());
        Assert.Equal(["a", "ß"], ViewContents.KeyTexts(loaded, "key"));
        Assert.Equal(["first", "the second"], ViewContents.SlotNames(loaded, "dense"));
    }

    [Fact]
    public void Annotations_of_every_type_come_back()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue("truth", BooleanDataViewType.Instance, true);
        builder.AddPrimitiveValue("text", TextDataViewType.Instance, "some".AsMemory());
        builder.AddPrimitiveValue("time", DateTimeDataViewType.Instance, new DateTime(2024, 1, 2));
        builder.Add("sparse", new VectorDataViewType(NumberDataViewType.Single, 5), (ref VBuffer<float> value) => value = new VBuffer<float>(5, 1, [7f], [3]));
        builder.AddKeyValues(2, NumberDataViewType.Int64, (ref VBuffer<long> value) => value = new VBuffer<long>(2, [10L, -10]));
        IDataView loaded = Reload(new MemoryView().Add("K", new KeyDataViewType(typeof(uint), 2), Column<uint>(1), builder.ToAnnotations()));
        DataViewSchema.Annotations annotations = loaded.Schema["K"].Annotations;
        Assert.Equal("truth: Boolean, text: String, time: DateTime, sparse: Vector<Single, 5>, KeyValues: Vector<Int64, 2>", annotations.ToString());
        ReadOnlyMemory<char> text = default;
        annotations.GetValue("text", ref text);
        Assert.Equal("some", text.ToString());
        VBuffer<float> sparse = default;
        annotations.GetValue("sparse", ref sparse);
        Assert.False(sparse.IsDense);
        Assert.Equal([0f, 0, 0, 7, 0], sparse.DenseValues());
        Assert.Equal(["10", "-10"], ViewContents.KeyTexts(loaded, "K"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(10_000)]
    public void Any_number_of_rows_comes_back_in_order_whatever_the_runs(int rows)
    {
        var data = new MemoryView(batchSize: 1000).Add("Id", [.. Enumerable.Range(0, rows)]);
        IDataView loaded = Reload(data);
        Assert.Equal(Enumerable.Range(0, rows), loaded.GetColumn<int>("Id"));
        Assert.Equal(rows, loaded.GetRowCount());
        Assert.Equal(rows / 2, ML.Data.SkipRows(Reload(new RowOnlyView(data)), rows - (rows / 2)).GetColumn<int>("Id").Count());
    }

    [Fact]
    public void Sparse_vectors_stay_sparse()
    {
        IDataView loaded = Reload(new MemoryView().AddSparse("V", [[0f, 0, 1, 0], [0, 0, 0, 0]]));
        using DataViewRowCursor cursor = loaded.GetRowCursorForAllColumns();
        var getter = cursor.GetGetter<VBuffer<float>>(loaded.Schema["V"]);
        Assert.True(cursor.MoveNext());
        VBuffer<float> row = default;
        getter(ref row);
        Assert.Equal((4, 1), (row.Length, row.GetValues().Length));
    }

    [Fact]
    public void Hidden_columns_are_kept_when_that_is_asked_for()
    {
        var data = new MemoryView().Add("A", 1f).Add("A", 2);
        Assert.Equal("A: Int32", Assert.Single(Reload(data).Schema).ToString());
        Assert.Equal(2, Reload(data, keepHidden: true).Schema.Count);
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_refused_before_anything_is_written()
    {
        using var target = new MemoryStream();
        using var packed = new System.IO.Compression.GZipStream(target, System.IO.Compression.CompressionMode.Compress);
        Assert.Throws<ArgumentException>(() => ML.Data.SaveAsBinary(EveryType(), packed));
        target.WriteByte(1);
        Assert.Throws<ArgumentException>(() => ML.Data.SaveAsBinary(EveryType(), target));
        Assert.Equal(1, target.Length);
    }

    [Fact]
    public void A_damaged_file_is_an_error_that_names_it_and_never_anything_else()
    {
        Reload(EveryType());
        byte[] whole = File.ReadAllBytes(_path);
        var random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 400; i++)
        {
            byte[] damaged = [.. whole];
            if (i % 4 == 0) damaged = damaged[..random.Next(damaged.Length)];
            else damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(_path, damaged);
            try
            {
                ViewContents.Read(ML.Data.LoadFromBinary(_path));
            }
            catch (MLPipelinesException e)
            {
                Assert.StartsWith(_path, e.Message, StringComparison.Ordinal);
                refused++;
            }
        }
        Assert.InRange(refused, 250, 400);
    }

    [Fact]
    public void Text_is_no_binary_file()
    {
        File.WriteAllText(_path, "Label,Features\n1,2\n");
        Assert.Equal($"{_path} is no binary data file: expected one that SaveAsBinary wrote. Text is read with LoadFromTextFile.",
            Assert.Throws<MLPipelinesException>(() => ML.Data.LoadFromBinary(_path)).Message);
    }

    // The values are what Python reads: struct.unpack of zlib.decompress(block, -15), where the table of blocks starts at 0x17f.
    [DatasetFact("tabular/mlnet-loader-edge-cases/datatypes.idv")]
    public void A_file_of_an_old_version_of_mlnet_is_read()
    {
        IDataView data = ML.Data.LoadFromBinary(Datasets.PathOf("tabular/mlnet-loader-edge-cases/datatypes.idv"));
        Assert.Equal("bl: Boolean, i1: SByte, i2: Int16, i4: Int32, i8: Int64, ts: TimeSpan, dto: DateTimeOffset, dt: DateTime, tx: String", data.Schema.ToString());
        // Missing truth values, times and texts, which the version still had, are the defaults.
        Assert.Equal([false, true, false, false, false], data.GetColumn<bool>("bl"));
        Assert.Equal([127, -127, -128, 0, -128], data.GetColumn<sbyte>("i1"));
        Assert.Equal([32767, -32767, -32768, 0, -32768], data.GetColumn<short>("i2"));
        Assert.Equal([int.MaxValue, -int.MaxValue, int.MinValue, 0, int.MinValue], data.GetColumn<int>("i4"));
        Assert.Equal([long.MaxValue, -long.MaxValue, long.MinValue, 0, long.MinValue], data.GetColumn<long>("i8"));
        Assert.Equal([1728000000000, 6048000000000, 6048000000000, 0, long.MinValue], data.GetColumn<TimeSpan>("ts").Select(span => span.Ticks));
        var day = new DateTimeOffset(633636000000000000, TimeSpan.Zero);
        Assert.Equal([day, day, day, default, default], data.GetColumn<DateTimeOffset>("dto"));
        Assert.Equal([635112576000000000, 635112576000000000, 635112576000000000, 0, 0], data.GetColumn<DateTime>("dt").Select(time => time.Ticks));
        Assert.Equal(["foo", "xyz", "", "", ""], data.GetColumn<string>("tx"));
        Assert.Equal(5, data.GetRowCount());
    }

    [DatasetFact("tabular/mlnet-loader-edge-cases/schema-codec-test.idv")]
    public void A_file_of_mlnet_with_keys_and_no_rows_is_read()
    {
        IDataView data = ML.Data.LoadFromBinary(Datasets.PathOf("tabular/mlnet-loader-edge-cases/schema-codec-test.idv"));
        Assert.Equal([("A", typeof(uint), 3UL), ("B", typeof(uint), 6), ("C", typeof(byte), 11), ("D", typeof(ushort), 65535), ("E", typeof(uint), 4294967295), ("F", typeof(ulong), ulong.MaxValue)],
            data.Schema.Select(column => (column.Name, column.Type.RawType, ((KeyDataViewType)column.Type).Count)));
        Assert.All(ViewContents.Read(data).Values, Assert.Empty);
    }
}
