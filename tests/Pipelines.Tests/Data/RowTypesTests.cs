using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Data;

public class RowTypesTests
{
    private static readonly MLContext ML = new(seed: 1);

    public sealed class Everything
    {
        public sbyte SByte { get; set; }
        public byte Byte { get; set; }
        public short Int16 { get; set; }
        public ushort UInt16 { get; set; }
        public int Int32 { get; set; }
        public uint UInt32 { get; set; }
        public long Int64 { get; set; }
        public ulong UInt64 { get; set; }
        public float Single { get; set; }
        public double Double { get; set; }
        public bool Boolean { get; set; }
        public string? Text { get; set; }
        public ReadOnlyMemory<char> Memory { get; set; }
        public DateTime DateTime { get; set; }
        public DateTimeOffset DateTimeOffset { get; set; }
        public TimeSpan TimeSpan { get; set; }
        public float? MaybeSingle { get; set; }
        public double? MaybeDouble { get; set; }
        [KeyType(3)] public uint Key { get; set; }
        [VectorType(2)] public float[]? Pair { get; set; }
        public double[]? Any { get; set; }
        [VectorType(2, 2)] public int[]? Grid { get; set; }
        public string[]? Words { get; set; }
        [VectorType(2)] public ReadOnlyMemory<char>[]? TwoTexts { get; set; }
        [VectorType(4)] public VBuffer<float> Sparse { get; set; }
        public VBuffer<ReadOnlyMemory<char>> Texts { get; set; }
        [VectorType(2), KeyType(9)] public byte[]? Keys { get; set; }
        public bool[]? Flags { get; set; }
        public DateTime[]? Days { get; set; }

        public string Field = "";
        [ColumnName("Other")] public float Named;
        [NoColumn] public object? Ignored;

        public float Computed => Single + 1;
    }

    private static Everything Row(int i) => new()
    {
        SByte = (sbyte)-i, Byte = (byte)i, Int16 = (short)(i * 2), UInt16 = (ushort)(i * 3), Int32 = -i * 1000, UInt32 = (uint)i, Int64 = i * 10_000_000_000,
        UInt64 = ulong.MaxValue - (ulong)i, Single = i / 2f, Double = i / 4.0, Boolean = i % 2 == 1, Text = i == 0 ? null : $"text {i}",
        Memory = $"memory {i}".AsMemory(2), DateTime = new DateTime(2020, 1, 1 + i, 0, 0, 0, DateTimeKind.Unspecified),
        DateTimeOffset = new DateTimeOffset(2021, 1, 1 + i, 0, 0, 0, TimeSpan.FromHours(2)), TimeSpan = TimeSpan.FromSeconds(i),
        MaybeSingle = i == 0 ? null : i, MaybeDouble = i == 1 ? null : i, Key = (uint)(i % 3), Pair = [i, -i], Any = [.. Enumerable.Range(0, i).Select(x => (double)x)],
        Grid = [i, 1, 2, 3], Words = [.. Enumerable.Repeat("wörd", i)], TwoTexts = ["a".AsMemory(), $"b{i}".AsMemory()],
        Sparse = new VBuffer<float>(4, 1, [i + 1], [i % 4]), Texts = new VBuffer<ReadOnlyMemory<char>>(1, [$"t{i}".AsMemory()]), Keys = [(byte)i, 0], Flags = [true, i == 1],
        Days = [new DateTime(2022, 1, 1, 0, 0, 0, DateTimeKind.Unspecified)], Field = $"field {i}", Named = i * 7, Ignored = new object(),
    };

