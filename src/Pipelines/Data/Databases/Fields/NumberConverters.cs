using System.Globalization;
using System.Numerics;

namespace MLPipelines.Data;

/// <summary>Makes floating-point numbers of any number, truth value or text of a number; NULL is NaN.</summary>
internal readonly struct RealConverter<T> : IValueConverter<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    public bool TryConvert(object value, out T result)
    {
        result = T.NaN;
        switch (value)
        {
            case DBNull: return true;
            case string text:
                bool isNumber = new DoubleParser('.', emptyIsNaN: true).TryParse(text, out double number);
                result = T.CreateSaturating(number);
                return isNumber;
            default: return NumberConversion.TryConvert(value, out result);
        }
    }
}

/// <summary>Makes integers of any whole number in range, truth value or text of one. There is no missing integer.</summary>
internal readonly struct WholeConverter<T> : IValueConverter<T> where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    public bool TryConvert(object value, out T result) =>
        value is string text ? T.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out result) : NumberConversion.TryConvert(value, out result);
}

/// <summary>Makes keys of category numbers from 1; 0, NULL and numbers beyond the categories are missing.</summary>
internal readonly struct KeyConverter<T>(ulong count) : IValueConverter<T> where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    public bool TryConvert(object value, out T result)
    {
        result = T.Zero;
        if (value is DBNull) return true;
        if (!default(WholeConverter<ulong>).TryConvert(value, out ulong key)) return false;
        if (key <= count) result = T.CreateTruncating(key);
        return true;
    }
}

/// <summary>Makes truth values of truth values, 0 and 1, and words for them. There is no missing truth value.</summary>
internal readonly struct TruthConverter : IValueConverter<bool>
{
    public bool TryConvert(object value, out bool result)
    {
        result = false;
        switch (value)
        {
            case bool truth: result = truth; return true;
            case string text: return text.Length > 0 && default(BooleanParser).TryParse(text, out result);
            default:
                if (!NumberConversion.TryConvert(value, out long number) || number is not (0 or 1)) return false;
                result = number == 1;
                return true;
        }
    }
}
