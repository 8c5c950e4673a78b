using MLPipelines.Data;
using static MLPipelines.Transforms.ValueToKeyMappingEstimator;

namespace MLPipelines.Transforms;

/// <summary>Collects the different values of a column, up to a number of them.</summary>
/// <param name="type">The type of the values.</param>
/// <param name="maximum">How many values are kept: those that come first.</param>
internal abstract class KeyMapBuilder(PrimitiveDataViewType type, int maximum)
{
    private protected PrimitiveDataViewType Type => type;

    private protected int Maximum => maximum;

    internal abstract bool IsFull { get; }

    /// <summary>Takes in a run of rows.</summary>
    internal abstract void Add(BatchColumn rows);

    internal abstract KeyMap Build(KeyOrdinality ordinality);

    internal static KeyMapBuilder Create(DataViewType type, int maximum)
    {
        PrimitiveDataViewType item = RawTypes.ItemTypeOf(type);
        return RawTypes.Dispatch(item, new Factory(item, maximum));
    }

    private sealed class Factory(PrimitiveDataViewType type, int maximum) : RawTypes.IVisitor<KeyMapBuilder>
    {
        public KeyMapBuilder Visit<T>() => type is TextDataViewType ? new TextKeyMapBuilder(maximum) : new KeyMapBuilder<T>(type, maximum);
    }
}

internal sealed class KeyMapBuilder<T>(PrimitiveDataViewType type, int maximum) : KeyMapBuilder(type, maximum)
{
    private readonly HashSet<T> _seen = [];
    private readonly List<T> _values = [];

    internal override bool IsFull => _values.Count >= Maximum;

    internal override void Add(BatchColumn rows)
    {
        if (rows is VectorColumn<T> { IsDense: false } sparse) AddSparse(sparse);
        else foreach (T value in rows is ValueColumn<T> scalars ? scalars.Values : ((VectorColumn<T>)rows).Values) Add(value);
    }

    internal override KeyMap Build(KeyOrdinality ordinality)
    {
        if (ordinality == KeyOrdinality.ByValue) _values.Sort();
        return new KeyMap<T>(new KeyValues<T>(Type, [.. _values]));
    }

    private void AddSparse(VectorColumn<T> rows)
    {
        for (int row = 0; row < rows.RowCount; row++)
        {
            RowVector<T> items = rows[row];
            int next = 0;
            for (int i = 0; i < items.Indices.Length; i++)
            {
                // An item that is not stored is a value too, and comes where its slot is.
                if (items.Indices[i] > next) Add(default!);
                Add(items.Values[i]);
                next = items.Indices[i] + 1;
            }
            if (next < items.Length) Add(default!);
        }
    }

    private void Add(T value)
    {
        if (!IsFull && !IsMissing(value) && _seen.Add(value)) _values.Add(value);
    }

    private bool IsMissing(T value) =>
        (typeof(T) == typeof(float) && float.IsNaN((float)(object)value!))
        || (typeof(T) == typeof(double) && double.IsNaN((double)(object)value!))
        || (Type is KeyDataViewType && EqualityComparer<T>.Default.Equals(value, default));
}

internal sealed class TextKeyMapBuilder(int maximum) : KeyMapBuilder(TextDataViewType.Instance, maximum)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _values = [];

    internal override bool IsFull => _values.Count >= Maximum;

    internal override void Add(BatchColumn rows)
    {
        TextColumn texts = rows as TextColumn ?? ((TextVectorColumn)rows).Items;
        var seen = _seen.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int i = 0; i < texts.RowCount && !IsFull; i++)
        {
            if (texts[i].IsEmpty || seen.Contains(texts[i])) continue;
            string value = texts[i].ToString();
            _seen.Add(value);
            _values.Add(value);
        }
    }

    internal override KeyMap Build(KeyOrdinality ordinality)
    {
        if (ordinality == KeyOrdinality.ByValue) _values.Sort(StringComparer.Ordinal);
        return new TextKeyMap(new KeyValues<ReadOnlyMemory<char>>(TextDataViewType.Instance, [.. _values.Select(v => v.AsMemory())]));
    }
}
