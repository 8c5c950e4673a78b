using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Counts the n-grams of key vectors in a fixed number of slots, which n-grams are hashed to. Nothing is learned, except names of slots
/// when they are asked for; several n-grams can share a slot.
/// </summary>
public sealed class NgramHashingEstimator : IEstimator<NgramHashingTransformer>
{
    private readonly string _output;
    private readonly string[] _inputs;
    private readonly NgramHash _hash;
    private readonly int _namesPerSlot;

    internal NgramHashingEstimator(string outputColumnName, string[] inputColumnNames, NgramHash hash, int maximumNumberOfInverts)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumnName);
        if (inputColumnNames.Length == 0 || inputColumnNames.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("At least one input column is needed, and none without a name.", nameof(inputColumnNames));
        (_output, _inputs, _hash) = (outputColumnName, [.. inputColumnNames], hash);
        _namesPerSlot = SlotInverter.LimitOf(maximumNumberOfInverts);
    }

    public NgramHashingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        BatchView view = BatchView.Of(input);
        var sources = Array.ConvertAll(_inputs, name => KeyReader.Require(view.Schema, name, NgramHashingTransformer.Id));
        return new NgramHashingTransformer(_output, _inputs, _hash, _namesPerSlot == 0 ? null : NamesOf(view, sources));
    }

    private SlotNames NamesOf(BatchView view, DataViewSchema.Column[] sources)
    {
        var values = Array.ConvertAll(sources, source => KeyValues.Of(source));
        var inverter = new SlotInverter(_namesPerSlot, column => sources.Length == 1 ? "" : $"{_inputs[column]}:", (column, key) =>
            (values[column] is { } names && key <= names.Count ? names.TextOf((int)key - 1) : key.ToString(System.Globalization.CultureInfo.InvariantCulture)).AsMemory());
        var slots = new KeySlots(_hash, sources, inverter);
        using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, sources));
        while (cursor.Next() is { } batch)
            for (int row = 0; row < batch.RowCount; row++) slots.Find(batch, row);
        return inverter.ToNames();
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        foreach (string name in _inputs) KeyReader.Require(inputSchema, name, NgramHashingTransformer.Id);
        return inputSchema.With(new SchemaShape.Column(_output, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
            _namesPerSlot == 0 ? null : NgramNames.Shape));
    }

    internal static class Defaults
    {
        internal const int NgramLength = 2;
        internal const bool UseAllLengths = true;
        internal const int SkipLength = 0;
        internal const int NumberOfBits = 16;
        internal const uint Seed = 314489979;
        internal const bool RehashUnigrams = false;
        internal const bool UseOrderedHashing = true;
        internal const int MaximumNumberOfInverts = 0;
    }
}
