using System.Numerics;

namespace MLPipelines.Data;

/// <summary>Fills one column of a batch from the fields of rows.</summary>
internal abstract class FieldReader
{
    internal const int Done = -1;

    internal abstract BatchColumn Column { get; }

    /// <summary>Sets which fields to read, at the start of a file.</summary>
    internal abstract void Bind(FieldRange[] ranges);

    /// <summary>Appends the value of a row; yields the index of a field that cannot be parsed, or <see cref="Done"/>.</summary>
    internal abstract int Read(TextRow row);

    internal static FieldReader Create(BoundColumn column, TextLoader loader)
    {
        Type raw = column.ItemType.RawType;
        if (column.ItemType is KeyDataViewType key)
        {
            if (raw == typeof(byte)) return Create<byte, KeyParser<byte>>(new(key.Count), column, loader);
            if (raw == typeof(ushort)) return Create<ushort, KeyParser<ushort>>(new(key.Count), column, loader);
            if (raw == typeof(uint)) return Create<uint, KeyParser<uint>>(new(key.Count), column, loader);
            return Create<ulong, KeyParser<ulong>>(new(key.Count), column, loader);
        }
        if (raw == typeof(float)) return Create<float, SingleParser>(new(loader.DecimalMark, loader.EmptyIsNaN), column, loader);
        if (raw == typeof(double)) return Create<double, DoubleParser>(new(loader.DecimalMark, loader.EmptyIsNaN), column, loader);
        if (raw == typeof(ReadOnlyMemory<char>)) return column.Type is VectorDataViewType texts ? new TextVectorReader(texts.Size) : new TextReader();
        if (raw == typeof(bool)) return Create<bool, BooleanParser>(default, column, loader);
        if (raw == typeof(int)) return CreateInteger<int>(column, loader);
        if (raw == typeof(long)) return CreateInteger<long>(column, loader);
        if (raw == typeof(uint)) return CreateInteger<uint>(column, loader);
        if (raw == typeof(ulong)) return CreateInteger<ulong>(column, loader);
        if (raw == typeof(short)) return CreateInteger<short>(column, loader);
        if (raw == typeof(ushort)) return CreateInteger<ushort>(column, loader);
        if (raw == typeof(sbyte)) return CreateInteger<sbyte>(column, loader);
        if (raw == typeof(byte)) return CreateInteger<byte>(column, loader);
        if (raw == typeof(DateTime)) return Create<DateTime, DateTimeParser>(default, column, loader);
        if (raw == typeof(DateTimeOffset)) return Create<DateTimeOffset, DateTimeOffsetParser>(default, column, loader);
        if (raw == typeof(TimeSpan)) return Create<TimeSpan, TimeSpanParser>(default, column, loader);
        throw new NotSupportedException($"Columns of type {column.ItemType} cannot be read from text.");
    }

    private static FieldReader CreateInteger<T>(BoundColumn column, TextLoader loader) where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        Create<T, IntegerParser<T>>(default, column, loader);

    private static FieldReader Create<T, TParser>(TParser parser, BoundColumn column, TextLoader loader) where TParser : struct, IFieldParser<T> =>
        column.Type is VectorDataViewType vector ? new VectorReader<T, TParser>(parser, vector.Size, loader.AllowSparse && vector.IsKnownSize) : new ScalarReader<T, TParser>(parser);

    private sealed class ScalarReader<T, TParser>(TParser parser) : FieldReader where TParser : struct, IFieldParser<T>
    {
        private readonly ValueColumn<T> _column = new(MissingValue.Of<T>());
        private int _source;

        internal override BatchColumn Column => _column;

        internal override void Bind(FieldRange[] ranges) => _source = ranges[0].Min;

        internal override int Read(TextRow row)
        {
            if (!parser.TryParse(row[_source], out T value)) return _source;
            _column.Append(value);
            return Done;
        }
    }

    private sealed class TextReader : FieldReader
    {
        private readonly TextColumn _column = new();
        private int _source;

        internal override BatchColumn Column => _column;

        internal override void Bind(FieldRange[] ranges) => _source = ranges[0].Min;

        internal override int Read(TextRow row)
        {
            _column.Append(row[_source]);
            return Done;
        }
    }
}
