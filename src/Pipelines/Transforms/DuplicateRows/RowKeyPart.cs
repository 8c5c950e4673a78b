using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Writes the value of one column in a row as bytes that are equal where the values are: 0 is −0, NaN is NaN, and a sparse vector is
/// the dense one with the same items.
/// </summary>
internal abstract class RowKeyPart
{
    internal abstract void Write(Batch batch, int row, ArrayBufferWriter<byte> key);

    internal static RowKeyPart Create(DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => new Text(column.Index),
        VectorDataViewType { ItemType: TextDataViewType } => new Texts(column.Index),
        _ => RawTypes.Dispatch(RawTypes.ItemTypeOf(column.Type), new Factory(column)),
    };

    private static void Put<T>(ArrayBufferWriter<byte> key, T value) where T : unmanaged =>
        key.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    private static void PutText(ArrayBufferWriter<byte> key, ReadOnlySpan<char> text)
    {
        Put(key, text.Length);
        key.Write(MemoryMarshal.AsBytes(text));
    }

    private sealed class Factory(DataViewSchema.Column column) : RawTypes.IVisitor<RowKeyPart>
    {
        public RowKeyPart Visit<T>() => column.Type is VectorDataViewType ? new Vector<T>(column.Index) : new Value<T>(column.Index);
    }

    private sealed class Text(int index) : RowKeyPart
    {
        internal override void Write(Batch batch, int row, ArrayBufferWriter<byte> key) => PutText(key, ((TextColumn)batch[index])[row]);
    }

    private sealed class Texts(int index) : RowKeyPart
    {
        internal override void Write(Batch batch, int row, ArrayBufferWriter<byte> key)
        {
            var texts = (TextVectorColumn)batch[index];
            Put(key, texts.LengthOf(row));
            for (int item = 0; item < texts.LengthOf(row); item++) PutText(key, texts[row, item]);
        }
    }

    private sealed class Value<T>(int index) : RowKeyPart
    {
        internal override void Write(Batch batch, int row, ArrayBufferWriter<byte> key) => PutValue(key, ((ValueColumn<T>)batch[index]).Values[row]);
    }

    private sealed class Vector<T>(int index) : RowKeyPart
    {
        internal override void Write(Batch batch, int row, ArrayBufferWriter<byte> key)
        {
            RowVector<T> vector = ((VectorColumn<T>)batch[index])[row];
            Put(key, vector.Length);
            for (int i = 0; i < vector.Values.Length; i++)
            {
                if (EqualityComparer<T>.Default.Equals(vector.Values[i], default)) continue;
                Put(key, vector.IsDense ? i : vector.Indices[i]);
                PutValue(key, vector.Values[i]);
            }
            Put(key, -1);
        }
    }

    private static void PutValue<T>(ArrayBufferWriter<byte> key, T value)
    {
        switch (value)
        {
            case float number: Put(key, number == 0 ? 0 : float.IsNaN(number) ? float.NaN : number); break;
            case double number: Put(key, number == 0 ? 0 : double.IsNaN(number) ? double.NaN : number); break;
            // The same moment with another offset is another value.
            case DateTimeOffset time: Put(key, (time.Ticks, time.Offset.Ticks)); break;
            default: key.Write(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref value), Unsafe.SizeOf<T>())); break;
        }
    }
}
