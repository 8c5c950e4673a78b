using System.Text;
using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Data.TextLoading;

public sealed class SaveAsTextTests : IDisposable
{
    private static readonly MLContext ML = new(seed: 1);

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    private string Save(IDataView data, char separator = '\t', bool headerRow = true, bool schema = true, bool keepHidden = false, bool forceDense = false)
    {
        using (FileStream file = File.Create(_path)) ML.Data.SaveAsText(data, file, separator, headerRow, schema, keepHidden, forceDense);
        return File.ReadAllText(_path);
    }

    private static void AssertSame(IDataView expected, IDataView found)
    {
        Assert.Equal(expected.Schema.Select(column => $"{column.Name}: {column.Type}"), found.Schema.Select(column => $"{column.Name}: {column.Type}"));
        Assert.Equal(ViewContents.Read(expected), ViewContents.Read(found));
    }

    private static IDataView EveryType() => new MemoryView()
        .Add<sbyte>("sbyte", 0, sbyte.MinValue, sbyte.MaxValue).Add<byte>("byte", 0, 1, byte.MaxValue)
        .Add<short>("short", 0, short.MinValue, short.MaxValue).Add<ushort>("ushort", 0, 1, ushort.MaxValue)
        .Add("int", 0, int.MinValue, int.MaxValue).Add<uint>("uint", 0, 1, uint.MaxValue)
        .Add("long", 0, long.MinValue, long.MaxValue).Add<ulong>("ulong", 0, 1, ulong.MaxValue)
        .Add("float", 0.1f, float.NaN, float.NegativeInfinity).Add("double", 0.1, double.NaN, double.Epsilon)
        .Add("bool", true, false, true)
        .Add("time", new DateTime(2024, 2, 29, 12, 30, 5).AddTicks(7), default, DateTime.MaxValue)
        .Add("offset", new DateTimeOffset(2024, 2, 29, 12, 30, 5, TimeSpan.FromHours(-3.5)), default, DateTimeOffset.MaxValue)
        .Add("span", TimeSpan.FromTicks(-1), default, new TimeSpan(30, 12, 0, 0, 5))
        .AddText("text", "", "1:5", " \"tab\tand\nline\"")
        .Add("key", new KeyDataViewType(typeof(byte), 9), Keys<byte>(0, 1, 9))
        .AddVectors("dense", [[1f, 2], [0, float.NaN], [-0.5f, 1e-30f]], ["first", "the second"])
        .AddTexts("texts", [["a", ""], ["#", "//"], ["中文", "😀"]])
        .AddSparse("sparse", [[0, 0, 0, 0, 0, 0, 0, 1.5], [0, 0, 0, 0, 0, 0, 0, 0], [1d, 2, 3, 4, 5, 6, 7, 8]])
        .AddVectors("variable", [[1L, 2, 3], [], [4]], isVariable: true);

    private static ValueColumn<T> Keys<T>(params T[] keys)
    {
        var column = new ValueColumn<T>();
        foreach (T key in keys) column.Append(key);
        return column;
    }

    [Theory]
    [InlineData('\t', true, false)]
    [InlineData(',', true, false)]
    [InlineData(';', false, false)]
    [InlineData(' ', true, true)]
    [InlineData('|', false, true)]
    public void What_is_written_loads_again_exactly_without_settings(char separator, bool headerRow, bool forceDense)
    {
        IDataView data = EveryType();
        Save(data, separator, headerRow, forceDense: forceDense);
        IDataView loaded = ML.Data.LoadFromTextFile(_path);
        AssertSame(data, loaded);
        if (headerRow) Assert.Equal(["first", "the second"], ViewContents.SlotNames(loaded, "dense"));
    }

    [Fact]
    public void Columns_are_described_as_mlnet_describes_them()
    {
        var data = new MemoryView().Add("Label", true).AddKeys("Group", [2], "a", "b", "c").AddVectors("Features", [[1f, 0.25f]]).Add("Sepal length", 5)
            .AddVectors("Rest", [[1d, 2]], isVariable: true);
        Assert.Equal("""
            #@ TextLoader{
            #@   header+
            #@   sep=tab
            #@   col=Label:BL:0
            #@   col=Group:U4[3]:1
            #@   col=Features:R4:2-3
            #@   col={name={Sepal length} type=I4 src=4}
            #@   col=Rest:R8:5-**
            #@ }
            Label	Group			Sepal length
            1	1	1	0.25	5	1	2

            """.ReplaceLineEndings("\n"), Save(data));
    }

