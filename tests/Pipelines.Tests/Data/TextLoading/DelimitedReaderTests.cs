using System.Text;
using MLPipelines.Data;

namespace MLPipelines.Tests.Data.TextLoading;

public class DelimitedReaderTests
{
    private static readonly TextFormat Csv = new(",", Quoting: true);

    /// <summary>Rows as a|b / c|d.</summary>
    private static string Read(string text, TextFormat? format = null) =>
        string.Join(" / ", TextInMemory.Rows(text, format ?? Csv).Select(row => string.Join('|', row)));

    [Theory]
    [InlineData("a,b\n1,2\n", "a|b / 1|2")]
    [InlineData("a,b\n1,2", "a|b / 1|2")]
    [InlineData("a,b\r\n1,2\r\n", "a|b / 1|2")]
    [InlineData("a,b\r1,2\r", "a|b / 1|2")]
    [InlineData("a,b\r1,2\n3,4\r\n5,6", "a|b / 1|2 / 3|4 / 5|6")]
    [InlineData("a\n\n\r\n\rb\n\n", "a / b")]
    [InlineData(",\n", "|")]
    [InlineData("a,\n,b\n,", "a| / |b / |")]
    [InlineData("", "")]
    [InlineData("\n", "")]
    [InlineData(" ", "")]
    public void Rows_end_at_any_line_end_and_blank_lines_are_no_rows(string text, string expected) => Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData("\"a\",b", "a|b")]
    [InlineData("\"a,b\",c", "a,b|c")]
    [InlineData("\"a\"\"b\",c", "a\"b|c")]
    [InlineData("\"\"\"a\"\"\",c", "\"a\"|c")]
    [InlineData("\"\",\"\"", "|")]
    [InlineData("\"\"\"\"", "\"")]
    [InlineData("\"\"\"\"\"\"\n", "\"\"")]
    [InlineData("\"a\nb\",c\nd,e", "a\nb|c / d|e")]
    [InlineData("\"a\r\nb\r\",\"\n\"\r\nd,e", "a\r\nb\r|\n / d|e")]
    [InlineData("a\"b,c\"d\"", "a\"b|c\"d\"")]
    [InlineData("5\" pipe,x", "5\" pipe|x")]
    [InlineData(" \"a\" , \" b \"", "a| b ")]
    [InlineData("  a  ,  b", "a  |b")]
    [InlineData("\" a \"", " a ")]
    [InlineData("\"a\"", "a")]
    [InlineData("x,\"a\"", "x|a")]
    public void Quotes_follow_rfc_4180(string text, string expected) => Assert.Equal(expected, Read(text));

    [Fact]
    public void Quotes_are_characters_without_quoting() =>
        Assert.Equal("\"a|b\"|\" / x", Read("\"a,b\",\"\nx", Csv with { Quoting = false }));

    [Fact]
    public void Several_separators_may_be_given() =>
        Assert.Equal("a|b|c|d e", Read("a,b;c\t\"d e\"", new TextFormat(",;\t", Quoting: true)));

    [Fact]
    public void Spaces_may_separate() => Assert.Equal("a||b|c d", Read("a  b \"c d\"", new TextFormat(" ", Quoting: true)));

    [Fact]
    public void Another_character_may_escape_quotes() =>
        Assert.Equal("say \"hi\"|c:\\temp / x", Read("\"say \\\"hi\\\"\",\"c:\\temp\"\nx", Csv with { Escape = '\\' }));

    [Fact]
    public void White_space_at_row_ends_goes_when_asked() =>
        Assert.Equal("a |b / c|d ", Read("a ,b \t\n\"c\",\"d \" \n", Csv with { TrimEnd = true }));

    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(31)]
    [InlineData(64)]
    public void Block_ends_cut_nothing(int blockSize)
    {
        string[][] rows =
        [
            ["plain", "a \"quoted\" word", "line\r\nbreak"], ["", "\"\"", "\n\n\n"],
            ["中文，全角逗号", "emoji 😀👩‍👩‍👧", new string('x', 200) + "\"" + new string('y', 100)],
            ["1", "2", "3"], ["a\rb", "\r", "\""],
        ];
        var text = new StringBuilder();
        for (int i = 0; i < 50; i++)
            foreach (string[] row in rows)
                text.AppendJoin(',', row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append(i % 3 == 0 ? "\r\n" : i % 3 == 1 ? "\n" : "\r");

        var found = TextInMemory.Rows(text.ToString(), Csv with { BlockSize = blockSize });

        Assert.Equal(250, found.Count);
        for (int i = 0; i < found.Count; i++) Assert.Equal(rows[i % rows.Length], found[i]);
    }

    [Fact]
    public void A_row_longer_than_many_blocks_is_read()
    {
        string big = new('z', 300_000);
        Assert.Equal([["a", big + "\n" + big, "b"], ["1", "2", "3"]], TextInMemory.Rows($"a,\"{big}\n{big}\",b\n1,2,3\n", Csv));
    }

    [Fact]
    public void Rows_and_lines_are_counted()
    {
        using var reader = new DelimitedReader(new CharSource(new MemoryStream("a\n\n\"b\nc\nd\"\ne"u8.ToArray()), "x"), Csv);
        List<(long, long)> places = [];
        while (reader.ReadRow()) places.Add((reader.Row, reader.Line));
        Assert.Equal([(1, 1), (3, 3), (4, 6)], places);
    }

    [Fact]
    public void Every_width_of_vector_finds_what_a_loop_finds()
    {
        var random = new Random(1);
        char[] alphabet = ['a', ',', ';', '\n', '\r', '"', ' ', '，', '\u2C2C', '\u0A0D', '\0', '\uFFFF'];
        foreach (string separators in (string[])[",", ";,", "\t|,;"])
        {
            var search = new SeparatorSearch(separators);
            for (int round = 0; round < 500; round++)
            {
                char[] text = random.GetItems(alphabet, SeparatorSearch.Window);
                ulong expected = search.FindPlain(ref text[0]);
                Assert.Equal(expected, search.Find128(ref text[0]));
                Assert.Equal(expected, search.Find256(ref text[0]));
                Assert.Equal(expected, search.Find512(ref text[0]));
            }
        }
    }

    [Fact]
    public void Ends_right_at_the_window_are_found()
    {
        for (int length = 1; length < 200; length++)
        {
            string cell = new('x', length);
            Assert.Equal([[cell, cell], [cell, cell]], TextInMemory.Rows($"{cell},{cell}\r\n{cell},{cell}\r\n", Csv));
            Assert.Equal([[cell, ""], ["", cell]], TextInMemory.Rows($"{cell},\r\n,{cell}", Csv with { Quoting = false }));
        }
    }
}
