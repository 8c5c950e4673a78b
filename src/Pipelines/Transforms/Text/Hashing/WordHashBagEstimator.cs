using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Cuts text at spaces and counts the n-grams of the words in a fixed number of slots. Words are hashed to 30 bits, n-grams of these hashes to
/// slots. Nothing is learned, except names of slots when they are asked for.
/// </summary>
public sealed class WordHashBagEstimator : IEstimator<ITransformer>
{
    private readonly string _output;
    private readonly string[] _inputs;
    private readonly NgramHash _hash;
    private readonly int _namesPerSlot;

    internal WordHashBagEstimator(string outputColumnName, string[] inputColumnNames, NgramHash hash, int maximumNumberOfInverts)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumnName);
        if (inputColumnNames.Length == 0 || inputColumnNames.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("At least one input column is needed, and none without a name.", nameof(inputColumnNames));
        (_output, _inputs, _hash) = (outputColumnName, [.. inputColumnNames], hash);
        _namesPerSlot = SlotInverter.LimitOf(maximumNumberOfInverts);
    }

    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        BatchView view = BatchView.Of(input);
        var sources = Array.ConvertAll(_inputs, name => TextColumns.RequireText(view.Schema, name, WordHashBagTransformer.Id));
        return new WordHashBagTransformer(_output, _inputs, _hash, _namesPerSlot == 0 ? null : NamesOf(view, sources));
    }

    private SlotNames NamesOf(BatchView view, DataViewSchema.Column[] sources)
    {
        // The first word of each 30-bit hash names it.
        var words = new Dictionary<(int Column, uint Key), string>();
        var inverter = new SlotInverter(_namesPerSlot, column => sources.Length == 1 ? "" : $"{_inputs[column]}:", (column, key) => words[(column, key)].AsMemory());
        var slots = new WordSlots(_hash, sources, inverter, (column, key, word) => words.TryAdd((column, key), word.ToString()));
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, sources));
        while (cursor.Next() is { } batch)
            for (int row = 0; row < batch.RowCount; row++) slots.Find(batch, row);
        return inverter.ToNames();
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        foreach (string name in _inputs) TextColumns.RequireText(inputSchema, name, WordHashBagTransformer.Id);
        return inputSchema.With(new SchemaShape.Column(_output, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
            _namesPerSlot == 0 ? null : NgramNames.Shape));
    }

    internal static class Defaults
    {
        internal const int NgramLength = 1;
        internal const int SkipLength = 0;
        internal const int NumberOfBits = 16;
        internal const uint Seed = 314489979;
        internal const bool Ordered = true;
        internal const int MaximumNumberOfInverts = 0;
        internal const bool UseAllLengths = true;
    }
}
