using System.Collections;
using System.Globalization;
using System.Text.Json;
using MLPipelines.Data;

namespace MLPipelines;

/// <summary>Appends a value of any type to a column, converted where nothing is lost that a user would miss.</summary>
internal static class ObjectAppender
{
    internal static void Append(BatchColumn target, DataViewSchema.Column column, object? value)
    {
        if (value is JsonElement json) value = Plain(json);
        if (value is null) target.AppendMissing();
        else if (target is TextColumn texts) texts.Append(TextOf(value, column));
        else if (target is TextVectorColumn lists) AppendTexts(lists, column, value);
        else RawTypes.DispatchColumn(column.Type, new Appender(target, column, value));
    }

    private static void AppendTexts(TextVectorColumn lists, DataViewSchema.Column column, object value)
    {
        foreach (object? item in ItemsOf(value, column)) lists.AppendItem(item is null ? "" : TextOf(item, column));
        lists.EndRow();
    }

    private static IEnumerable ItemsOf(object value, DataViewSchema.Column column) =>
        value is IEnumerable items and not string ? items : throw Wrong(column, value, "a list");

    private static string TextOf(object value, DataViewSchema.Column column) => value switch
    {
        string text => text,
        ReadOnlyMemory<char> text => text.ToString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        bool or char => value.ToString()!,
        _ => throw Wrong(column, value, "text"),
    };

    private static object? Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.TryGetInt64(out long whole) ? (object)whole : json.GetDouble(),
        JsonValueKind.Array => json.EnumerateArray().Select(Plain).ToArray(),
        JsonValueKind.String => json.GetString(),
        _ => json.GetRawText(),
    };

    private static MLPipelinesException Wrong(DataViewSchema.Column column, object value, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Column '{column.Name}': found {value switch
        {
            string text => $"\"{text}\" (String)",
            IEnumerable => "a list",
            _ => $"{value} ({value.GetType().Name})",
        }}, expected {expected}."));

    private sealed class Appender(BatchColumn target, DataViewSchema.Column column, object value) : RawTypes.IVisitor<bool>
    {
        private readonly bool _isKey = RawTypes.AnyItemTypeOf(column.Type) is KeyDataViewType;

        public bool Visit<T>()
        {
            if (target is ValueColumn<T> values)
            {
                values.Append(Convert<T>(value));
                return true;
            }
            var vectors = (VectorColumn<T>)target;
            if (value.GetType() == typeof(T[]) && !_isKey)
            {
                T[] items = (T[])value;
                if (vectors.Size != 0 && items.Length != vectors.Size) throw Wrong(column, value, $"{vectors.Size} items instead of {items.Length}");
                vectors.Append(items);
                return true;
            }
            List<T> list = [];
            foreach (object? item in ItemsOf(value, column)) list.Add(item is null ? MissingValue.Of<T>() : Convert<T>(item));
            if (vectors.Size != 0 && list.Count != vectors.Size) throw Wrong(column, value, $"{vectors.Size} items instead of {list.Count}");
            vectors.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list));
            return true;
        }

        private T Convert<T>(object item)
        {
            T converted = item is T same ? same : ConvertOther<T>(item);
            if (_isKey && ((KeyDataViewType)RawTypes.ItemTypeOf(column.Type)).Count is var count && System.Convert.ToUInt64(converted, CultureInfo.InvariantCulture) > count)
                throw Wrong(column, item, $"a key from 1 to {count}, or 0 for a missing one");
            return converted;
        }

        private T ConvertOther<T>(object item)
        {
            try
            {
                // As the text loader reads times: without an offset they are UTC, wherever the machine is.
                if (typeof(T) == typeof(DateTime) && item is string time)
                    return (T)(object)DateTime.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
                if (typeof(T) == typeof(DateTimeOffset) && item is string offset)
                    return (T)(object)DateTimeOffset.Parse(offset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
                if (typeof(T) == typeof(TimeSpan) && item is string span) return (T)(object)TimeSpan.Parse(span, CultureInfo.InvariantCulture);
                if (IsRounded<T>(item)) throw Wrong(column, item, $"a whole number ({typeof(T).Name})");
                return (T)System.Convert.ChangeType(item, typeof(T), CultureInfo.InvariantCulture);
            }
            catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
            {
                throw new MLPipelinesException(Wrong(column, item, $"a {typeof(T).Name}").Message, e);
            }
        }

        /// <summary>Whether a number would lose its fraction.</summary>
        private static bool IsRounded<T>(object item) => typeof(T) != typeof(float) && typeof(T) != typeof(double)
            && item is double or float or decimal && System.Convert.ToDouble(item, CultureInfo.InvariantCulture) % 1 != 0;
    }
}
