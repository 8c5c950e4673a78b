using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>What to learn from text: the common part of the estimators that count n-grams of text columns.</summary>
internal sealed class TextFeaturizerPlan
{
    private readonly string _step, _output;
    private readonly string? _tokensColumn;
    private readonly TextAnalysis _analysis;
    private readonly LpNormNormalizingEstimatorBase.NormFunction? _norm;
    private readonly (NgramShape Shape, NgramExtractingEstimator.WeightingCriteria Weighting)? _words, _characters;

    internal TextFeaturizerPlan(string step, string output, TextAnalysis analysis, WordBagEstimator.Options? words, WordBagEstimator.Options? characters,
        LpNormNormalizingEstimatorBase.NormFunction? norm, string? tokensColumn)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(output);
        if (analysis.Inputs.Count == 0 || analysis.Inputs.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException($"{step}: at least one input column is needed, and none without a name.", nameof(analysis));
        if (words is null && characters is null && tokensColumn is null)
            throw new ArgumentException($"{step}: there is nothing to make: neither n-grams of words, n-grams of characters nor a column of tokens.", nameof(words));
        if (tokensColumn == output) throw new ArgumentException($"{step}: '{output}' cannot be the column of features and of tokens.", nameof(tokensColumn));
        CharNormalizer.For(analysis.Normalizer);
        (_step, _output, _analysis, _words, _characters, _norm, _tokensColumn) = (step, output, analysis, words?.Checked(), characters?.Checked(), norm, tokensColumn);
    }

    /// <exception cref="MLPipelinesException">The texts have no n-grams.</exception>
    internal ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        BatchView view = BatchView.Of(input);
        DataViewSchema.Column[] sources = _analysis.Bind(view.Schema, _step);
        var words = _words is { } w ? new NgramLearner(w.Shape, w.Weighting) : null;
        var characters = _characters is { } c ? new NgramLearner(c.Shape, c.Weighting) : null;
        var terms = new TermMap();
        if (words is not null || characters is not null)
        {
            int termLimit = _words is { } limited ? limited.Shape.Limits.First(limit => limit > 0) : 0;
            var text = new AnalyzedText(_analysis, sources);
            using BatchCursor cursor = view.OpenBatches(ColumnSet.Of(view.Schema, sources));
            while (cursor.Next() is { } batch)
            {
                for (int row = 0; row < batch.RowCount; row++)
                {
                    text.Read(batch, row);
                    words?.Add(text.LearnWordKeys(terms, termLimit));
                    characters?.Add(text.CharacterKeys());
                }
            }
            if ((words?.Map.Count ?? 0) + (characters?.Map.Count ?? 0) == 0)
                throw new MLPipelinesException($"{_step}: the text of {string.Join(", ", _analysis.Inputs.Select(i => $"'{i}'"))} has no n-grams: there is nothing to learn from.");
        }
        return new TextFeaturizingTransformer(_step, _output, _tokensColumn, _analysis,
            characters is null ? null : new NgramPart(_characters!.Value.Shape, characters.Map, characters.Weights(), null),
            words is null ? null : new NgramPart(_words!.Value.Shape, words.Map, words.Weights(), terms), _norm);
    }

    internal SchemaShape GetOutputSchema(SchemaShape schema)
    {
        foreach (string input in _analysis.Inputs) TextColumns.RequireText(schema, input, _step);
        if (_tokensColumn is not null)
            schema = schema.With(new SchemaShape.Column(_tokensColumn, SchemaShape.Column.VectorKind.VariableVector, TextDataViewType.Instance, isKey: false));
        if (_words is null && _characters is null) return schema;
        SchemaShape annotations = NgramNames.Shape;
        if (_norm is not null)
            annotations = annotations.With(new SchemaShape.Column(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false));
        return schema.With(new SchemaShape.Column(_output, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false, annotations));
    }
}
