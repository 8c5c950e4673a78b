using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Finds the topics of documents, with what <see cref="LatentDirichletAllocationEstimator"/> learned.</summary>
public sealed class LatentDirichletAllocationTransformer : OneToOneTransformer<TopicMapping>
{
    internal const string StepName = "latent-dirichlet-allocation";

    internal LatentDirichletAllocationTransformer(IReadOnlyList<TopicMapping> mappings) : base(mappings) { }

    public override string TypeId => StepName;

    /// <summary>The most common terms of each topic.</summary>
    /// <param name="columnIndex">Which pair of columns, from 0.</param>
    public ModelParameters GetLdaDetails(int columnIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columnIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(columnIndex, Mappings.Count);
        return Mappings[columnIndex].Summary();
    }

    internal static LatentDirichletAllocationTransformer Load(ModelStepReader reader) => new(LoadMappings(reader, TopicMapping.Load));

    /// <summary>
    /// For each topic its most common terms with their probabilities, the largest first: <see cref="WordScoresPerTopic"/> when the slots of the
    /// counts have names, else <see cref="ItemScoresPerTopic"/>; the other one is <see langword="null"/>.
    /// </summary>
    public sealed class ModelParameters
    {
        internal ModelParameters(IReadOnlyList<IReadOnlyList<ItemScore>> itemScoresPerTopic) => ItemScoresPerTopic = itemScoresPerTopic;

        internal ModelParameters(IReadOnlyList<IReadOnlyList<WordItemScore>> wordScoresPerTopic) => WordScoresPerTopic = wordScoresPerTopic;

        public readonly IReadOnlyList<IReadOnlyList<ItemScore>>? ItemScoresPerTopic;

        public readonly IReadOnlyList<IReadOnlyList<WordItemScore>>? WordScoresPerTopic;

        /// <summary>A term by its slot.</summary>
        public readonly struct ItemScore
        {
            public readonly int Item;
            public readonly float Score;

            public ItemScore(int item, float score) => (Item, Score) = (item, score);
        }

        /// <summary>A term by its slot and name.</summary>
        public readonly struct WordItemScore
        {
            public readonly int Item;
            public readonly string Word;
            public readonly float Score;

            public WordItemScore(int item, string word, float score) => (Item, Word, Score) = (item, word, score);
        }
    }
}

/// <summary>The topics of one column of counts.</summary>
public sealed class TopicMapping : ColumnMapping
{
    internal const string Expected = "a vector of Single of known size that counts terms (ProduceNgrams and ProduceWordBags make one)";

    private readonly TopicModel _model;
    private readonly float _alpha;
    private readonly int _passes, _maximumTokens, _summaryTerms;
    private readonly IReadOnlyList<string>? _names;

    internal TopicMapping(InputOutputColumnPair columns, TopicModel model, TopicSettings settings, IReadOnlyList<string>? names)
        : this(columns, model, settings.Alpha, settings.BurninIterations, settings.MaximumTokens, settings.SummaryTerms, names) { }

    private TopicMapping(InputOutputColumnPair columns, TopicModel model, float alpha, int passes, int maximumTokens, int summaryTerms, IReadOnlyList<string>? names) : base(columns) =>
        (_model, _alpha, _passes, _maximumTokens, _summaryTerms, _names) = (model, alpha, passes, maximumTokens, summaryTerms, names);

    protected internal override OutputColumn Bind(DataViewSchema.Column input)
    {
        if (input.Type is not VectorDataViewType vector || vector.ItemType is not NumberDataViewType { RawType: var raw } || raw != typeof(float) || vector.Size != _model.TermCount)
            throw ColumnTypeException.Create(LatentDirichletAllocationTransformer.StepName, input, $"{Expected}, with the {_model.TermCount} slots that the topics were learned from");
        return new OutputColumn(Columns.OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, _model.TopicCount), null, [input.Index], () => Infer(input.Index));
    }

    private ColumnKernel Infer(int source)
    {
        var result = new VectorColumn<float>(_model.TopicCount);
        var inference = new TopicInference(_model, _alpha, _passes, _maximumTokens);
        return batch =>
        {
            var documents = (VectorColumn<float>)batch[source];
            Span<float> all = result.Resize(documents.RowCount);
            for (int row = 0; row < documents.RowCount; row++) inference.Run(documents[row], all.Slice(row * _model.TopicCount, _model.TopicCount));
            return result;
        };
    }

    internal LatentDirichletAllocationTransformer.ModelParameters Summary()
    {
        (int Term, float Probability)[][] topics = _model.TopTerms(_summaryTerms);
        return _names is null
            ? new([.. topics.Select(terms => terms.Select(term => new LatentDirichletAllocationTransformer.ModelParameters.ItemScore(term.Term, term.Probability)).ToArray())])
            : new LatentDirichletAllocationTransformer.ModelParameters(
                [.. topics.Select(terms => terms.Select(term => new LatentDirichletAllocationTransformer.ModelParameters.WordItemScore(term.Term, _names[term.Term], term.Probability)).ToArray())]);
    }

    protected internal override void Save(ModelStepWriter writer)
    {
        _model.Save(writer);
        writer.Set("alpha", (double)_alpha);
        writer.Set("passes", _passes);
        writer.Set("maximumTokens", _maximumTokens);
        writer.Set("summaryTerms", _summaryTerms);
        writer.Set("hasNames", _names is not null);
        if (_names is not null) writer.WriteTexts("names", _names);
    }

    internal static TopicMapping Load(InputOutputColumnPair columns, ModelStepReader reader)
    {
        TopicModel model = TopicModel.Load(reader);
        IReadOnlyList<string>? names = reader.GetBoolean("hasNames") ? reader.ReadTexts("names") : null;
        if (names is not null && names.Count != model.TermCount) throw reader.Invalid($"it has {names.Count} names for {model.TermCount} terms");
        return new TopicMapping(columns, model, (float)reader.GetDouble("alpha"), reader.GetInt32("passes"), reader.GetInt32("maximumTokens"), reader.GetInt32("summaryTerms"), names);
    }
}
