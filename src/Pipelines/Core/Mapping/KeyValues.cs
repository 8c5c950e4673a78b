using MLPipelines.Data;

namespace MLPipelines;

/// <summary>What the categories of a key column mean: values of one type, in key order.</summary>
public abstract class KeyValues
{
    private protected KeyValues(PrimitiveDataViewType type) => Type = type;

    /// <summary>The type of the values.</summary>
    public PrimitiveDataViewType Type { get; }

    public abstract int Count { get; }

    /// <summary>The value of a category, counted from 0, as text.</summary>
    public abstract string TextOf(int index);

    /// <summary>Adds the values to a column's annotations under a name.</summary>
    internal abstract void Annotate(DataViewSchema.Annotations.Builder builder, string kind);

    internal abstract void Save(ModelStepWriter writer);

    /// <summary>The values at some indices, counted from 0; a missing value for an index that is not there.</summary>
    internal abstract KeyValues Pick(ReadOnlySpan<int> indices);

    /// <summary>The values as text.</summary>
    internal KeyValues ToText()
    {
        if (Type is TextDataViewType) return this;
        var texts = new ReadOnlyMemory<char>[Count];
        for (int i = 0; i < texts.Length; i++) texts[i] = TextOf(i).AsMemory();
        return new KeyValues<ReadOnlyMemory<char>>(TextDataViewType.Instance, texts);
    }

    /// <summary>The values that a key column is annotated with; <see langword="null"/> when it has none.</summary>
    internal static KeyValues? Of(DataViewSchema.Column column, string kind = AnnotationKinds.KeyValues) =>
        column.Annotations.Schema.GetColumnOrNull(kind)?.Type is VectorDataViewType type
            ? RawTypes.Dispatch(type.ItemType, new FromAnnotation(column, kind, type.ItemType)) : null;

    internal static KeyValues Load(ModelStepReader reader)
    {
        var type = DataViewTypeNames.Parse(reader.GetString("type")) as PrimitiveDataViewType ?? throw reader.Invalid("key values of a vector type");
        return type is TextDataViewType
            ? new KeyValues<ReadOnlyMemory<char>>(type, [.. reader.ReadTexts("values").Select(text => text.AsMemory())])
            : RawTypes.Dispatch(type, new FromFile(reader, type));
    }

    /// <summary>Annotations for a key column with these values.</summary>
    internal DataViewSchema.Annotations ToAnnotations()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        Annotate(builder, AnnotationKinds.KeyValues);
        return builder.ToAnnotations();
    }

    private sealed class FromAnnotation(DataViewSchema.Column column, string kind, PrimitiveDataViewType type) : RawTypes.IVisitor<KeyValues>
    {
        public KeyValues Visit<T>()
        {
            VBuffer<T> values = default;
            column.Annotations.GetValue(kind, ref values);
            return new KeyValues<T>(type, values.ToDenseArray());
        }
    }

    private sealed class FromFile(ModelStepReader reader, PrimitiveDataViewType type) : RawTypes.IVisitor<KeyValues>
    {
        public KeyValues Visit<T>()
        {
            if (typeof(T) == typeof(float)) return Read<float>();
            if (typeof(T) == typeof(double)) return Read<double>();
            if (typeof(T) == typeof(bool)) return Read<bool>();
            if (typeof(T) == typeof(int)) return Read<int>();
            if (typeof(T) == typeof(long)) return Read<long>();
            if (typeof(T) == typeof(uint)) return Read<uint>();
            if (typeof(T) == typeof(ulong)) return Read<ulong>();
            if (typeof(T) == typeof(short)) return Read<short>();
            if (typeof(T) == typeof(ushort)) return Read<ushort>();
            if (typeof(T) == typeof(byte)) return Read<byte>();
            if (typeof(T) == typeof(sbyte)) return Read<sbyte>();
            if (typeof(T) == typeof(DateTime))
                return new KeyValues<DateTime>(type, [.. reader.ReadArray<long>("values", -1).Select(ticks => new DateTime(ticks, DateTimeKind.Unspecified))]);
            if (typeof(T) == typeof(TimeSpan))
                return new KeyValues<TimeSpan>(type, [.. reader.ReadArray<long>("values", -1).Select(ticks => new TimeSpan(ticks))]);
            if (typeof(T) == typeof(DateTimeOffset))
            {
                // Pairs of the local time and the offset from UTC, both in ticks.
                long[] ticks = reader.ReadArray<long>("values", -1, 2);
                return new KeyValues<DateTimeOffset>(type, [.. ticks.Chunk(2).Select(pair => new DateTimeOffset(pair[0], new TimeSpan(pair[1])))]);
            }
            throw reader.Invalid($"key values of type {type}");
        }

        private KeyValues<T> Read<T>() where T : unmanaged => new(type, reader.ReadArray<T>("values", -1));
    }
}

