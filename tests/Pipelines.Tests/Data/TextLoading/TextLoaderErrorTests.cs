using MLPipelines.Data;

namespace MLPipelines.Tests.Data.TextLoading;

public class TextLoaderErrorTests
{
    private static string MessageOf(string text, TextLoader.Column[] columns, Action<TextLoader.Options>? set = null)
    {
        var options = new TextLoader.Options { Separators = [','], AllowQuoting = true, HasHeader = true, Columns = columns };
        set?.Invoke(options);
        return Assert.Throws<MLPipelinesException>(() =>
        {
            var source = new TextInMemory(text);
            var view = (BatchView)new MLContext().Data.CreateTextLoader(options).Load(source);
            view.ReadColumns([.. Enumerable.Range(0, view.Schema.Count)]);
        }).Message;
    }

    private static string NumberMessage(string cell, DataKind kind = DataKind.Single, Action<TextLoader.Options>? set = null) =>
        MessageOf($"id,amount\n1,\n2,{cell}\n", [new("Amount", kind, 1)], set);

    [Fact]
    public void A_number_that_is_none_names_file_row_and_column() =>
        Assert.Equal("tickets.csv row 3, column \"amount\": found \"abc\", expected a number.", NumberMessage("abc"));

    [Fact]
    public void A_decimal_comma_is_explained()
    {
        Assert.Equal("tickets.csv row 3, column \"amount\": found \"12,50\", expected a number. If the comma is a decimal mark, pass --decimal ',' or set DecimalMarker.",
            NumberMessage("\"12,50\""));
        Assert.Equal("tickets.csv row 3, column \"amount\": found \"12.50\", expected a number. If the point is a decimal mark, pass --decimal '.' or set DecimalMarker.",
            MessageOf("id;amount\n1;2\n2;12.50\n", [new("Amount", DataKind.Single, 1)], o => (o.Separators, o.DecimalMarker) = ([';'], ',')));
    }

    [Theory]
    [InlineData(DataKind.Double, "1e", "a number")]
    [InlineData(DataKind.Int32, "2147483648", "a whole number that fits Int32")]
    [InlineData(DataKind.Int32, "1.0", "a whole number that fits Int32")]
    [InlineData(DataKind.SByte, "128", "a whole number that fits SByte")]
    [InlineData(DataKind.Byte, "-1", "a whole number that fits Byte")]
    [InlineData(DataKind.Boolean, "maybe", "true or false (or yes or no, 1 or 0)")]
    [InlineData(DataKind.DateTime, "31/31/2024", "a date and time such as 2024-03-31 or 2024-03-31T17:05:00Z")]
    [InlineData(DataKind.DateTimeOffset, "soon", "a date and time such as 2024-03-31 or 2024-03-31T17:05:00Z")]
    [InlineData(DataKind.TimeSpan, "long", "a length of time such as 1.12:30:00")]
    public void Every_kind_says_what_it_expects(DataKind kind, string cell, string expected) =>
        Assert.Equal($"tickets.csv row 3, column \"amount\": found \"{cell}\", expected {expected}.", NumberMessage(cell, kind));

    [Fact]
    public void A_key_says_its_range() =>
        Assert.Equal("tickets.csv row 2, column \"k\": found \"red\", expected a category number from 0 to 2.",
            MessageOf("k\nred\n", [new("K", DataKind.UInt32, [new(0)], new KeyCount(3))]));

    [Fact]
    public void A_header_that_is_read_as_data_is_explained() =>
        Assert.Equal("tickets.csv row 1, column \"Amount\": found \"amount\", expected a number. If the first row is a header, pass --has-header true or set HasHeader.",
            MessageOf("id,amount\n1,2\n", [new("Amount", DataKind.Single, 1)], o => o.HasHeader = false));

    [Fact]
    public void Quotes_that_were_not_allowed_are_explained() =>
        Assert.Equal("tickets.csv row 2, column \"amount\": found \"\"2\"\", expected a number. If fields are in quotes, allow quoting (allowQuoting: true).",
            MessageOf("id,amount\n1,\"2\"\n", [new("Amount", DataKind.Single, 1)], o => o.AllowQuoting = false));

    [Fact]
    public void A_vector_item_is_named_by_its_field() =>
        Assert.Equal("tickets.csv row 2, column \"V (field 2)\": found \"x\", expected a number.",
            MessageOf("1,2,3\n4,5,x\n", [new("V", DataKind.Single, 0, 2)], o => o.HasHeader = false));

    [Fact]
    public void Rows_after_line_breaks_in_quotes_have_a_line_too() =>
        Assert.Equal("tickets.csv row 3 (line 5), column \"n\": found \"x\", expected a number.",
            MessageOf("t,n\n\"a\nb\nc\",1\nd,x\n", [new("N", DataKind.Single, 1)]));

