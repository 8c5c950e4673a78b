using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using MLPipelines.Data;
using MLPipelines.Transforms.Image;

namespace MLPipelines.Server;

/// <summary>Appends JSON values to a column of one type.</summary>
internal abstract class JsonColumnReader
{
    private const int Quoted = 60;

    /// <summary>What a value is expected to be, in words.</summary>
    internal abstract string Expected { get; }

    /// <summary>Appends the value that the reader is at.</summary>
    /// <returns>Whether it was one of the column's type.</returns>
    internal abstract bool TryAppend(ref Utf8JsonReader reader, BatchColumn target);

    internal static JsonColumnReader Of(DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => new Texts(),
        BooleanDataViewType => new TruthValues(),
        ImageDataViewType => new Pictures(),
        NumberDataViewType number => NumberTypes.Dispatch(number, new ForNumbers()),
        VectorDataViewType { ItemType: NumberDataViewType item } vector => NumberTypes.Dispatch(item, new ForVectors(vector.Size)),
        _ => new Objects(column),
    };

    /// <summary>The value that the reader is at, as a message shows it.</summary>
    internal static string Describe(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => $"\"{Short(Encoding.UTF8.GetString(reader.ValueSpan))}\" (text)",
        JsonTokenType.Null => "null",
        _ => Short(Encoding.UTF8.GetString(reader.ValueSpan)),
    };

    private static string Short(string text) => text.Length <= Quoted ? text : text[..Quoted] + "…";

    private sealed class Texts : JsonColumnReader
    {
        internal override string Expected => "text";

        internal override bool TryAppend(ref Utf8JsonReader reader, BatchColumn target)
        {
            var texts = (TextColumn)target;
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    // UTF-16 has at most as many characters as UTF-8 has bytes.
                    Span<char> room = texts.Extend(reader.ValueSpan.Length);
                    texts.Shrink(room.Length - reader.CopyString(room));
                    texts.EndRow();
                    return true;
                case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                    Span<char> plain = texts.Extend(reader.ValueSpan.Length);
                    Encoding.ASCII.GetChars(reader.ValueSpan, plain);
                    texts.EndRow();
                    return true;
                default:
                    return false;
            }
        }
    }

    private sealed class TruthValues : JsonColumnReader
    {
        internal override string Expected => "true or false";

        internal override bool TryAppend(ref Utf8JsonReader reader, BatchColumn target)
        {
            if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False)) return false;
            ((ValueColumn<bool>)target).Append(reader.TokenType == JsonTokenType.True);
            return true;
        }
    }

    private sealed class Pictures : JsonColumnReader
    {
        internal override string Expected => "the bytes of a picture file in base64";

        internal override bool TryAppend(ref Utf8JsonReader reader, BatchColumn target)
        {
            if (reader.TokenType != JsonTokenType.String) return false;
            // A data URL, as browsers make them, has the bytes after a comma.
            int comma = reader.ValueSpan.StartsWith("data:"u8) ? reader.ValueSpan.IndexOf((byte)',') : -1;
            ReadOnlySpan<byte> text = reader.ValueSpan[(comma + 1)..];
            byte[] file = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
            int length;
            if (!reader.ValueIsEscaped)
            {
                if (Base64.DecodeFromUtf8(text, file, out _, out length) != System.Buffers.OperationStatus.Done) return false;
            }
            else
            {
                if (!reader.TryGetBytesFromBase64(out byte[]? decoded)) return false;
                (file, length) = (decoded, decoded.Length);
            }
            ((ValueColumn<MLImage>)target).Append(MLImage.CreateFromBytes(file.AsSpan(0, length)));
            return true;
        }
    }

    private sealed class Numbers<T> : JsonColumnReader where T : unmanaged, INumber<T>
    {
        internal override string Expected => NumberText<T>.Expected;

        internal override bool TryAppend(ref Utf8JsonReader reader, BatchColumn target)
        {
            if (!NumberText<T>.TryRead(ref reader, out T value)) return false;
            ((ValueColumn<T>)target).Append(value);
            return true;
        }
    }

    private sealed class Vectors<T>(int size) : JsonColumnReader where T : unmanaged, INumber<T>
    {
        internal override string Expected => string.Create(null, $"a list of {(size > 0 ? $"{size} numbers" : "numbers")}");

        internal override bool TryAppend(ref Utf8JsonReader reader, BatchColumn target)
        {
            if (reader.TokenType != JsonTokenType.StartArray) return false;
            List<T> items = [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.Null) items.Add(MissingValue.Of<T>());
                else if (NumberText<T>.TryRead(ref reader, out T value)) items.Add(value);
                else return false;
            }
            if (size > 0 && items.Count != size) return false;
            ((VectorColumn<T>)target).Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(items));
            return true;
        }
    }

    /// <summary>Keys, times and lists of texts.</summary>
    private sealed class Objects(DataViewSchema.Column column) : JsonColumnReader
    {
        internal override string Expected => $"a value of type {column.Type}";

        internal override bool TryAppend(ref Utf8JsonReader reader, BatchColumn target)
        {
            ObjectAppender.Append(target, column, JsonElement.ParseValue(ref reader));
            return true;
        }
    }

    private sealed class ForNumbers : NumberTypes.IVisitor<JsonColumnReader>
    {
        public JsonColumnReader Visit<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Numbers<T>();
    }

    private sealed class ForVectors(int size) : NumberTypes.IVisitor<JsonColumnReader>
    {
        public JsonColumnReader Visit<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Vectors<T>(size);
    }
}

/// <summary>Reads numbers of one type.</summary>
internal static class NumberText<T> where T : unmanaged, INumber<T>
{
    private static readonly bool IsReal = typeof(T) == typeof(float) || typeof(T) == typeof(double);

    internal static string Expected => IsReal ? "a number" : $"a whole number ({typeof(T).Name})";

    internal static bool TryRead(ref Utf8JsonReader reader, out T value)
    {
        value = default;
        return reader.TokenType == JsonTokenType.Number
            && T.TryParse(reader.ValueSpan, IsReal ? NumberStyles.Float : NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && T.IsFinite(value);
    }
}