/// <summary>Key values of one .NET type.</summary>
public sealed class KeyValues<T> : KeyValues
{
    private readonly T[] _values;

    public KeyValues(PrimitiveDataViewType type, T[] values) : base(type)
    {
        if (type.RawType != typeof(T)) throw new ArgumentException($"Values of {type} are {type.RawType}, not {typeof(T)}.", nameof(type));
        _values = values;
    }

    public ReadOnlySpan<T> Values => _values;

    public override int Count => _values.Length;

    public override string TextOf(int index) => _values[index] is IFormattable value
        ? value.ToString(null, System.Globalization.CultureInfo.InvariantCulture)
        : _values[index]?.ToString() ?? "";

    internal override void Annotate(DataViewSchema.Annotations.Builder builder, string kind) =>
        builder.Add(kind, new VectorDataViewType(Type, Math.Max(Count, 0)),
            (ref VBuffer<T> value) => new VBuffer<T>(_values.Length, _values).CopyTo(ref value));

    internal override void Save(ModelStepWriter writer)
    {
        writer.Set("type", DataViewTypeNames.Format(Type));
        switch (_values)
        {
            case ReadOnlyMemory<char>[] texts: writer.WriteTexts("values", [.. texts.Select(text => text.ToString())]); break;
            case float[] values: writer.WriteArray<float>("values", values, values.Length); break;
            case double[] values: writer.WriteArray<double>("values", values, values.Length); break;
            case bool[] values: writer.WriteArray<bool>("values", values, values.Length); break;
            case DateTime[] values: writer.WriteArray<long>("values", [.. values.Select(v => v.Ticks)], values.Length); break;
            case TimeSpan[] values: writer.WriteArray<long>("values", [.. values.Select(v => v.Ticks)], values.Length); break;
            case DateTimeOffset[] values: writer.WriteArray<long>("values", [.. values.SelectMany(v => new[] { v.Ticks, v.Offset.Ticks })], values.Length, 2); break;
            // Arrays of signed and unsigned integers of one size pass for each other in pattern matching, so types are compared.
            case Array when typeof(T) == typeof(int): Write<int>(writer); break;
            case Array when typeof(T) == typeof(uint): Write<uint>(writer); break;
            case Array when typeof(T) == typeof(long): Write<long>(writer); break;
            case Array when typeof(T) == typeof(ulong): Write<ulong>(writer); break;
            case Array when typeof(T) == typeof(short): Write<short>(writer); break;
            case Array when typeof(T) == typeof(ushort): Write<ushort>(writer); break;
            case Array when typeof(T) == typeof(byte): Write<byte>(writer); break;
            case Array when typeof(T) == typeof(sbyte): Write<sbyte>(writer); break;
            default: throw new NotSupportedException($"Key values of type {Type} cannot be saved.");
        }
    }

    internal override KeyValues Pick(ReadOnlySpan<int> indices)
    {
        T[] picked = new T[indices.Length];
        for (int i = 0; i < picked.Length; i++) picked[i] = (uint)indices[i] < (uint)_values.Length ? _values[indices[i]] : MissingValue.Of<T>();
        return new KeyValues<T>(Type, picked);
    }

    private void Write<TValue>(ModelStepWriter writer) where TValue : unmanaged =>
        writer.WriteArray<TValue>("values", (TValue[])(object)_values, _values.Length);
}
