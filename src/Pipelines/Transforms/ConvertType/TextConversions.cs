using System.Globalization;
using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>Conversions from and to text, the same in every culture.</summary>
internal static class TextConversions
{
    private static readonly string[] TrueTexts = ["true", "yes", "t", "y", "on", "1", "+"];
    private static readonly string[] FalseTexts = ["false", "no", "f", "n", "off", "0", "-"];

    internal static ColumnKernel FromText(DataViewSchema.Column input, PrimitiveDataViewType target)
    {
        bool isVector = input.Type is VectorDataViewType;
        return target switch
        {
            NumberDataViewType => NumberTypes.Dispatch(target, new NumberParser(input, target, isVector)),
            BooleanDataViewType => ItemKernels.FromText(input.Index, isVector, (text, row) =>
                TryParseBoolean(text, out bool value) ? value : throw Unreadable(input, target, text, row)),
            DateTimeDataViewType => Times<DateTime>(input, target, TryParseDateTime),
            DateTimeOffsetDataViewType => Times<DateTimeOffset>(input, target, TryParseDateTimeOffset),
            TimeSpanDataViewType => Times<TimeSpan>(input, target, TimeSpan.TryParse),
            _ => throw new NotSupportedException($"Text cannot be converted to {target}."),
        };
    }

    internal static ColumnKernel ToText(DataViewSchema.Column input, PrimitiveDataViewType source) => source switch
    {
        BooleanDataViewType => ItemKernels.ToText<bool>(input.Index, input.Type, (value, texts) => texts.Append(value ? "True" : "False")),
        DateTimeDataViewType => Formatted<DateTime>(input, "o"),
        DateTimeOffsetDataViewType => Formatted<DateTimeOffset>(input, "o"),
        TimeSpanDataViewType => Formatted<TimeSpan>(input, "c"),
        RowIdDataViewType => ItemKernels.ToText<DataViewRowId>(input.Index, input.Type, (value, texts) => texts.Append(value.ToString())),
        _ => NumberTypes.Dispatch(source, new NumberFormatter(input, source is KeyDataViewType)),
    };

    /// <summary>Reads a truth value; empty text is false.</summary>
    internal static bool TryParseBoolean(ReadOnlySpan<char> text, out bool value)
    {
        value = IsOneOf(text, TrueTexts);
        return value || text.IsEmpty || IsOneOf(text, FalseTexts);
    }

    private delegate bool TimeParser<T>(ReadOnlySpan<char> text, IFormatProvider culture, out T value);

    // As the text loader reads times: without an offset they are UTC, wherever the machine is.
    private static bool TryParseDateTime(ReadOnlySpan<char> text, IFormatProvider? provider, out DateTime value) =>
        DateTime.TryParse(text, provider, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value);

    private static bool TryParseDateTimeOffset(ReadOnlySpan<char> text, IFormatProvider? provider, out DateTimeOffset value) =>
        DateTimeOffset.TryParse(text, provider, DateTimeStyles.AssumeUniversal, out value);

    private static ColumnKernel Times<T>(DataViewSchema.Column input, PrimitiveDataViewType target, TimeParser<T> tryParse) =>
        ItemKernels.FromText(input.Index, input.Type is VectorDataViewType, (text, row) =>
            text.IsEmpty ? default! : tryParse(text, CultureInfo.InvariantCulture, out T value) ? value : throw Unreadable(input, target, text, row));

    private static ColumnKernel Formatted<T>(DataViewSchema.Column input, string format) where T : ISpanFormattable =>
        ItemKernels.ToText<T>(input.Index, input.Type, (value, texts) => Write(value, format, texts));

    /// <summary>Writes a value straight into the buffer of a text column.</summary>
    private static void Write<T>(T value, string? format, TextColumn texts) where T : ISpanFormattable
    {
        Span<char> buffer = stackalloc char[64];
        if (!value.TryFormat(buffer, out int length, format, CultureInfo.InvariantCulture)) throw new InvalidOperationException($"{value} does not fit {buffer.Length} characters.");
        texts.Append(buffer[..length]);
    }

    private static bool IsOneOf(ReadOnlySpan<char> text, string[] texts)
    {
        foreach (string candidate in texts)
            if (text.Equals(candidate, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static MLPipelinesException Unreadable(DataViewSchema.Column input, DataViewType target, ReadOnlySpan<char> text, long row) =>
        new(string.Create(CultureInfo.InvariantCulture, $"ConvertType: row {row}, column '{input.Name}': found \"{text}\", expected text that reads as {target}."));

    private sealed class NumberParser(DataViewSchema.Column input, PrimitiveDataViewType target, bool isVector) : NumberTypes.IVisitor<ColumnKernel>
    {
        public ColumnKernel Visit<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            bool isFloat = typeof(T) == typeof(float) || typeof(T) == typeof(double);
            NumberStyles style = isFloat ? NumberStyles.Float : NumberStyles.Integer;
            T missing = MissingValue.Of<T>();
            return ItemKernels.FromText(input.Index, isVector, (text, row) =>
                T.TryParse(text, style, CultureInfo.InvariantCulture, out T value) ? value
                : isFloat || text.IsWhiteSpace() ? missing : throw Unreadable(input, target, text, row));
        }
    }

    private sealed class NumberFormatter(DataViewSchema.Column input, bool zeroIsMissing) : NumberTypes.IVisitor<ColumnKernel>
    {
        public ColumnKernel Visit<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => ItemKernels.ToText<T>(input.Index, input.Type, (value, texts) =>
        {
            if (T.IsNaN(value) || (zeroIsMissing && value == T.Zero)) texts.AppendMissing();
            else Write(value, format: null, texts);
        });
    }
}
