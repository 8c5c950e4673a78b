using System.Text;
using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Data.TextLoading;

public class TextFileInferenceTests
{
    private static InferredTextFile Infer(string text, TextFileInferenceOptions? options = null) => TextFileInference.Infer(new TextInMemory(text), options);

    /// <summary>Separator, whether there is a header, and name:kind of every column.</summary>
    private static string Shape(InferredTextFile file) =>
        $"{file.Separator} {(file.HasHeader ? "header" : "no header")} {string.Join(' ', file.Columns.Select(c => $"{c.Name}:{c.Kind}"))}";

    [Theory]
    [InlineData("id,amount,paid,when,note\n1,2.5,true,2024-03-31,hello there\n2,3,false,2024-04-01 10:20:30,\"a, b\"\n",
        ", header id:Single amount:Single paid:Boolean when:DateTime note:String")]
    [InlineData("text\tlabel\nI want my money back, now\trefund\nWhere is it?\tdelivery\n", "\t header text:String label:String")]
    [InlineData("I want my money back\trefund\nWhere is it?\tdelivery\nnot again\trefund\n", "\t no header Column0:String Column1:String")]
    [InlineData("价格;城市\n1,5;北京\n2,25;上海\n", "; header 价格:Single 城市:String")]
    [InlineData("a|b\n1|x\n2|y\n", "| header a:Single b:String")]
    [InlineData("1,2,3\n4,5,6\n", ", no header Column0:Single Column1:Single Column2:Single")]
    [InlineData("标签,内容\n正面,这家酒店很好，下次还来。\n负面,\"房间很小,不推荐。\"\n", ", header 标签:String 内容:String")]
    [InlineData("正面,这家酒店很好，下次还来。\n负面,\"房间很小,不推荐。\"\n正面,服务热情\n", ", no header Column0:String Column1:String")]
    [InlineData(",first,second\n0,a,b\n1,c,d\n", ", header Column0:Single first:String second:String")]
    [InlineData("text\nhello, world\nthis, that, and the other\nno comma\n", "\t header text:String")]
    [InlineData("hello, world\nthis, that, and the other\nno comma here\n", "\t no header Column0:String")]
    [InlineData("value\n1\n2\n", "\t header value:Single")]
    [InlineData("one,row,only\n", ", no header Column0:String Column1:String Column2:String")]
    [InlineData("1.5,a\n", ", no header Column0:Single Column1:String")]
    [InlineData("kind,words\nspam,win a prize now and here\nham,see you later my friend\nspam,you have won a big prize\nham,call me when you can\n", ", header kind:String words:String")]
    [InlineData("zip,phone\n01234,4929123412341234\n00501,4929123412341235\n", ", header zip:String phone:String")]
    [InlineData("a,b,\n1,x,\n2,y,\n", ", header a:Single b:String")]
    [InlineData("n\n1\n?\nNA\n\n3.5\n", "\t header n:Single")]
    [InlineData("when,what\n31/12/2024,x\n30/11/2024,y\n", ", header when:String what:String")]
    [InlineData("x;y\n\"1;2\";3\n\"4;5\";6\n", "; header x:String y:Single")]
    [InlineData("\"Great\" he said\tpos\n\"Bad\" she said\tneg\nso so\tpos\n", "\t no header Column0:String Column1:String")]
    [InlineData("thing,total\nx,\"1,234\"\ny,\"12,345\"\n", ", header thing:String total:String")]
    [InlineData("thing,total\nx,\"1,5\"\ny,\"12,25\"\n", ", header thing:String total:Single")]
    public void Shapes_are_recognized(string text, string expected) => Assert.Equal(expected, Shape(Infer(text)));

    [Fact]
    public void Decimal_commas_are_recognized()
    {
        Assert.Equal(',', Infer("a;b\n1,5;x\n2,25;y\n").DecimalMark);
        Assert.Equal('.', Infer("a;b\n1.5;x\n2.25;y\n").DecimalMark);
    }

    [Fact]
    public void Quotes_that_are_part_of_the_text_turn_quoting_off()
    {
        Assert.False(Infer("\"Great\" he said\tpos\n\"Bad\" she said\tneg\n").AllowQuoting);
        Assert.True(Infer("a\tb\n\"x\"\ty\n").AllowQuoting);
    }

