using System.Globalization;
using MLPipelines.AutoML;

namespace MLPipelines.AutoML.Tests.Columns;

public class ColumnProfileTests
{
    [Fact]
    public void Numbers_with_missing_ones_are_numbers() => Assert.Equal(ColumnRole.Number, RoleOf(i => i % 5 == 0 ? "NA" : i % 7 == 0 ? "" : $"{i * 37 % 101}.5"));

    [Fact]
    public void Numbers_with_a_comma_are_numbers_where_the_comma_is_the_mark()
    {
        Assert.Equal(ColumnRole.Number, RoleOf(i => $"{i * 37 % 101},5", decimalMark: ','));
        Assert.NotEqual(ColumnRole.Number, RoleOf(i => $"{i * 37 % 101},5"));
    }

    [Fact]
    public void A_count_of_rows_names_rows() => Assert.Equal(ColumnRole.Identifier, RoleOf(i => (i + 7).ToString(CultureInfo.InvariantCulture)));

    [Fact]
    public void Decimals_that_rise_are_numbers() => Assert.Equal(ColumnRole.Number, RoleOf(i => $"{i}.5"));

    [Fact]
    public void Codes_that_differ_in_each_row_name_rows() => Assert.Equal(ColumnRole.Identifier, RoleOf(i => $"T-{1000 + i}"));

    [Fact]
    public void Values_that_repeat_are_categories() => Assert.Equal(ColumnRole.Category, RoleOf(i => $"colour {i % 6}"));

    [Fact]
    public void Yes_and_no_are_categories_and_true_and_false_are_truth_values()
    {
        Assert.Equal(ColumnRole.Category, RoleOf(i => i % 2 == 0 ? "yes" : "no"));
        Assert.Equal(ColumnRole.TruthValue, RoleOf(i => i % 2 == 0 ? "True" : "FALSE"));
        Assert.Equal(ColumnRole.Category, RoleOf(i => i % 10 == 0 ? "" : i % 2 == 0 ? "True" : "FALSE"));
    }

    [Fact]
    public void Sentences_are_texts_in_any_script()
    {
        Assert.Equal(ColumnRole.Text, RoleOf(i => $"the parcel number {i} has not come"));
        Assert.Equal(ColumnRole.Text, RoleOf(i => $"包裹{(char)(0x4e00 + i)}没有到"));
    }

    [Fact]
    public void Dates_are_dates() => Assert.Equal(ColumnRole.Date, RoleOf(i => $"2025-{(i % 12) + 1:00}-{(i % 28) + 1:00}T10:00:00"));

    [Fact]
    public void Many_short_words_are_many_values() => Assert.Equal(ColumnRole.ManyValues, RoleOf(i => $"{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}q"));

    [Fact]
    public void One_value_is_a_constant_and_none_is_empty()
    {
        Assert.Equal(ColumnRole.Constant, RoleOf(_ => "same"));
        Assert.Equal(ColumnRole.Empty, RoleOf(_ => "?"));
    }

    [Fact]
    public void A_word_among_numbers_is_remembered()
    {
        ColumnProfile profile = ProfileOf(i => i == 80 ? "unknown" : (i * 37 % 101).ToString(CultureInfo.InvariantCulture));
        Assert.True(profile.IsNearlyNumeric);
        Assert.Equal("unknown", profile.FirstWord);
    }

    private static ColumnRole RoleOf(Func<int, string> value, char decimalMark = '.') => ProfileOf(value, decimalMark).Role();

    private static ColumnProfile ProfileOf(Func<int, string> value, char decimalMark = '.')
    {
        var profile = new ColumnProfile("column", decimalMark);
        for (int i = 0; i < 100; i++) profile.Add(value(i));
        return profile;
    }
}
