using MLPipelines.Transforms.Text;
using static MLPipelines.Tests.Transforms.Text.TextRows;

namespace MLPipelines.Tests.Transforms.Text;

public class NormalizeTextTests
{
    private static string Normalize(string text, TextNormalizingEstimator.CaseMode caseMode = TextNormalizingEstimator.CaseMode.Lower,
        bool keepDiacritics = false, bool keepPunctuations = true, bool keepNumbers = true)
    {
        IDataView view = View(text);
        return Texts(ML.Transforms.Text.NormalizeText("Out", "Text", caseMode, keepDiacritics, keepPunctuations, keepNumbers).Fit(view).Transform(view), "Out")[0][0];
    }

    // ML.NET docs/samples/Microsoft.ML.Samples/Dynamic/Transforms/Text/NormalizeText.cs
    [Fact]
    public void The_sample_of_ML_NET_gives_its_printed_output() => Assert.Equal(
        "mlnets normalizetext api changes the case of the text and removeskeeps diacritics punctuations andor numbers ",
        Normalize("ML.NET's NormalizeText API changes the case of the TEXT and removes/keeps diâcrîtîcs, punctuations, and/or numbers (123).",
            keepDiacritics: false, keepPunctuations: false, keepNumbers: false));

    [Theory]
    [InlineData("ÀÉÎÕÜ ñ ż Ǖ Ά Й ё", "aeiou n z u α и е")] // composed letters
    [InlineData("e\u0301 a\u0308", "e a")] // letters followed by marks
    [InlineData("שָׁלוֹם", "שלום")] // Hebrew points
    [InlineData("北京 MÜNCHEN 😀", "北京 munchen 😀")]
    [InlineData("", "")]
    public void Diacritics_go_and_other_scripts_stay(string text, string expected) => Assert.Equal(expected, Normalize(text));

    [Fact]
    public void Case_modes_do_what_they_say()
    {
        Assert.Equal("STRAßE ΣΊΣΥΦΟΣ 42", Normalize("Straße Σίσυφοσ 42", TextNormalizingEstimator.CaseMode.Upper, keepDiacritics: true));
        Assert.Equal("Straße É", Normalize("Straße É", TextNormalizingEstimator.CaseMode.None, keepDiacritics: true));
        Assert.Equal("straße é", Normalize("Straße É", keepDiacritics: true));
        Assert.Equal("a1", Normalize("A-1!", keepPunctuations: false));
        Assert.Equal("a-!", Normalize("A-1!½", keepNumbers: false));
    }

    [Fact]
    public void Of_a_vector_the_texts_that_become_empty_are_left_out()
    {
        IDataView view = View("One, -- 2 three", "!!");
        var chain = ML.Transforms.Text.TokenizeIntoWords("Words", "Text").Append(ML.Transforms.Text.NormalizeText("Words", keepPunctuations: false, keepNumbers: false));
        string[][] rows = Texts(chain.Fit(view).Transform(view), "Words");
        Assert.Equal(["one", "three"], rows[0]);
        Assert.Empty(rows[1]);
    }

    [Fact]
    public void The_fast_path_for_ASCII_equals_the_table()
    {
        string ascii = new([.. Enumerable.Range(0, 128).Select(c => (char)c)]);
        // A character beyond ASCII makes the same text go through the table.
        Assert.Equal(Normalize(ascii + "中"), Normalize(ascii) + "中");
    }

    [Fact]
    public void A_column_that_is_no_text_is_named_in_the_error()
    {
        IDataView view = ML.Data.LoadFromEnumerable([new { Amount = 1f }]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => ML.Transforms.Text.NormalizeText("Out", "Amount").Fit(view));
        Assert.Contains("'Amount' is Single, expected String", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentOutOfRangeException>(() => ML.Transforms.Text.NormalizeText("Out", "Absent").Fit(view));
        Assert.Contains("'Absent' not found. The columns are: Amount: Single", error.Message, StringComparison.Ordinal);
    }
}
