using MLPipelines.Data;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Transforms;

/// <summary>Computes the keys of the values of one column: 0 for a missing value, or 1 and the lowest bits of its hash.</summary>
/// <param name="input">The column.</param>
/// <param name="options">How to hash.</param>
/// <param name="form">How the rounds of the hash are put together.</param>
internal sealed class HashKernel(DataViewSchema.Column input, HashingEstimator.ColumnOptions options, HashForm form = HashForm.Default) : RawTypes.IVisitor<ColumnKernel>
{
    private readonly uint _mask = (uint)((1UL << options.NumberOfBits) - 1);
    private readonly uint _seed = options.Seed;
    private readonly bool _isVector = input.Type is VectorDataViewType;
    private readonly bool _isKey = RawTypes.ItemTypeOf(input.Type) is KeyDataViewType;

    public ColumnKernel Visit<T>()
    {
        bool isText = typeof(T) == typeof(ReadOnlyMemory<char>);
        if (_isVector && options.Combine) return isText ? CombineTexts() : Combine<T>();
        if (_isVector && options.UseOrderedHashing) return isText ? OrderTexts() : Order<T>();
        uint seed = options.UseOrderedHashing ? MurmurHash.Round(_seed, 0) : _seed;
        if (isText) return ItemKernels.FromText(input.Index, _isVector, (text, _) => KeyOf(seed, text));
        return ItemKernels.Map<T, uint>(input.Index, _isVector, (values, keys) =>
        {
            for (int i = 0; i < values.Length; i++) keys[i] = KeyOf(seed, values[i]);
        });
    }

    private bool IsPublished => form == HashForm.Published;

    private uint KeyOf<T>(uint seed, T value) => ItemHash.IsMissing(value, _isKey) ? 0
        : IsPublished ? KeyOf(ItemHash.AddWhole(seed, value) ^ (uint)ItemHash.BytesOf<T>()) : KeyOf(ItemHash.Add(seed, value));

    private uint KeyOf(uint seed, ReadOnlySpan<char> text) => text.IsEmpty ? 0 : (OfText(seed, text.Trim(' ')) & _mask) + 1;

    private uint OfText(uint seed, ReadOnlySpan<char> text) => form == HashForm.Default ? MurmurHash.OfText(seed, text) : MurmurHash.OfCharacters(seed, text, IsPublished);

    private uint KeyOf(uint hash) => (MurmurHash.Finish(hash) & _mask) + 1;

    private ColumnKernel Order<T>()
    {
        var result = new VectorColumn<uint>(0);
        return batch =>
        {
            var rows = (VectorColumn<T>)batch[input.Index];
            result.Reset(rows.Size, isDense: true);
            for (int row = 0; row < rows.RowCount; row++)
            {
                RowVector<T> items = rows[row];
                Span<uint> keys = result.AppendDense(items.Length);
                int stored = 0;
                for (int slot = 0; slot < keys.Length; slot++)
                {
                    bool isStored = items.IsDense || (stored < items.Indices.Length && items.Indices[stored] == slot);
                    keys[slot] = KeyOf(MurmurHash.Round(_seed, (uint)slot), isStored ? items.Values[stored++] : default!);
                }
            }
            return result;
        };
    }

    private ColumnKernel OrderTexts()
    {
        var result = new VectorColumn<uint>(0);
        return batch =>
        {
            var rows = (TextVectorColumn)batch[input.Index];
            result.Reset(rows.Size, isDense: true);
            for (int row = 0; row < rows.RowCount; row++)
            {
                Span<uint> keys = result.AppendDense(rows.LengthOf(row));
                for (int slot = 0; slot < keys.Length; slot++) keys[slot] = KeyOf(MurmurHash.Round(_seed, (uint)slot), rows[row, slot]);
            }
            return result;
        };
    }

    private ColumnKernel Combine<T>()
    {
        var result = new ValueColumn<uint>();
        return batch =>
        {
            var rows = (VectorColumn<T>)batch[input.Index];
            Span<uint> keys = result.Resize(rows.RowCount);
            for (int row = 0; row < keys.Length; row++)
            {
                RowVector<T> items = rows[row];
                uint hash = _seed;
                bool isMissing = false;
                for (int slot = 0, stored = 0; slot < items.Length; slot++)
                {
                    bool isStored = items.IsDense || (stored < items.Indices.Length && items.Indices[stored] == slot);
                    T item = isStored ? items.Values[stored++] : default!;
                    isMissing |= ItemHash.IsMissing(item, _isKey);
                    hash = IsPublished ? ItemHash.AddWhole(hash, item) : ItemHash.Add(hash, item);
                }
                keys[row] = isMissing ? 0 : KeyOf(IsPublished ? hash ^ (uint)(items.Length * ItemHash.BytesOf<T>()) : MurmurHash.Round(hash, (uint)items.Length));
            }
            return result;
        };
    }

    private ColumnKernel CombineTexts()
    {
        var result = new ValueColumn<uint>();
        return batch =>
        {
            var rows = (TextVectorColumn)batch[input.Index];
            Span<uint> keys = result.Resize(rows.RowCount);
            for (int row = 0; row < keys.Length; row++)
            {
                uint hash = _seed;
                bool isMissing = false;
                for (int item = 0; item < rows.LengthOf(row); item++)
                {
                    isMissing |= rows[row, item].IsEmpty;
                    hash = OfText(hash, rows[row, item].Trim(' '));
                }
                keys[row] = isMissing ? 0 : (hash & _mask) + 1;
            }
            return result;
        };
    }
}
