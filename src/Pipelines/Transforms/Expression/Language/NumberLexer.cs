using System.Globalization;

namespace MLPipelines.Transforms;

/// <summary>
/// Reads numbers as they are written in expressions: <c>1</c> is an <see cref="int"/>, <c>1L</c> a <see cref="long"/>, <c>1.5</c> and
/// <c>1f</c> are <see cref="float"/>, <c>1.5d</c> is a <see cref="double"/>, and <c>0xFF</c> is a hexadecimal number.
/// </summary>
internal sealed class NumberLexer(string source)
{
    private int _at;

    internal object Read(ref int at)
    {
        int start = _at = at;
        object number;
        if (source[start] == '0' && (CharAt(start + 1) is 'x' or 'X') && char.IsAsciiHexDigit(CharAt(start + 2)))
        {
            ulong value = Hexadecimal(start);
            var (isLong, isUnsigned) = WholeSuffix();
            if (isUnsigned && value > long.MaxValue) throw TooLarge(start);
            number = !isLong && value <= (isUnsigned ? int.MaxValue : uint.MaxValue) ? (object)unchecked((int)value) : unchecked((long)value);
        }
        else
        {
            number = Decimal(start);
        }
        if (char.IsLetterOrDigit(CharAt(_at))) throw new ExpressionError(_at, "a number ends here; an operator is missing");
        at = _at;
        return number;
    }

    private char CharAt(int index) => index < source.Length ? source[index] : '\0';

    private ulong Hexadecimal(int start)
    {
        _at += 2;
        while (char.IsAsciiHexDigit(CharAt(_at))) _at++;
        return ulong.TryParse(source.AsSpan(start + 2, _at - start - 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong value) ? value : throw TooLarge(start);
    }

    private object Decimal(int start)
    {
        SkipDigits();
        bool isReal = CharAt(_at) == '.' && char.IsAsciiDigit(CharAt(_at + 1));
        if (isReal)
        {
            _at++;
            SkipDigits();
        }
        if (CharAt(_at) is 'e' or 'E' && char.IsAsciiDigit(CharAt(_at + (CharAt(_at + 1) is '+' or '-' ? 2 : 1))))
        {
            isReal = true;
            _at += 2;
            SkipDigits();
        }
        ReadOnlySpan<char> digits = source.AsSpan(start, _at - start);
        char suffix = char.ToUpperInvariant(CharAt(_at));
        if (isReal || suffix is 'F' or 'D')
        {
            double real = double.Parse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);
            if (suffix is 'F' or 'D') _at++;
            if (!double.IsFinite(real) || (suffix != 'D' && !float.IsFinite((float)real))) throw TooLarge(start);
            return suffix == 'D' ? real : (object)(float)real;
        }
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long whole)) throw TooLarge(start);
        return !WholeSuffix().IsLong && whole <= int.MaxValue ? (object)(int)whole : whole;
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(CharAt(_at))) _at++;
    }

    private (bool IsLong, bool IsUnsigned) WholeSuffix()
    {
        bool isLong = false, isUnsigned = false;
        for (; ; _at++)
        {
            char c = char.ToUpperInvariant(CharAt(_at));
            if (c == 'L' && !isLong) isLong = true;
            else if (c == 'U' && !isUnsigned) isUnsigned = true;
            else return (isLong, isUnsigned);
        }
    }

    private static ExpressionError TooLarge(int start) => new(start, "the number is too large");
}
