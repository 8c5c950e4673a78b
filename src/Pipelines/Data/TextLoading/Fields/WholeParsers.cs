using System.Globalization;
using System.Numerics;

namespace MLPipelines.Data;

/// <summary>Reads an integer type. Empty is 0: integers have no missing value.</summary>
internal readonly struct IntegerParser<T> : IFieldParser<T> where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    public bool TryParse(ReadOnlySpan<char> text, out T value)
    {
        // Up to nine digits that fit are the common case, and need no framework call.
        uint number = 0;
        int at = 0;
        for (; at < text.Length && at < 10; at++)
        {
            uint digit = (uint)(text[at] - '0');
            if (digit > 9) break;
            number = (number * 10) + digit;
        }
        if (at == text.Length && at < 10)
        {
            value = T.CreateTruncating(number);
            return ulong.CreateTruncating(value) == number && value >= T.Zero;
        }
        text = text.Trim();
        value = T.Zero;
        return text.Length == 0 || T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }
}

/// <summary>
/// Reads a category: n stands for category n + 1 of the key; empty, a missing number, and a number beyond the categories are
/// the missing category 0.
/// </summary>
internal readonly struct KeyParser<T>(ulong count) : IFieldParser<T> where T : struct, IUnsignedNumber<T>
{
    public bool TryParse(ReadOnlySpan<char> text, out T value)
    {
        text = text.Trim();
        value = T.Zero;
        if (text.Length == 0 || MissingTexts.Contains(text)) return true;
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)) return false;
        if (number < count) value = T.CreateTruncating(number + 1);
        return true;
    }
}

/// <summary>Reads a truth value. Empty is false.</summary>
internal readonly struct BooleanParser : IFieldParser<bool>
{
    public bool TryParse(ReadOnlySpan<char> text, out bool value)
    {
        text = text.Trim();
        Span<char> lower = stackalloc char[5];
        value = false;
        if (text.Length > lower.Length || text.ToLowerInvariant(lower) < 0) return false;
        value = lower[..text.Length] is "1" or "+1" or "+" or "t" or "true" or "y" or "yes";
        return value || lower[..text.Length] is "" or "0" or "-1" or "-" or "f" or "false" or "n" or "no";
    }
}
