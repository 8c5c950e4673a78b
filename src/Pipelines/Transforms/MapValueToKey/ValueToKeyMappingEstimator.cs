using System.Diagnostics.CodeAnalysis;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>
/// Learns the different values of a column and makes keys out of them: 1 for the first, and so on; 0 for a missing value
/// (NaN, empty text, key 0) and for one that was not there to learn from. The values are kept as the <c>KeyValues</c>
/// annotation. Each item of a vector becomes a key of its own; all slots share the values.
/// A column without any value gets one key that no value has.
/// </summary>
public sealed class ValueToKeyMappingEstimator : OneToOneEstimator<ValueToKeyMappingTransformer>
{
    internal static class Defaults
    {
        internal const int MaximumNumberOfKeys = 1000000;
        internal const KeyOrdinality Ordinality = KeyOrdinality.ByOccurrence;
        internal const bool AddKeyValueAnnotationsAsText = false;
    }

    private readonly int _maximumNumberOfKeys;
    private readonly KeyOrdinality _ordinality;
    private readonly bool _asText;
    private readonly BatchView? _keyData;

    internal ValueToKeyMappingEstimator(TrainingEnvironment environment, IReadOnlyList<InputOutputColumnPair> columns,
        int maximumNumberOfKeys, KeyOrdinality keyOrdinality, bool addKeyValueAnnotationsAsText, IDataView? keyData)
        : base(environment, "MapValueToKey", columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumNumberOfKeys);
        if (keyData is not null && keyData.Schema.Count(c => !c.IsHidden) != 1)
            throw new ArgumentException($"MapValueToKey: the key data has the columns {keyData.Schema}, expected exactly one. SelectColumns leaves one.", nameof(keyData));
        (_maximumNumberOfKeys, _ordinality, _asText) = (maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText);
        _keyData = keyData is null ? null : BatchView.Of(keyData);
    }

    /// <summary>In which order values get their keys.</summary>
    [SuppressMessage("Design", "CA1028:Enum Storage should be Int32", Justification = "As in the API that is kept.")]
    public enum KeyOrdinality : byte
    {
        /// <summary>As they first occur in the data.</summary>
        ByOccurrence = 0,

        /// <summary>Sorted: numbers by size, text by its UTF-16 code units.</summary>
        ByValue = 1,
    }

    protected override ValueToKeyMappingTransformer Fit(BatchView input)
    {
        DataViewSchema.Column[] inputs = [.. Columns.Select(pair => input.Schema[pair.InputColumnName])];
        KeyMap[] maps = _keyData is null
            ? Learn(input, inputs, _maximumNumberOfKeys)
            : Learn(_keyData, [.. inputs.Select(KeyDataFor)], int.MaxValue);
        return new ValueToKeyMappingTransformer([.. maps.Select((map, i) => new ValueToKeyMapping(Columns[i], map, _asText))]);
    }

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        if (input.ItemType is RowIdDataViewType or not PrimitiveDataViewType) throw WrongType(input, "numbers, text, truth values, times or keys");
        if (!input.IsKey || !input.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out SchemaShape.Column values))
        {
            values = new(AnnotationKinds.KeyValues, SchemaShape.Column.VectorKind.Vector,
                _asText ? TextDataViewType.Instance : input.ItemType, input.IsKey && !_asText);
        }
        SchemaShape.Column[] annotations = input.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out SchemaShape.Column slotNames) ? [slotNames, values] : [values];
        return new(outputColumnName, input.Kind, NumberDataViewType.UInt32, isKey: true, new SchemaShape(annotations));
    }

    private KeyMap[] Learn(BatchView data, DataViewSchema.Column[] columns, int maximum)
    {
        KeyMapBuilder[] builders = Array.ConvertAll(columns, column => KeyMapBuilder.Create(column.Type, maximum));
        using (BatchCursor cursor = data.OpenBatches(ColumnSet.Of(data.Schema, columns)))
        {
            while (!Array.TrueForAll(builders, b => b.IsFull) && cursor.Next() is { } batch)
            {
                Environment.CancellationToken.ThrowIfCancellationRequested();
                for (int i = 0; i < columns.Length; i++) builders[i].Add(batch[columns[i].Index]);
            }
        }
        return Array.ConvertAll(builders, builder => builder.Build(_ordinality));
    }

    private DataViewSchema.Column KeyDataFor(DataViewSchema.Column input)
    {
        DataViewSchema.Column keys = _keyData!.Schema.First(c => !c.IsHidden);
        PrimitiveDataViewType item = RawTypes.ItemTypeOf(input.Type);
        return RawTypes.ItemTypeOf(keys.Type).Equals(item) ? keys : throw new MLPipelinesException(
            $"MapValueToKey: column '{keys.Name}' of the key data is {keys.Type}, expected {item} as in column '{input.Name}'.");
    }
}
