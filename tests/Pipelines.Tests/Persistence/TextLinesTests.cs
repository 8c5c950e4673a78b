using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MLPipelines.Persistence;

namespace MLPipelines.Tests.Persistence;

public class TextLinesTests
{
    [Fact]
    public void Lines_are_readable_text()
    {
        byte[] bytes = TextLines.Write(["plain", "", "a\nb\r\\c", "退款 😡", "half \uD83D", "\uDE00\uD83D\uDE00"]);
        Assert.Equal("plain\n\na\\nb\\r\\\\c\n退款 😡\nhalf \\uD83D\n\\uDE00😀\n", Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void No_text_and_one_empty_text_differ()
    {
        Assert.Empty(TextLines.Read(TextLines.Write([])));
        Assert.Equal([""], TextLines.Read(TextLines.Write([""])));
    }

    [Fact]
    public void Any_texts_come_back_as_they_were()
    {
        // Strings of the characters that matter: escapes, line ends of all kinds, halves of pairs, a byte order mark.
        char[] special = ['\\', '\n', '\r', 'n', 'u', '0', 'D', '\uD83D', '\uDE00', '\u2028', '\uFEFF', '\0', 'é', '退'];
        var texts = FsCheck.Fluent.Gen.ArrayOf(FsCheck.Fluent.Gen.ArrayOf(FsCheck.Fluent.Gen.Elements(special)).Select(chars => new string(chars)));
        Prop.ForAll(texts.ToArbitrary(), list => Assert.Equal(list, TextLines.Read(TextLines.Write(list)))).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("no end", "its last line is cut off")]
    [InlineData("a\\xb\n", "the line 'a\\xb' has an escape that is not known")]
    [InlineData("a\\\n", "the line 'a\\' has an escape that is not known")]
    [InlineData("\\u12\n", "the line '\\u12' has an escape that is not known")]
    [InlineData("\\u12g4\n", "the line '\\u12g4' has an escape that is not known")]
    public void What_cannot_be_read_is_said(string text, string problem) =>
        Assert.Equal(problem, Assert.Throws<FormatException>(() => TextLines.Read(Encoding.UTF8.GetBytes(text))).Message);

    [Fact]
    public void Bytes_that_are_not_Utf8_are_an_error() =>
        Assert.Equal("it is not valid UTF-8", Assert.Throws<FormatException>(() => TextLines.Read([0xC3, 0x28, 0x0A])).Message);
}
