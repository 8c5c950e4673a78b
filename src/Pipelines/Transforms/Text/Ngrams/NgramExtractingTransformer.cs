using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Counts the n-grams that <see cref="NgramExtractingEstimator"/> learned. N-grams that it did not see are left out.</summary>
public sealed class NgramExtractingTransformer : RowToRowTransformer
{
    internal const string Id = "ngram-extracting";

    private readonly InputOutputColumnPair _columns;
    private readonly NgramShape _shape;
    private readonly NgramMap _map;
    private readonly NgramWeights _weights;
    private readonly NgramFinder _finder;

    internal NgramExtractingTransformer(InputOutputColumnPair columns, NgramShape shape, NgramMap map, NgramWeights weights) =>
        (_columns, _shape, _map, _weights, _finder) = (columns, shape, map, weights, new NgramFinder(map, shape));

    public override string TypeId => Id;

    internal InputOutputColumnPair Columns => _columns;

    /// <summary>What was learned.</summary>
    /// <param name="terms">The words that the keys are of; <see langword="null"/> for characters.</param>
    internal NgramPart ToPart(TermMap? terms) => new(_shape, _map, _weights, terms);

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        DataViewSchema.Column source = KeyReader.Require(input, _columns.InputColumnName, Id);
        var annotations = new DataViewSchema.Annotations.Builder();
        if (source.HasKeyValues()) NgramNames.AddTo(annotations, _map.Count, new Lazy<ReadOnlyMemory<char>[]>(() => NamesFor(source)));
        return [new OutputColumn(_columns.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, _map.Count), annotations.ToAnnotations(), [source.Index], () => Extract(source))];
    }

    private ReadOnlyMemory<char>[] NamesFor(DataViewSchema.Column source)
    {
        KeyValues values = KeyValues.Of(source)!;
        return NgramNames.Of(_map, key => key <= values.Count ? values.TextOf((int)key - 1).AsMemory() : "*".AsMemory());
    }

    private ColumnKernel Extract(DataViewSchema.Column source)
    {
        var result = new VectorColumn<float>(_map.Count);
        KeyReader reader = KeyReader.For(source.Type);
        var found = new FeatureList();
        var row = new FeatureRow();
        return batch =>
        {
            BatchColumn keys = batch[source.Index];
            result.Reset(_map.Count, isDense: false);
            for (int i = 0; i < batch.RowCount; i++)
            {
                found.Clear();
                _finder.Find(reader.Read(keys, i), found);
                row.Append(found, 0, _weights, norm: null);
                row.MoveTo(result);
            }
            return result;
        };
    }

    public override void Save(ModelStepWriter writer)
    {
        _columns.Save(writer);
        _shape.Save(writer);
        _map.Save(writer);
        _weights.Save(writer);
    }

    internal static NgramExtractingTransformer Load(ModelStepReader reader)
    {
        NgramMap map = NgramMap.Load(reader);
        return new NgramExtractingTransformer(TextColumns.LoadPair(reader), NgramShape.Load(reader), map, NgramWeights.Load(reader, map.Count));
    }
}