    [Fact]
    public void Rows_of_zeros_are_written_sparse_and_dense_when_that_is_asked_for()
    {
        var data = new MemoryView().AddVectors("Features", [[0f, 0, 0, 0, 0, 0, 0, 0.9438623f, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]);
        Assert.Equal("10\t7:0.9438623\n10\t0:0\n1\t2\t3\t4\t5\t6\t7\t8\t9\t10\n", Save(data, schema: false));
        AssertSame(data, ML.Data.LoadFromTextFile(_path, [new("Features", DataKind.Single, 0, 9)], allowSparse: true));
        Assert.StartsWith("0\t0\t0\t0\t0\t0\t0\t0.9438623\t0\t0\n", Save(data, schema: false, forceDense: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Dense_columns_come_before_the_sparse_part_of_a_row()
    {
        var data = new MemoryView().Add("Label", 1f).AddText("Text", "3:x").AddKeys("Key", [0], "a").AddSparse("Features", [[0f, 0, 2, 0, 0, 0]]);
        Assert.Equal("1\t\"3:x\"\t7\t3:2\n", Save(data, headerRow: false, schema: false));
        Save(data);
        AssertSame(data, ML.Data.LoadFromTextFile(_path));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("with {braces} and } more {")]
    [InlineData("quote \" hash # and \\")]
    [InlineData("\\\"\\\\#")]
    [InlineData("a:b,c=d+")]
    [InlineData("列名")]
    public void Any_name_of_a_column_comes_back(string name)
    {
        var data = new MemoryView().Add(name, 1f).Add("last", 2f);
        Save(data);
        Assert.Equal([name, "last"], ML.Data.LoadFromTextFile(_path).Schema.Select(column => column.Name));
    }

    [Fact]
    public void Hidden_columns_are_kept_when_that_is_asked_for()
    {
        var data = new MemoryView().Add("A", 1f).Add("A", 2f);
        Assert.Equal("2\n", Save(data, headerRow: false, schema: false));
        Assert.Equal("1\t2\n", Save(data, headerRow: false, schema: false, keepHidden: true));
    }

    [Fact]
    public void What_cannot_be_described_or_written_is_refused()
    {
        var variable = new MemoryView().AddVectors("V", [[1f], [1, 2]]).Add("After", 1f, 2);
        Assert.Contains("Column 'After' comes after a vector whose length differs", Assert.Throws<ArgumentException>(() => Save(variable)).Message, StringComparison.Ordinal);
        Assert.Equal("1\t1\n1\t2\t2\n", Save(variable, headerRow: false, schema: false));
        Assert.Throws<ArgumentOutOfRangeException>(() => Save(EveryType(), ':'));
        var identities = new MemoryView().Add("Id", RowIdDataViewType.Instance, Keys(new DataViewRowId(1, 2)));
        Assert.Contains("Column 'Id'", Assert.Throws<NotSupportedException>(() => Save(identities)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Save(new MemoryView()));
    }

    [Theory]
    [InlineData("#@ TextLoader{\n#@ col=Label:XX:0\n#@ }\n1\n", "found the type 'XX'")]
    [InlineData("#@ TextLoader{\n#@ col={name=Label src=0\n#@ }\n1\n", "expected a closing brace")]
    [InlineData("#@ TextLoader{\n#@ sep=tab\n#@ }\n1\n", "no column is described")]
    [InlineData("#@ TextLoader{\n#@ color=red\n#@ }\n1\n", "'color=red', which is no setting")]
    [InlineData("#@ TextLoader{\n#@ col=Label:R4:x\n#@ }\n1\n", "found 'x', expected a number")]
    public void A_description_that_makes_no_sense_is_an_error_that_names_the_file(string text, string message)
    {
        File.WriteAllText(_path, text);
        var error = Assert.Throws<MLPipelinesException>(() => ML.Data.LoadFromTextFile(_path));
        Assert.StartsWith($"{_path}: the description of the columns", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Descriptions_that_others_wrote_are_understood()
    {
        byte[] text = Encoding.UTF8.GetBytes("#@ TextLoader{sparse- quote-\n#@   sep=comma,bar\n#@   col={name={My Key} type=U1[0-9] src=0}\n#@   col=Rest:1-* }\n3,1|2\n");
        File.WriteAllBytes(_path, text);
        IDataView loaded = ML.Data.LoadFromTextFile(_path, new TextLoader.Options { MaxRows = 5 });
        Assert.Equal("My Key: Key<Byte, 0-9>, Rest: Vector<Single, 2>", loaded.Schema.ToString());
        Assert.Equal([[1f, 2]], ViewContents.Vectors<float>(loaded, "Rest"));
        Assert.Equal([4], ViewContents.Values<byte>(loaded, "My Key"));
    }
}
