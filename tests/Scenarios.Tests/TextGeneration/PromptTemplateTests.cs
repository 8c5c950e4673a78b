using MLPipelines.Scenarios.TextGeneration;

namespace MLPipelines.Scenarios.Tests.TextGeneration;

public sealed class PromptTemplateTests
{
    [Fact]
    public void Values_come_into_their_slots()
    {
        var template = PromptTemplate.Parse("Subject: {{subject}}\n{{ body }}\nAgain: {{subject}}. \\{{no slot}} { }} {}");
        Assert.Equal(["subject", "body"], template.Slots);
        Assert.Equal("Subject: {{body}}\nx\nAgain: {{body}}. {{no slot}} { }} {}", template.Fill(("subject", "{{body}}"), ("body", "x")));
    }

    [Fact]
    public void A_template_may_have_no_slots()
    {
        Assert.Equal("plain", PromptTemplate.Parse("plain").Fill());
        Assert.Equal("", PromptTemplate.Parse("").Fill());
    }

    [Fact]
    public void Missing_and_unknown_slots_are_named()
    {
        var template = PromptTemplate.Parse("{{a}} {{b}} {{c}}");
        Assert.Equal("The template's slots 'a', 'c' have no value.", Message(() => template.Fill(("b", "1"))));
        Assert.Equal("The template's slot 'c' has no value.", Message(() => template.Fill(("b", "1"), ("a", "1"))));
        Assert.Equal("The template has no slot 'd'; its slots are a, b, c.", Message(() => template.Fill(("d", "1"), ("a", "1"))));
        Assert.Equal("The template has no slot 'd'; it has no slots.", Message(() => PromptTemplate.Parse("x").Fill(("d", "1"))));
    }

    [Theory]
    [InlineData("one\ntwo {{name", "The template, line 2: found '{{name', expected a slot such as {{name}}. Braces that are no slot are written \\{{.")]
    [InlineData("{{}}", "The template, line 1: found '{{}}', expected a slot such as {{name}}. Braces that are no slot are written \\{{.")]
    [InlineData("{{two words}}", "The template, line 1: found '{{two words}}', expected a slot such as {{name}}. Braces that are no slot are written \\{{.")]
    public void Slots_that_are_none_are_pointed_at(string text, string message) => Assert.Equal(message, Message(() => PromptTemplate.Parse(text)));

    [Fact]
    public void A_file_has_a_template_without_its_last_line_break()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "Hello {{name}},\r\n\r\n");
            Assert.Equal("Hello Ada,\n", PromptTemplate.Load(file).Fill(("name", "Ada")));
            File.WriteAllText(file, "{{");
            Assert.StartsWith($"{file}, line 1", Message(() => PromptTemplate.Load(file)), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Message(Action action) => Assert.Throws<MLPipelinesException>(action).Message;
}
