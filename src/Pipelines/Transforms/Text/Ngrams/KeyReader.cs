using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Reads the rows of a column of key vectors as 32-bit keys; keys beyond the last one count as missing.</summary>
internal abstract class KeyReader
{
    /// <summary>The keys of a row; valid until the next call.</summary>
    internal abstract ReadOnlySpan<uint> Read(BatchColumn column, int row);

    /// <summary>The input column, checked to be a vector of keys of at most 32 bits.</summary>
    internal static DataViewSchema.Column Require(DataViewSchema schema, string name, string step)
    {
        DataViewSchema.Column column = TextColumns.Require(schema, name, step);
        return column.Type is VectorDataViewType { ItemType: KeyDataViewType key } && key.RawType != typeof(ulong) ? column
            : throw ColumnTypeException.Create(step, column, Expected);
    }

    internal static SchemaShape.Column Require(SchemaShape schema, string name, string step)
    {
        SchemaShape.Column column = schema.Require(name, step);
        return column.IsKey && column.Kind != SchemaShape.Column.VectorKind.Scalar && column.ItemType.RawType != typeof(ulong) ? column
            : throw ColumnTypeException.Create(step, column, Expected);
    }

    internal static KeyReader For(DataViewType type)
    {
        var key = (KeyDataViewType)((VectorDataViewType)type).ItemType;
        uint last = (uint)Math.Min(key.Count, uint.MaxValue);
        if (key.RawType == typeof(byte)) return new Reader<byte>(last);
        if (key.RawType == typeof(ushort)) return new Reader<ushort>(last);
        return new Reader<uint>(last);
    }

    private const string Expected = "a vector of keys of at most 32 bits (TokenizeIntoWords, then MapValueToKey, make one out of text)";

    private sealed class Reader<T>(uint last) : KeyReader where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        private uint[] _keys = [];

        internal override ReadOnlySpan<uint> Read(BatchColumn column, int row)
        {
            RowVector<T> vector = ((VectorColumn<T>)column)[row];
            if (_keys.Length < vector.Length) _keys = new uint[Math.Max(vector.Length, _keys.Length * 2)];
            Span<uint> keys = _keys.AsSpan(0, vector.Length);
            if (!vector.IsDense) keys.Clear();
            for (int i = 0; i < vector.Values.Length; i++)
            {
                uint key = uint.CreateTruncating(vector.Values[i]);
                keys[vector.IsDense ? i : vector.Indices[i]] = key <= last ? key : 0;
            }
            return keys;
        }
    }
}
