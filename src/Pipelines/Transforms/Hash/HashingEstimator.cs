using MLPipelines.Data;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Transforms;

/// <summary>
/// Makes keys out of values by hashing them (MurmurHash3 of 32 bits): a key is 1 more than the lowest bits of the hash, and 0 for a
/// missing value. Nothing is learned, unless it is to be kept what the keys stand for. Numbers, truth values, text, keys and
/// row identities can be hashed. Each item of a vector becomes a key, or all together one.
/// </summary>
public sealed partial class HashingEstimator : OneToOneEstimator<HashingTransformer>
{
    private readonly ColumnOptions[] _options;

    internal HashingEstimator(TrainingEnvironment environment, params ColumnOptions[] columns)
        : base(environment, "Hash", [.. columns.Select(c => new InputOutputColumnPair(c.Name, c.InputColumnName))]) =>
        _options = Array.ConvertAll(columns, c => c.Copy());

    internal static bool CanHash(DataViewType item) =>
        item is TextDataViewType or NumberDataViewType or KeyDataViewType or BooleanDataViewType or RowIdDataViewType;

    protected override HashingTransformer Fit(BatchView input)
    {
        var names = new SlotNameCollector?[_options.Length];
        for (int i = 0; i < names.Length; i++)
            if (_options[i].MaximumNumberOfInverts != 0) names[i] = new SlotNameCollector(SlotNameCollector.LimitOf(_options[i].MaximumNumberOfInverts));
        Collect(input, names);
        return new HashingTransformer([.. _options.Select((options, i) => new HashMapping(options, names[i]?.ToNames()))]);
    }

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName)
    {
        ColumnOptions options = Array.FindLast(_options, o => o.Name == outputColumnName)!;
        if (!CanHash(input.ItemType)) throw WrongType(input, "numbers, text, truth values, keys or row identities");
        bool isOne = options.Combine || input.Kind == SchemaShape.Column.VectorKind.Scalar;
        List<SchemaShape.Column> annotations = [];
        if (!isOne && input.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out SchemaShape.Column slotNames)) annotations.Add(slotNames);
        if (options.MaximumNumberOfInverts != 0)
            annotations.Add(new(AnnotationKinds.KeyValues, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false));
        return new(outputColumnName, isOne ? SchemaShape.Column.VectorKind.Scalar : input.Kind, NumberDataViewType.UInt32, isKey: true, new SchemaShape(annotations));
    }

    private void Collect(BatchView input, SlotNameCollector?[] names)
    {
        DataViewSchema.Column[] columns = Array.ConvertAll(_options, o => input.Schema[o.InputColumnName]);
        int[] wanted = [.. Enumerable.Range(0, names.Length).Where(i => names[i] is not null)];
        if (wanted.Length == 0) return;
        var inverters = Array.ConvertAll(wanted, i => HashInverter.Create(columns[i], _options[i], names[i]!));
        using BatchCursor cursor = input.OpenBatches(ColumnSet.Of(input.Schema, wanted.Select(i => columns[i])));
        while (cursor.Next() is { } batch)
        {
            Environment.CancellationToken.ThrowIfCancellationRequested();
            foreach (Action<Batch> invert in inverters) invert(batch);
        }
    }
}
