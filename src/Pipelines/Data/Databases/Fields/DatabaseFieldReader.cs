using System.Data.Common;
using System.Numerics;

namespace MLPipelines.Data;

/// <summary>Fills one column of a batch from the fields of a query's rows.</summary>
internal abstract class DatabaseFieldReader
{
    internal const int Done = -1;

    internal abstract BatchColumn Column { get; }

    private protected int[] Fields { get; private set; } = [];

    /// <summary>Sets which fields to read.</summary>
    internal void Bind(int[] fields) => Fields = fields;

    /// <summary>Appends the value of a row; yields the index of a field that cannot be converted, or <see cref="Done"/>.</summary>
    internal abstract int Read(DbDataReader row);

    internal static DatabaseFieldReader Create(DatabaseColumn column)
    {
        Type raw = column.ItemType.RawType;
        if (column.ItemType is KeyDataViewType key)
        {
            if (raw == typeof(byte)) return Create<byte, KeyConverter<byte>>(new(key.Count), column);
            if (raw == typeof(ushort)) return Create<ushort, KeyConverter<ushort>>(new(key.Count), column);
            if (raw == typeof(uint)) return Create<uint, KeyConverter<uint>>(new(key.Count), column);
            return Create<ulong, KeyConverter<ulong>>(new(key.Count), column);
        }
        if (raw == typeof(float)) return CreateReal<float>(column);
        if (raw == typeof(double)) return CreateReal<double>(column);
        if (raw == typeof(ReadOnlyMemory<char>)) return column.Type is VectorDataViewType texts ? new TextVectorReader(texts.Size) : new TextReader();
        if (raw == typeof(bool)) return Create<bool, TruthConverter>(default, column);
        if (raw == typeof(int)) return CreateWhole<int>(column);
        if (raw == typeof(long)) return CreateWhole<long>(column);
        if (raw == typeof(uint)) return CreateWhole<uint>(column);
        if (raw == typeof(ulong)) return CreateWhole<ulong>(column);
        if (raw == typeof(short)) return CreateWhole<short>(column);
        if (raw == typeof(ushort)) return CreateWhole<ushort>(column);
        if (raw == typeof(sbyte)) return CreateWhole<sbyte>(column);
        if (raw == typeof(byte)) return CreateWhole<byte>(column);
        if (raw == typeof(DateTime)) return Create<DateTime, DateTimeConverter>(default, column);
        if (raw == typeof(DateTimeOffset)) return Create<DateTimeOffset, DateTimeOffsetConverter>(default, column);
        if (raw == typeof(TimeSpan)) return Create<TimeSpan, TimeSpanConverter>(default, column);
        throw new NotSupportedException($"Columns of type {column.ItemType} cannot be read from a database.");
    }

    /// <summary>The value of a field, also where its driver cannot make a .NET value of it.</summary>
    internal static object ValueOf(DbDataReader row, int field)
    {
        try
        {
            return row.GetValue(field);
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException or NotSupportedException or FormatException)
        {
            // Such as a numeric with more digits than a decimal has.
            return Unreadable.Instance;
        }
    }

    private static DatabaseFieldReader CreateReal<T>(DatabaseColumn column) where T : struct, IBinaryFloatingPointIeee754<T> => Create<T, RealConverter<T>>(default, column);

    private static DatabaseFieldReader CreateWhole<T>(DatabaseColumn column) where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => Create<T, WholeConverter<T>>(default, column);

    private static DatabaseFieldReader Create<T, TConverter>(TConverter converter, DatabaseColumn column) where TConverter : struct, IValueConverter<T> =>
        column.Type is VectorDataViewType vector ? new VectorReader<T, TConverter>(converter, vector.Size) : new ScalarReader<T, TConverter>(converter);

    private sealed class ScalarReader<T, TConverter>(TConverter converter) : DatabaseFieldReader where TConverter : struct, IValueConverter<T>
    {
        private readonly ValueColumn<T> _column = new(MissingValue.Of<T>());

        internal override BatchColumn Column => _column;

        internal override int Read(DbDataReader row)
        {
            if (!converter.TryConvert(ValueOf(row, Fields[0]), out T value)) return Fields[0];
            _column.Append(value);
            return Done;
        }
    }

    private sealed class VectorReader<T, TConverter>(TConverter converter, int size) : DatabaseFieldReader where TConverter : struct, IValueConverter<T>
    {
        private readonly VectorColumn<T> _column = new(size);

        internal override BatchColumn Column => _column;

        internal override int Read(DbDataReader row)
        {
            Span<T> items = _column.AppendDense(size);
            for (int i = 0; i < size; i++)
                if (!converter.TryConvert(ValueOf(row, Fields[i]), out items[i])) return Fields[i];
            return Done;
        }
    }

    private sealed class TextReader : DatabaseFieldReader
    {
        private readonly TextColumn _column = new();

        internal override BatchColumn Column => _column;

        internal override int Read(DbDataReader row)
        {
            if (TextConversion.Of(ValueOf(row, Fields[0])) is not { } text) return Fields[0];
            _column.Append(text);
            return Done;
        }
    }

    private sealed class TextVectorReader(int size) : DatabaseFieldReader
    {
        private readonly TextVectorColumn _column = new(size);

        internal override BatchColumn Column => _column;

        internal override int Read(DbDataReader row)
        {
            foreach (int field in Fields)
            {
                if (TextConversion.Of(ValueOf(row, field)) is not { } text) return field;
                _column.AppendItem(text);
            }
            _column.EndRow();
            return Done;
        }
    }

    /// <summary>A value that the driver cannot express.</summary>
    private sealed class Unreadable
    {
        internal static readonly Unreadable Instance = new();

        public override string ToString() => "a value that the driver cannot read";
    }
}
