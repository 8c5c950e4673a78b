using System.Globalization;
using System.Numerics;
using MLPipelines.Data;
using Chars = System.ReadOnlyMemory<char>;

namespace MLPipelines.Transforms;

/// <summary>What functions of texts compute.</summary>
internal static class TextFunctions
{
    /// <summary>A place in a text: counted from the end when it is negative, and never outside.</summary>
    internal static int PlaceOf(int index, int length) => Math.Clamp(index < 0 ? index + length : index, 0, length);

    internal static Chars Middle(Chars text, int start, int end)
    {
        int first = PlaceOf(start, text.Length), last = PlaceOf(end, text.Length);
        return first < last ? text[first..last] : default;
    }

    internal static Chars Lower(ExpressionText result, ReadOnlySpan<char> text)
    {
        text.ToLowerInvariant(result.Clear().Extend(text.Length));
        return result.Written;
    }

    internal static Chars Upper(ExpressionText result, ReadOnlySpan<char> text)
    {
        text.ToUpperInvariant(result.Clear().Extend(text.Length));
        return result.Written;
    }

    internal static ExpressionValue Concatenate(ExpressionValue[] arguments)
    {
        Func<Chars>[] texts = Array.ConvertAll(arguments, argument => argument.Get<Chars>());
        var result = new ExpressionText();
        return ExpressionValue.Of(() =>
        {
            result.Clear();
            foreach (Func<Chars> text in texts) result.Append(text().Span);
            return result.Written;
        });
    }

    /// <summary>As ConvertType reads truth values.</summary>
    internal static bool ToBoolean(Chars text) => TextConversions.TryParseBoolean(text.Span, out bool value) ? value : throw new FormatException($"\"{text}\" is no truth value");

    /// <summary>As ConvertType reads numbers: what is none is NaN, or an error for a whole number; empty text is 0 then.</summary>
    internal static T ToNumber<T>(Chars text) where T : unmanaged, INumber<T>
    {
        bool isReal = typeof(T) == typeof(float) || typeof(T) == typeof(double);
        if (T.TryParse(text.Span, isReal ? NumberStyles.Float : NumberStyles.Integer, CultureInfo.InvariantCulture, out T value)) return value;
        return isReal || text.Span.IsWhiteSpace() ? MissingValue.Of<T>() : throw new FormatException($"\"{text}\" is no whole number");
    }
}
