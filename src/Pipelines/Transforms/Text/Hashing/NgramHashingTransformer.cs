using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Counts n-grams in hashed slots, as <see cref="NgramHashingEstimator"/> or <see cref="WordHashBagEstimator"/> was told to.</summary>
public sealed class NgramHashingTransformer : RowToRowTransformer
{
    private readonly NgramItems _items;
    private readonly string _output;
    private readonly string[] _inputs;
    private readonly NgramHash _hash;
    private readonly SlotNames? _names;

    internal NgramHashingTransformer(NgramItems items, string output, string[] inputs, NgramHash hash, SlotNames? names) =>
        (TypeId, _items, _output, _inputs, _hash, _names) = (items.StepName, items, output, inputs, hash, names);

    public override string TypeId { get; }

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        var sources = Array.ConvertAll(_inputs, name => _items.Require(input, name));
        return [new OutputColumn(_output, new VectorDataViewType(NumberDataViewType.Single, _hash.SlotCount), SlotNames.Annotate(_names, _hash.SlotCount),
            Array.ConvertAll(sources, source => source.Index), () => Count(sources))];
    }

    private ColumnKernel Count(DataViewSchema.Column[] sources)
    {
        var result = new VectorColumn<float>(_hash.SlotCount);
        var slots = new NgramSlots(_hash, sources, Array.ConvertAll(sources, source => _items.ReaderOf(source, _hash.Seed)));
        var features = new FeatureRow();
        return batch =>
        {
            result.Reset(_hash.SlotCount, isDense: false);
            for (int row = 0; row < batch.RowCount; row++)
            {
                features.Append(slots.Find(batch, row), 0, NgramWeights.Counts, norm: null);
                features.MoveTo(result);
            }
            return result;
        };
    }

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("output", _output);
        writer.Set("inputs", _inputs);
        _hash.Save(writer);
        SlotNames.Save(_names, writer);
    }

    internal static NgramHashingTransformer Load(NgramItems items, ModelStepReader reader)
    {
        NgramHash hash = NgramHash.Load(reader);
        return new NgramHashingTransformer(items, reader.GetString("output"), [.. reader.GetStrings("inputs")], hash, SlotNames.Load(reader, hash.SlotCount));
    }
}
