using MLPipelines.Neural.Text;
using Xunit;

namespace MLPipelines.Neural.Tests.Text;

public sealed class WordSpanTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("   ", 0)]
    [InlineData("one", 1)]
    [InlineData(" two  words ", 2)]
    [InlineData("a tab\tand a\nline", 5)]
    [InlineData("全角　スペース", 2)]
    public void Words_stand_between_white_space(string text, int count) => Assert.Equal(count, WordSpans.Count(text));

    [Fact]
    public void Each_token_belongs_to_the_word_that_it_is_in()
    {
        // Byte pairs have the space with the word after it; word pieces have none.
        const string Text = "Bob  lives in  Rome";
        Assert.Equal([0, -1, 1, 1, 2, -1, 3], Align(Text, [(0, 3), (3, 4), (4, 8), (8, 10), (10, 13), (13, 14), (14, 19)]));
        Assert.Equal([0, 1, 1, 2, 3, 3], Align(Text, [(0, 3), (5, 7), (7, 10), (11, 13), (15, 16), (16, 19)]));
    }

    [Fact]
    public void Words_without_tokens_are_passed_over() => Assert.Equal([0, 2], Align("a ? b", [(0, 1), (4, 5)]));

    private static int[] Align(string text, (int Start, int End)[] tokens)
    {
        int[] words = new int[tokens.Length];
        WordSpans.Align(text, [.. tokens.Select(token => token.Start)], [.. tokens.Select(token => token.End)], words);
        return words;
    }
}
