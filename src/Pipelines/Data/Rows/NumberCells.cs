using System.Globalization;

namespace MLPipelines.Data;

/// <summary>A number, key, truth value, time, row identity or image.</summary>
internal sealed class ValueCell<T>(StructuredDataViewType itemType, string owner) : Cell<T>(itemType, isVector: false)
{
    private readonly ulong _keyCount = itemType is KeyDataViewType key ? key.Count : 0;

    internal override void Append(T value, BatchColumn column)
    {
        ((ValueColumn<T>)column).Append(_keyCount > 0 ? KeyRange.FromZero(value, _keyCount, owner) : value);
    }

    internal override T Read(BatchColumn column, int row, T? old) => ((ValueColumn<T>)column).Values[row];
}

/// <summary>A number that may be missing: NaN in the column.</summary>
internal sealed class NullableSingleCell() : Cell<float?>(NumberDataViewType.Single, isVector: false)
{
    internal override void Append(float? value, BatchColumn column) => ((ValueColumn<float>)column).Append(value ?? float.NaN);

    internal override float? Read(BatchColumn column, int row, float? old) =>
        ((ValueColumn<float>)column).Values[row] is var value && float.IsNaN(value) ? null : value;
}

/// <summary>A number that may be missing: NaN in the column.</summary>
internal sealed class NullableDoubleCell() : Cell<double?>(NumberDataViewType.Double, isVector: false)
{
    internal override void Append(double? value, BatchColumn column) => ((ValueColumn<double>)column).Append(value ?? double.NaN);

    internal override double? Read(BatchColumn column, int row, double? old) =>
        ((ValueColumn<double>)column).Values[row] is var value && double.IsNaN(value) ? null : value;
}

/// <summary>An array of numbers, keys, truth values or times.</summary>
internal sealed class ArrayCell<T>(PrimitiveDataViewType itemType, string owner) : Cell<T[]?>(itemType, isVector: true)
{
    private readonly ulong _keyCount = itemType is KeyDataViewType key ? key.Count : 0;

    internal override bool ReusesValues => true;

    internal override void Append(T[]? value, BatchColumn column)
    {
        var vectors = (VectorColumn<T>)column;
        if (value is null && VectorLength.AllowsNull(vectors.Size, ItemType, owner))
        {
            vectors.AppendMissing();
            return;
        }
        VectorLength.Check(value!.Length, vectors.Size, owner);
        if (_keyCount > 0)
            foreach (T key in value) KeyRange.Check(key, _keyCount, owner);
        vectors.Append(RowVector<T>.Dense(value));
    }

    internal override T[] Read(BatchColumn column, int row, T[]? old)
    {
        RowVector<T> vector = ((VectorColumn<T>)column)[row];
        T[] values = old is not null && old.Length == vector.Length ? old : vector.Length == 0 ? [] : new T[vector.Length];
        vector.CopyTo(values);
        return values;
    }
}

/// <summary>A dense or sparse vector of numbers, keys, truth values or times.</summary>
internal sealed class BufferCell<T>(PrimitiveDataViewType itemType, string owner) : Cell<VBuffer<T>>(itemType, isVector: true)
{
    private readonly ulong _keyCount = itemType is KeyDataViewType key ? key.Count : 0;

    internal override bool ReusesValues => true;

    internal override void Append(VBuffer<T> value, BatchColumn column)
    {
        var vectors = (VectorColumn<T>)column;
        if (value.Length == 0 && VectorLength.AllowsNull(vectors.Size, ItemType, owner))
        {
            vectors.AppendMissing();
            return;
        }
        VectorLength.Check(value.Length, vectors.Size, owner);
        if (_keyCount > 0)
            foreach (T key in value.GetValues()) KeyRange.Check(key, _keyCount, owner);
        vectors.Append(value.IsDense ? RowVector<T>.Dense(value.GetValues()) : RowVector<T>.Sparse(value.Length, value.GetIndices(), value.GetValues()));
    }

    internal override VBuffer<T> Read(BatchColumn column, int row, VBuffer<T> old)
    {
        RowVector<T> vector = ((VectorColumn<T>)column)[row];
        var editor = VBufferEditor.Create(ref old, vector.Length, vector.Values.Length);
        vector.Values.CopyTo(editor.Values);
        if (editor.Indices.Length > 0) vector.Indices.CopyTo(editor.Indices);
        return editor.Commit();
    }
}

/// <summary>Checks keys that come from outside.</summary>
internal static class KeyRange
{
    /// <summary>The key that a number from 0 stands for; the largest number that its type has stands for a missing one.</summary>
    internal static T FromZero<T>(T number, ulong count, string owner)
    {
        ulong value = ValueOf(number);
        if (value < count) return OfValue<T>(value + 1);
        if (value == MaximumOf<T>()) return OfValue<T>(0);
        throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
            $"{owner}: found {value}, expected 0 to {count - 1} as [KeyType({count})] says, or {MaximumOf<T>()} for a missing one."));
    }

    // The comparisons of types are settled when the methods are compiled: nothing is boxed.
    private static ulong ValueOf<T>(T key) => typeof(T) == typeof(uint) ? (uint)(object)key! : typeof(T) == typeof(byte) ? (byte)(object)key!
        : typeof(T) == typeof(ushort) ? (ushort)(object)key! : (ulong)(object)key!;

    private static T OfValue<T>(ulong value) => typeof(T) == typeof(uint) ? (T)(object)(uint)value : typeof(T) == typeof(byte) ? (T)(object)(byte)value
        : typeof(T) == typeof(ushort) ? (T)(object)(ushort)value : (T)(object)value;

    private static ulong MaximumOf<T>() => typeof(T) == typeof(uint) ? uint.MaxValue : typeof(T) == typeof(byte) ? byte.MaxValue
        : typeof(T) == typeof(ushort) ? ushort.MaxValue : ulong.MaxValue;

    internal static void Check<T>(T key, ulong count, string owner)
    {
        ulong value = ValueOf(key);
        if (value > count)
            throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
                $"{owner}: found the key {value}, expected 1 to {count} as [KeyType({count})] says, or 0 for a missing one."));
    }
}

/// <summary>Checks the lengths of vectors that come from outside.</summary>
internal static class VectorLength
{
    internal static void Check(int length, int size, string owner)
    {
        if (size != 0 && length != size)
            throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture,
                $"{owner}: found a vector of {length} items, expected {size}. Without a size in [VectorType], rows may differ."));
    }

    /// <summary>Whether a vector that is not there can be stored as missing: not where it would become zeros that nobody can tell from real ones.</summary>
    internal static bool AllowsNull(int size, PrimitiveDataViewType itemType, string owner)
    {
        if (size == 0 || itemType is KeyDataViewType or TextDataViewType || itemType.RawType == typeof(float) || itemType.RawType == typeof(double)) return true;
        throw new MLPipelinesException(string.Create(CultureInfo.InvariantCulture, $"{owner}: found no vector, expected one of {size} items."));
    }
}