    [Fact]
    public void More_fields_than_the_header_are_an_error()
    {
        Assert.Equal("tickets.csv row 3: found 4 fields, expected 2 as in the header. A text that contains the separator ',' must be in double quotes.",
            MessageOf("t,n\na,1\nhello, you, there,2\n", [new("T", DataKind.String, 0)]));
        Assert.Equal("tickets.csv row 2: found 3 fields, expected 2 as in the header. A text that contains the separator tab must be in double quotes, and quoting must be allowed (allowQuoting: true).",
            MessageOf("t\tn\na\tb\t1\n", [new("T", DataKind.String, 0)], o => (o.Separators, o.AllowQuoting) = (['\t'], false)));
        Assert.Equal("tickets.csv row 1: found 3 fields, expected 2. A text that contains the separator ',' or ';' must be in double quotes.",
            MessageOf("1,2;3\n", [new("T", DataKind.String, 0)], o => (o.Separators, o.HasHeader, o.InputSize) = ([',', ';'], false, 2)));
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_an_error() =>
        Assert.Equal("tickets.csv row 3: found \"\"never closed,2↵c,3↵\", a quote that is opened and never closed; expected a closing quote before the end of the file. "
            + "Write a quote inside quotes twice, or turn quoting off if the quotes are part of the text.",
            MessageOf("t,n\na,1\n\"never closed,2\nc,3\n", [new("T", DataKind.String, 0)]));

    [Fact]
    public void Text_after_a_closing_quote_is_an_error() =>
        Assert.Equal("tickets.csv row 2: found \"\"Great\" he said,1↵\", text after a closing quote; expected a separator or the end of the row. "
            + "Write a quote inside quotes twice, or turn quoting off if the quotes are part of the text.",
            MessageOf("t,n\n\"Great\" he said,1\n", [new("T", DataKind.String, 0)]));

    [Fact]
    public void Long_fields_are_shortened_in_messages() =>
        Assert.Equal($"tickets.csv row 3, column \"amount\": found \"{new string('x', 60)}…\", expected a number.", NumberMessage(new string('x', 1000)));

    [Fact]
    public void A_row_without_end_is_an_error()
    {
        string message = MessageOf("t\n\"" + string.Concat(Enumerable.Repeat("some text, and no quote;\n", TextFormat.LongestRow / 20)), [new("T", DataKind.String, 0)]);
        Assert.StartsWith("tickets.csv row 2: found a row of more than 33,554,432 characters that starts with \"\"some text, and", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_an_error()
    {
        Assert.Equal("tickets.csv is empty: expected a header and rows.", MessageOf("", [new("T", DataKind.String, 0)]));
        Assert.Equal("tickets.csv is empty: expected at least one row.", MessageOf("\n\n", [new("T", DataKind.String, 0)], o => o.HasHeader = false));
    }

    [Fact]
    public void A_name_that_the_header_lacks_is_an_error() =>
        Assert.Equal("tickets.csv row 1: the header has no column \"Text\", which column \"T\" is read from. The columns are: \"id\", \"text\", \"label\". Did you mean \"text\"?",
            MessageOf("id, text ,label\n1,a,b\n", [new() { Name = "T", DataKind = DataKind.String, SourceNames = ["Text"] }]));

    [Theory]
    [InlineData("3 1:2 1:3\n", "tickets.csv row 1: found \"1:3\" in a sparse row, expected index:value with rising indices from 0 to 2. If rows are not sparse, turn AllowSparse off, or quote the field.")]
    [InlineData("3 1:2 3:3\n", "tickets.csv row 1: found \"3:3\" in a sparse row, expected index:value with rising indices from 0 to 2. If rows are not sparse, turn AllowSparse off, or quote the field.")]
    [InlineData("1:2 2:3\n", "tickets.csv row 1: found \"1:2\" in a sparse row, expected how many fields the sparse part has, before it or as InputSize. If rows are not sparse, turn AllowSparse off, or quote the field.")]
    public void Wrong_sparse_rows_are_errors(string text, string expected) =>
        Assert.Equal(expected, MessageOf(text, [new("V", DataKind.Single, 0, 2)], o => (o.Separators, o.HasHeader, o.AllowSparse) = ([' '], false, true)));

    [Fact]
    public void Options_that_cannot_work_are_errors()
    {
        static void Fails(string message, Action<TextLoader.Options> set)
        {
            var options = new TextLoader.Options { Columns = [new("a", DataKind.Single, 0)] };
            set(options);
            Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(() => new MLContext().Data.CreateTextLoader(options)).Message, StringComparison.Ordinal);
        }

        Fails("A text file needs at least one separator.", o => o.Separators = []);
        Fails("\"5\" cannot separate fields.", o => o.Separators = ['5']);
        Fails("A comma cannot be both separator and decimal mark", o => (o.Separators, o.DecimalMarker) = ([','], ','));
        Fails("The decimal mark is '.' or ','; found ';'.", o => o.DecimalMarker = ';');
        Fails("'\t' cannot be both separator and escape character.", o => o.EscapeChar = '\t');
        Fails("A colon cannot separate fields where rows may be sparse", o => (o.Separators, o.AllowSparse) = ([':'], true));
        Fails("Column 'a' says neither by index nor by name", o => o.Columns = [new() { Name = "a" }]);
        Fails("Column 0 has no name.", o => o.Columns = [new(" ", DataKind.Single, 0)]);
        Fails("Column 'a' reads field 1 twice.", o => o.Columns = [new("a", DataKind.Single, [new(0, 1), new(1)])]);
        Fails("Column 'a' is read from fields by name, which needs a header", o => o.Columns = [new() { Name = "a", SourceNames = ["b"] }]);
        Fails("Column 'Features' reads all fields from 1 on. How many there are is not known", o => o.Columns = null);
        Fails("A key is carried by Byte, UInt16, UInt32 or UInt64; found Single.", o => o.Columns = [new("a", DataKind.Single, [new(0)], new KeyCount(3))]);
        Fails("Only one range can be all", o => o.Columns = [new("a", DataKind.Single, [new() { Max = 3, AllOther = true }]), new("b", DataKind.Single, [new() { Max = 3, AllOther = true }])]);
    }
}