    [Fact]
    public void What_is_given_is_not_guessed()
    {
        Assert.Equal(", no header Column0:String Column1:String", Shape(Infer("id,amount\n1,2\n", new() { HasHeader = false })));
        Assert.Equal(", header 5:Single 6:Single", Shape(Infer("5,6\n1,2\n", new() { HasHeader = true })));
        Assert.Equal("; no header Column0:String", Shape(Infer("a,b\nc,d\n", new() { Separator = ';' })));
        Assert.Equal(';', Infer("a,b\nc,d\n", new() { Separator = ';' }).Separator);
        Assert.False(Infer("a,b\n\"c\",d\n", new() { AllowQuoting = false }).AllowQuoting);
        Assert.Equal(DataKind.Single, Infer("a;b\n1,234;x\n", new() { DecimalMark = ',' }).Columns[0].Kind);
    }

    [Fact]
    public void Equal_names_are_made_different() =>
        Assert.Equal(", header a:Single a_2:Single Column2:Single", Shape(Infer("a,a,\n1,2,3\n", new() { HasHeader = true })));

    [Fact]
    public void The_options_load_what_was_seen()
    {
        const string Text = "id;amount;when;note\n1;2,5;2024-03-31;\"a;b\"\n2;;2024-04-01;c\n";
        var view = (BatchView)new MLContext().Data.CreateTextLoader(Infer(Text).ToOptions()).Load(new TextInMemory(Text));
        Assert.Equal("id: Single, amount: Single, when: DateTime, note: String", view.Schema.ToString());
        var columns = view.ReadColumns(0, 1, 2, 3);
        Assert.Equal([2.5f, float.NaN], ((ValueColumn<float>)columns[1]).Values.ToArray());
        Assert.Equal(new DateTime(2024, 3, 31, 0, 0, 0, DateTimeKind.Utc), ((ValueColumn<DateTime>)columns[2]).Values[0]);
        Assert.Equal("a;b", ((TextColumn)columns[3])[0].ToString());
    }

    [Fact]
    public void The_options_find_columns_by_name_in_files_of_another_order()
    {
        InferredTextFile file = Infer("id,text\n1,x y z\n");
        var view = (BatchView)new MLContext().Data.CreateTextLoader(file.ToOptions([file.Columns[1]])).Load(new TextInMemory("text,other,id\nhello,?,7\n"));
        Assert.Equal("text: String", view.Schema.ToString());
        Assert.Equal("hello", ((TextColumn)view.ReadColumns(0)[0])[0].ToString());
    }

    [Fact]
    public void Comments_before_the_header_are_passed_over()
    {
        const string Text = "# made by hand, twice\n// see: the manual\nid;amount;note\n1;2;a\n2;3;b\n";
        Assert.Equal("; header id:Single amount:Single note:String", Shape(Infer(Text)));
        var view = (BatchView)new MLContext().Data.CreateTextLoader(Infer(Text).ToOptions()).Load(new TextInMemory(Text));
        Assert.Equal([1f, 2f], ((ValueColumn<float>)view.ReadColumns(0)[0]).Values.ToArray());
    }

    [Fact]
    public void Words_for_missing_numbers_are_words_among_truth_values() =>
        Assert.Equal(", header phone:String No:Single", Shape(Infer("phone,No\nyes,1\nnone,2\nno,none\n")));

    [Fact]
    public void Rows_cut_off_by_the_sample_do_not_disturb()
    {
        var text = new StringBuilder("id,text\n");
        for (int i = 0; i < 2000; i++) text.Append(i).Append(",\"several\nlines, of \"\"text\"\"\nfor ").Append(i).Append("\"\n");
        for (int size = 5000; size < 5050; size++)
            Assert.Equal(", header id:Single text:String", Shape(Infer(text.ToString(), new() { SampleBytes = size })));
    }

    [Fact]
    public void Later_rows_of_the_sample_decide_the_kind()
    {
        string text = "id,x\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},{(i == 4999 ? "n/k" : "1")}\n"));
        Assert.Equal(", header id:Single x:String", Shape(Infer(text)));
    }

    [Fact]
    public void An_empty_file_is_an_error() =>
        Assert.Equal("tickets.csv is empty: expected at least one row.", Assert.Throws<MLPipelinesException>(() => Infer("")).Message);

    [Fact]
    public void Bytes_that_are_not_utf8_are_an_error()
    {
        var error = Assert.Throws<MLPipelinesException>(() => TextFileInference.Infer(new TextInMemory(Encoding.Latin1.GetBytes("a,b\nné,1\n"))));
        Assert.StartsWith("tickets.csv line 2: found the byte 0xE9", error.Message, StringComparison.Ordinal);
    }
}
