using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>What to count in which slots, and how many n-grams to name a slot by.</summary>
internal sealed class NgramHashingPlan
{
    private readonly NgramItems _items;
    private readonly string _output;
    private readonly string[] _inputs;
    private readonly NgramHash _hash;
    private readonly int _namesPerSlot;

    internal NgramHashingPlan(NgramItems items, string outputColumnName, string[] inputColumnNames, NgramHash hash, int maximumNumberOfInverts)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumnName);
        if (inputColumnNames.Length == 0 || inputColumnNames.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("At least one input column is needed, and none without a name.", nameof(inputColumnNames));
        (_items, _output, _inputs, _hash) = (items, outputColumnName, [.. inputColumnNames], hash);
        _namesPerSlot = SlotNameCollector.LimitOf(maximumNumberOfInverts);
    }

    internal NgramHashingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        BatchView view = BatchView.Of(input);
        var sources = Array.ConvertAll(_inputs, name => _items.Require(view.Schema, name));
        return new NgramHashingTransformer(_items, _output, _inputs, _hash, _namesPerSlot == 0 ? null : NamesOf(view, sources));
    }

    private SlotNames NamesOf(BatchView view, DataViewSchema.Column[] sources)
    {
        var readers = new KeyReader[sources.Length];
        var namers = new Func<uint, ReadOnlyMemory<char>>[sources.Length];
        for (int i = 0; i < sources.Length; i++) readers[i] = _items.ReaderOf(sources[i], _hash.Seed, out namers[i]);
        var inverter = new SlotInverter(_namesPerSlot, column => sources.Length == 1 ? "" : $"{_inputs[column]}:", (column, key) => namers[column](key));
        var slots = new NgramSlots(_hash, sources, readers, inverter);
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, sources));
        while (cursor.Next() is { } batch)
            for (int row = 0; row < batch.RowCount; row++) slots.Find(batch, row);
        return inverter.ToNames();
    }

    internal SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        foreach (string name in _inputs) _items.Require(inputSchema, name);
        return inputSchema.With(new SchemaShape.Column(_output, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
            _namesPerSlot == 0 ? null : NgramNames.Shape));
    }
}
