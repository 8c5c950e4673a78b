using System.Globalization;
using MLPipelines.Data;

namespace MLPipelines.Tests.Data.TextLoading;

public class NumberFieldTests
{
    private static readonly SingleParser Singles = new('.', emptyIsNaN: false);
    private static readonly DoubleParser Doubles = new('.', emptyIsNaN: false);

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("5.")]
    [InlineData(".5")]
    [InlineData("+7")]
    [InlineData("16777217")]
    [InlineData("16777219")]
    [InlineData("0.000000000000000000001")]
    [InlineData("9007199254740993")]
    [InlineData("1.00000017881393432617187499")]
    [InlineData("1.00000017881393432617187500")]
    [InlineData("1.00000017881393432617187501")]
    [InlineData("8.5899355e9")]
    [InlineData("1e-45")]
    [InlineData("3.5e38")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("Infinity")]
    [InlineData(" 12.5 ")]
    public void Numbers_are_those_of_the_framework_to_the_last_bit(string text)
    {
        Assert.True(Singles.TryParse(text, out float single));
        Assert.Equal(BitConverter.SingleToInt32Bits(float.Parse(text, CultureInfo.InvariantCulture)), BitConverter.SingleToInt32Bits(single));
        Assert.True(Doubles.TryParse(text, out double real));
        Assert.Equal(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), BitConverter.DoubleToInt64Bits(real));
    }

    [Fact]
    public void Short_decimals_of_every_length_are_those_of_the_framework()
    {
        var random = new Random(7);
        for (int i = 0; i < 200_000; i++)
        {
            string digits = random.NextInt64((long)Math.Pow(10, random.Next(1, 19))).ToString(CultureInfo.InvariantCulture);
            int mark = random.Next(digits.Length + 1);
            string text = (random.Next(2) == 0 ? "-" : "") + digits[..mark] + "." + digits[mark..];
            Assert.True(Singles.TryParse(text, out float single));
            Assert.True(Doubles.TryParse(text, out double real));
            if (BitConverter.SingleToInt32Bits(float.Parse(text, CultureInfo.InvariantCulture)) != BitConverter.SingleToInt32Bits(single)
                || BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)) != BitConverter.DoubleToInt64Bits(real)) Assert.Fail(text);
        }
    }

    [Fact]
    public void Numbers_halfway_between_two_floats_round_to_even()
    {
        // Each is exactly between two neighbours, or a hair beside, written out in full.
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++)
        {
            float low = 1 + (random.Next(1 << 22) / (float)(1 << 22));
            decimal middle = ((decimal)(double)low + (decimal)(double)MathF.BitIncrement(low)) / 2;
            string text = middle.ToString(CultureInfo.InvariantCulture);
            Assert.True(Singles.TryParse(text, out float single));
            Assert.Equal(float.Parse(text, CultureInfo.InvariantCulture), single);
        }
    }

    [Theory]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("1-")]
    [InlineData("0x10")]
    [InlineData("1 2")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("１２")]
    [InlineData("abc")]
    public void What_is_no_number_is_not_read(string text)
    {
        Assert.False(Singles.TryParse(text, out _));
        Assert.False(Doubles.TryParse(text, out _));
        Assert.False(default(IntegerParser<int>).TryParse(text, out _));
    }

    [Theory]
    [InlineData("∞", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("+Infinity", double.PositiveInfinity)]
    public void Infinities_are_read(string text, double expected)
    {
        Assert.True(Doubles.TryParse(text, out double value));
        Assert.Equal(expected, value);
    }
}