    private static void AssertSame(Everything expected, Everything actual)
    {
        foreach (var property in typeof(Everything).GetProperties())
        {
            object? e = property.GetValue(expected), a = property.GetValue(actual);
            // Numbers from 0 go in as keys, and keys from 1 come out, as in ML.NET.
            if (property.Name == nameof(Everything.Key)) Assert.Equal((uint)e! + 1, a);
            else if (e is string or null && property.PropertyType == typeof(string)) Assert.Equal((string?)e ?? "", (string?)a);
            else if (e is ReadOnlyMemory<char> memory) Assert.Equal(memory.ToString(), ((ReadOnlyMemory<char>)a!).ToString());
            else if (e is ReadOnlyMemory<char>[] texts) Assert.Equal(texts.Select(t => t.ToString()), ((ReadOnlyMemory<char>[])a!).Select(t => t.ToString()));
            else if (e is VBuffer<float> vector) Assert.Equal(vector.DenseValues(), ((VBuffer<float>)a!).DenseValues());
            else if (e is VBuffer<ReadOnlyMemory<char>> list) Assert.Equal(list.DenseValues().Select(t => t.ToString()), ((VBuffer<ReadOnlyMemory<char>>)a!).DenseValues().Select(t => t.ToString()));
            else Assert.Equal(e, a);
        }
        Assert.Equal(expected.Field, actual.Field);
        Assert.Equal(expected.Named, actual.Named);
        Assert.Null(actual.Ignored);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_type_comes_back_as_it_was(bool reuse)
    {
        Everything[] rows = [.. Enumerable.Range(0, 10).Select(Row)];
        int i = 0;
        foreach (Everything row in ML.Data.CreateEnumerable<Everything>(ML.Data.LoadFromEnumerable(rows), reuse)) AssertSame(rows[i++], row);
        Assert.Equal(10, i);
    }

    [Fact]
    public void Column_types_follow_members_and_attributes()
    {
        DataViewSchema schema = ML.Data.LoadFromEnumerable<Everything>([]).Schema;
        Assert.Equal(new KeyDataViewType(typeof(uint), 3), schema["Key"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2), schema["Pair"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Double), schema["Any"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Int32, 2, 2), schema["Grid"].Type);
        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance), schema["Words"].Type);
        Assert.Equal(new VectorDataViewType(new KeyDataViewType(typeof(byte), 9), 2), schema["Keys"].Type);
        Assert.Equal(NumberDataViewType.Single, schema["MaybeSingle"].Type);
        Assert.Equal(NumberDataViewType.Single, schema["Other"].Type);
        Assert.All(["Named", "Ignored", "Computed"], name => Assert.Null(schema.GetColumnOrNull(name)));
    }

    [Fact]
    public void Numbers_from_0_become_keys_from_1_and_the_largest_number_a_missing_one()
    {
        KeyRow[] rows = [new() { PredictedLabel = 0 }, new() { PredictedLabel = 2 }, new() { PredictedLabel = uint.MaxValue }];
        Assert.Equal([1u, 3u, 0u], ML.Data.CreateEnumerable<KeyRow>(ML.Data.LoadFromEnumerable(rows), reuseRowObject: false).Select(row => row.PredictedLabel));
    }

    [Fact]
    public void More_rows_than_a_batch_holds_come_back()
    {
        var rows = Enumerable.Range(0, Batch.DefaultRowCount * 2 + 5).Select(i => new Plain(i, $"t{i % 300}")).ToArray();
        Assert.Equal(rows, ML.Data.CreateEnumerable<Plain>(ML.Data.LoadFromEnumerable(rows), reuseRowObject: false));
    }

    public sealed record Plain(float Number, string Text);
    public sealed record Mixed(string Text) { public float Number { get; init; } = 3; public bool Flag { get; set; } }
    public record struct Pair(float Number, string Text);
    public readonly record struct Fixed(float Number, string Text);
    public struct Fields { public float Number; public string Text; }
    public readonly struct Immutable(float number, string text) { public float Number { get; } = number; public string Text { get; } = text; }
    public class Base { public float Number { get; set; } }
    public sealed class Derived : Base { public string? Text { get; set; } }
    public sealed class RequiredMembers { public required float Number { get; init; } public required string Text; }

    [Fact]
    public void Records_structs_fields_and_inherited_members_are_row_types()
    {
        Assert.Equal([new Plain(1, "a")], Copy(new Plain(1, "a")));
        Assert.Equal([new Mixed("a") { Number = 5, Flag = true }], Copy(new Mixed("a") { Number = 5, Flag = true }));
        Assert.Equal([new Pair(1, "a")], Copy(new Pair(1, "a")));
        Assert.Equal([new Fixed(1, "a")], Copy(new Fixed(1, "a")));
        Assert.Equal([new Fields { Number = 1, Text = "a" }], Copy(new Fields { Number = 1, Text = "a" }));
        Assert.Equal([new Immutable(1, "a")], Copy(new Immutable(1, "a")));
        Assert.Equal([(1f, "a")], Copy(new Derived { Number = 1, Text = "a" }).Select(d => (d.Number, d.Text!)));
        Assert.Equal([(1f, "a")], Copy(new RequiredMembers { Number = 1, Text = "a" }).Select(d => (d.Number, d.Text)));
        Assert.Equal([new { Number = 1f, Text = "a" }], Copy(new { Number = 1f, Text = "a" }));

        static List<T> Copy<T>(T row)
        {
            List<T> fresh = [.. ML.Data.CreateEnumerable<T>(ML.Data.LoadFromEnumerable([row]), reuseRowObject: false)];
            List<T> reused = [.. ML.Data.CreateEnumerable<T>(ML.Data.LoadFromEnumerable([row]), reuseRowObject: true)];
            if (typeof(T).GetMethod("PrintMembers") is not null) Assert.Equal(fresh, reused);
            return fresh;
        }
    }

    [Fact]
    public void A_reused_row_is_one_object()
    {
        IDataView data = ML.Data.LoadFromEnumerable([new Derived { Number = 1 }, new Derived { Number = 2 }]);
        Assert.Single(ML.Data.CreateEnumerable<Derived>(data, reuseRowObject: true).Distinct());
        Assert.Equal(2, ML.Data.CreateEnumerable<Derived>(data, reuseRowObject: false).Distinct().Count());
    }

    [Fact]
    public void A_schema_gives_types_and_annotations()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Any", new VectorDataViewType(NumberDataViewType.Double, 2), ColumnAnnotations.WithSlotNames(["x", "y"]));
        builder.AddColumn("UInt32", new KeyDataViewType(typeof(uint), 5));
        DataViewSchema schema = ML.Data.LoadFromEnumerable([new Everything { Any = [1, 2], UInt32 = 5 }], builder.ToSchema()).Schema;
        Assert.Equal(["x", "y"], schema["Any"].SlotNamesOrNull()!);
        Assert.Equal(new KeyDataViewType(typeof(uint), 5), schema["UInt32"].Type);
        Assert.Equal(2, schema.Count);
    }

    [Fact]
    public void Missing_columns_are_listed_or_ignored()
    {
        IDataView data = ML.Data.LoadFromEnumerable([new Base { Number = 4 }]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => ML.Data.CreateEnumerable<Mixed>(data, reuseRowObject: false));
        Assert.Contains("Mixed: columns 'Text', 'Flag' not found. The columns are: Number: Single.", error.Message, StringComparison.Ordinal);
        Assert.Equal(new Mixed(null!) { Number = 4 }, ML.Data.CreateEnumerable<Mixed>(data, reuseRowObject: false, ignoreMissingColumns: true).Single());
    }

    public sealed class KeyRow { [KeyType(3)] public uint PredictedLabel; }
    public sealed class TextRow { public string? PredictedLabel; }
    public sealed class DoubleRow { public double Number; }
    public sealed class ListRow { public List<string>? Things { get; set; } }
    public sealed class NullableRow { public int? Age { get; set; } }
    public sealed class TwiceRow { public float A; [ColumnName("A")] public float B; }
    public sealed class BadKeyRow { [KeyType(3)] public float A; }
    public sealed class BadVectorRow { [VectorType(3)] public float A; }
    public sealed class NoMembers;

    [Fact]
    public void Another_type_than_the_column_is_an_error_with_a_hint()
    {
        var key = Assert.Throws<InvalidOperationException>(() => ML.Data.CreateEnumerable<TextRow>(ML.Data.LoadFromEnumerable<KeyRow>([]), reuseRowObject: false));
        Assert.Equal("TextRow.PredictedLabel is string, but column 'PredictedLabel' is Key<UInt32, 0-2>; map it to its value with Conversion.MapKeyToValue, or make the member uint.", key.Message);
        var number = Assert.Throws<InvalidOperationException>(() => ML.Data.CreateEnumerable<DoubleRow>(ML.Data.LoadFromEnumerable<Base>([]), reuseRowObject: false));
        Assert.Equal("DoubleRow.Number is double, but column 'Number' is Single; make the member float, or convert the column with Conversion.ConvertType.", number.Message);
    }

    [Fact]
    public void Members_that_no_column_can_hold_are_errors()
    {
        Assert.Contains("ListRow.Things is List<string>, which no column can hold.", Message<ListRow>(), StringComparison.Ordinal);
        Assert.Contains("NullableRow.Age is int?, which no column can hold.", Message<NullableRow>(), StringComparison.Ordinal);
        Assert.Contains("TwiceRow.B and TwiceRow.A both stand for column 'A'", Message<TwiceRow>(), StringComparison.Ordinal);
        Assert.Contains("[KeyType] needs byte, ushort, uint or ulong", Message<BadKeyRow>(), StringComparison.Ordinal);
        Assert.Contains("[VectorType] needs an array or a VBuffer", Message<BadVectorRow>(), StringComparison.Ordinal);
        Assert.Contains("NoMembers has no column", Message<NoMembers>(), StringComparison.Ordinal);

        static string Message<T>() => Assert.Throws<InvalidOperationException>(() => ML.Data.LoadFromEnumerable<T>([])).Message;
    }

    public sealed class VectorRow { [VectorType(2)] public float[]? V { get; set; } }
    public sealed class IntVectorRow { [VectorType(2)] public int[]? V { get; set; } }

    [Fact]
    public void Values_that_do_not_fit_name_the_row_and_the_member()
    {
        Assert.Equal("Row 1 of the sequence: VectorRow.V: found a vector of 3 items, expected 2. Without a size in [VectorType], rows may differ.",
            Message(new VectorRow { V = [1, 2] }, new VectorRow { V = [1, 2, 3] }));
        Assert.Equal("Row 0 of the sequence: KeyRow.PredictedLabel: found 3, expected 0 to 2 as [KeyType(3)] says, or 4294967295 for a missing one.", Message(new KeyRow { PredictedLabel = 3 }));
        Assert.Equal("Row 0 of the sequence: IntVectorRow.V: found no vector, expected one of 2 items.", Message(new IntVectorRow()));
        Assert.Equal("Row 1 of the sequence: found null, expected a row.", Message(new Base(), null!));
        Assert.Equal([float.NaN, float.NaN], ML.Data.CreateEnumerable<VectorRow>(ML.Data.LoadFromEnumerable([new VectorRow()]), reuseRowObject: false).Single().V!);

        static string Message<T>(params T[] rows) =>
            Assert.Throws<MLPipelinesException>(() => ML.Data.CreateEnumerable<T>(ML.Data.LoadFromEnumerable(rows), reuseRowObject: false).Count()).Message;
    }

    [Fact]
    public void Reading_a_row_again_allocates_nothing()
    {
        RowBinder<Everything> binder = RowBinder<Everything>.Instance;
        RowReader<Everything> reader = binder.CreateReader(binder.Schema, ignoreMissingColumns: false);
        BatchColumn[] columns = binder.CreateColumns();
        var batch = new Batch(columns.Length) { RowCount = 1 };
        for (int i = 0; i < columns.Length; i++) batch[i] = columns[i];
        Everything source = Row(3), target = new();
        // Text as memory takes new memory for each run of rows, unless it is empty.
        source.Memory = default;
        source.TwoTexts = null;
        source.Texts = default;
        void Once()
        {
            foreach (BatchColumn column in columns) column.Clear();
            binder.Append(source, columns);
            reader.Fill(batch, 0, ref target);
        }
        for (int i = 0; i < 200; i++) Once();
        Assert.Equal(0, Allocation.Of(Once));
        Assert.Equal("text 3", target.Text);
    }

    [Fact]
    public void Many_threads_share_a_reader()
    {
        RowBinder<Everything> binder = RowBinder<Everything>.Instance;
        RowReader<Everything> reader = binder.CreateReader(binder.Schema, ignoreMissingColumns: false);
        Parallel.For(0, 8, thread =>
        {
            BatchColumn[] columns = binder.CreateColumns();
            var batch = new Batch(columns.Length) { RowCount = 1 };
            for (int i = 0; i < columns.Length; i++) batch[i] = columns[i];
            for (int i = 0; i < 10; i++)
            {
                foreach (BatchColumn column in columns) column.Clear();
                binder.Append(Row(i), columns);
                AssertSame(Row(i), reader.Create(batch, 0));
            }
        });
    }
}
