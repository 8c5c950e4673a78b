using MLPipelines.Transforms.Text;

namespace MLPipelines.Tests.Transforms.Text.Vectorizing;

public class NgramFoldingTests
{
    [Theory]
    [InlineData("", " ")]
    [InlineData("   \t\r\n", " ")]
    [InlineData("Where IS my card?", " where is my card? ")]
    [InlineData("  two\t\n  words ", " two words ")]
    [InlineData("a\u00A0b\u3000c\u2009d\u200Be\u2028f", " a b c d e f ")]
    [InlineData("ＡＢＣ１２３！", " abc123! ")]
    [InlineData("CAFE\u0301 café", " café café ")]
    [InlineData("A\u030A\u0301", " ǻ ")]
    [InlineData("Ё е\u0308 И\u0306", " ё ё й ")]
    [InlineData("ΣΟΦΌΣ σοφός", " σοφόσ σοφόσ ")]
    [InlineData("q\u0301", " q\u0301 ")]
    [InlineData("\u0301a", " \u0301a ")]
    [InlineData("❤\uFE0F ❤", " ❤ ❤ ")]
    [InlineData("👨\u200D👩\u200D👧", " 👨👩👧 ")]
    [InlineData("\uFEFFco\u00ADoperate\u200E", " cooperate ")]
    [InlineData("می\u200Cروم", " میروم ")]
    [InlineData("退款 Ⅷ", " 退款 ⅷ ")]
    [InlineData("\uD83D", " \uD83D ")]
    public void Spellings_of_one_text_are_one(string text, string folded) => Assert.Equal(folded, NaiveNgrams.Fold(text));

    /// <summary>A model that was trained in one culture is applied in another.</summary>
    [Fact]
    public void The_culture_does_not_matter()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("tr-TR");
            Assert.Equal(" title ", NaiveNgrams.Fold("TITLE"));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Fact]
    public void Folding_twice_changes_nothing_and_stays_within_its_bound()
    {
        for (int c = 0; c <= char.MaxValue; c++)
        {
            string text = $"{(char)c}a{(char)c}", once = NaiveNgrams.Fold(text);
            Assert.InRange(once.Length, 1, NgramFolding.MaximumLength(text.Length));
            Assert.Equal(once, NaiveNgrams.Fold(once));
        }
    }
}
