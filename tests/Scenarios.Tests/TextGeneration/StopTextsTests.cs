using MLPipelines.Scenarios.TextGeneration;

namespace MLPipelines.Scenarios.Tests.TextGeneration;

public sealed class StopTextsTests
{
    /// <summary>What each piece lets pass, and at last what the end does.</summary>
    [Theory]
    [InlineData("a|b|c", "", "a|b|c|", false)]
    [InlineData("one E|N|D two", "END", "one |||", true)]
    [InlineData("E|N|E|N|D", "END", "||EN|||", true)]
    [InlineData("E|N", "END", "||EN", false)]
    [InlineData("x\n|\ny", "\n\n", "x||", true)]
    [InlineData("one two three", "three,two", "one |", true)]
    [InlineData("aab|b", "aabc,b", "aa||", true)]
    [InlineData("aa|ab", "aab", "|a|", true)]
    public void What_may_become_a_stop_text_is_held_back(string pieces, string stops, string passed, bool isFound)
    {
        var texts = new StopTexts([.. stops.Split(',', StringSplitOptions.RemoveEmptyEntries)]);
        List<string> told = [.. pieces.Split('|').Select(texts.Pass)];
        told.Add(texts.End());
        Assert.Equal(passed, string.Join('|', told));
        Assert.Equal(isFound, texts.IsFound);
    }
}
