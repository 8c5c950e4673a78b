using System.Globalization;
using System.Runtime.CompilerServices;

namespace MLPipelines.Data;

/// <summary>
/// Reads floating-point numbers, correct to the last bit. Short decimals take a fast way: up to 2^53 as digits over a power
/// of ten up to 10^22 is one exact division (Clinger, "How to read floating point numbers accurately", 1990); all else goes
/// to the framework's parser.
/// </summary>
internal readonly struct RealParser(char decimalMark, bool emptyIsNaN)
{
    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    private static readonly NumberFormatInfo CommaDecimals = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "" };

    private readonly char _decimalMark = decimalMark;

    internal double Empty { get; } = emptyIsNaN ? double.NaN : 0;

    internal IFormatProvider Format => _decimalMark == ',' ? CommaDecimals : CultureInfo.InvariantCulture;

    /// <summary>The nearest double of a plain decimal such as -12.5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryShort(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        int at = 0;
        bool negative = false;
        if (text.Length > 0 && text[0] is '-' or '+')
        {
            negative = text[0] == '-';
            at = 1;
        }
        ulong digits = 0;
        int mark = -1, first = at;
        for (; at < text.Length; at++)
        {
            uint digit = (uint)(text[at] - '0');
            if (digit <= 9) digits = (digits * 10) + digit;
            else if (text[at] == _decimalMark && mark < 0) mark = at;
            else return false;
        }
        int count = at - first - (mark < 0 ? 0 : 1);
        // 19 digits cannot overflow 64 bits.
        if ((uint)(count - 1) > 18 || digits > 1UL << 53) return false;
        int decimals = mark < 0 ? 0 : at - mark - 1;
        value = (long)digits;
        if (decimals > 0) value /= PowersOfTen[decimals];
        if (negative) value = -value;
        return true;
    }

    /// <summary>The names that no number format has.</summary>
    internal static bool TrySpecial(ReadOnlySpan<char> trimmed, out double value)
    {
        value = double.NaN;
        if (MissingTexts.Contains(trimmed)) return true;
        bool negative = trimmed.StartsWith('-');
        if (negative || trimmed.StartsWith('+')) trimmed = trimmed[1..];
        value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return trimmed is "∞" || trimmed.Equals("inf", StringComparison.OrdinalIgnoreCase) || trimmed.Equals("infinity", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>Reads <see cref="float"/>.</summary>
internal readonly struct SingleParser(char decimalMark, bool emptyIsNaN) : IFieldParser<float>
{
    private readonly RealParser _real = new(decimalMark, emptyIsNaN);

    public bool TryParse(ReadOnlySpan<char> text, out float value)
    {
        if (_real.TryShort(text, out double real))
        {
            value = (float)real;
            // Rounding twice goes wrong only where the double stands exactly between two floats.
            if ((BitConverter.DoubleToUInt64Bits(real) & 0x1FFF_FFFF) != 0x1000_0000) return true;
        }
        text = text.Trim();
        if (text.Length == 0)
        {
            value = (float)_real.Empty;
            return true;
        }
        if (float.TryParse(text, NumberStyles.Float, _real.Format, out value)) return true;
        bool special = RealParser.TrySpecial(text, out real);
        value = (float)real;
        return special;
    }
}

/// <summary>Reads <see cref="double"/>.</summary>
internal readonly struct DoubleParser(char decimalMark, bool emptyIsNaN) : IFieldParser<double>
{
    private readonly RealParser _real = new(decimalMark, emptyIsNaN);

    public bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        if (_real.TryShort(text, out value)) return true;
        text = text.Trim();
        if (text.Length == 0)
        {
            value = _real.Empty;
            return true;
        }
        return double.TryParse(text, NumberStyles.Float, _real.Format, out value) || RealParser.TrySpecial(text, out value);
    }
}
