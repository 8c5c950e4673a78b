namespace MLPipelines.Architecture.Tests;

public class CodeTextTests
{
    [Theory]
    [InlineData("a // b\nc", "a c")]
    [InlineData("a /* b \n \" */ c", "a c")]
    [InlineData("a = \"b \\\" c\" + d;", "a = + d;")]
    [InlineData("a = @\"b \\\" + c;", "a = + c;")]
    [InlineData("a = @\"b \"\" c\" + d;", "a = + d;")]
    [InlineData("a = \"\" + '\"' + '\\'' + b;", "a = + + + b;")]
    [InlineData("a = $\"b {c} d {{e}} {f(\"g\")}\" + h;", "a = c f( ) + h;")]
    [InlineData("a = $\"{new { B = 1 }.B}\" + c;", "a = new { B = 1 }.B + c;")]
    [InlineData("a = \"\"\"b \" c\"\"\" + d;", "a = + d;")]
    [InlineData("a = $$\"\"\"b {c} {{d}} \"\"\" + e;", "a = d + e;")]
    [InlineData("a = @$\"b {c} \\\" + @class;", "a = c + @class;")]
    [InlineData("a = $\"b\n{c}\";\nd", "a = c ; d")]
    public void Comments_and_literals_are_no_code(string source, string expected)
    {
        string code = CodeText.Of(source);
        Assert.Equal(source.Length, code.Length);
        Assert.Equal(source.Count(c => c == '\n'), code.Count(c => c == '\n'));
        Assert.Equal(expected, string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }
}
