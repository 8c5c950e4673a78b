using MLPipelines.Data;
using NormFunction = MLPipelines.Transforms.LpNormNormalizingEstimatorBase.NormFunction;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Turns text into one sparse row of weighted n-gram counts: those of characters, then those of words, each part scaled to a norm of 1. All
/// that the steps of such a chain would do is done here text by text, without columns in between.
/// </summary>
internal sealed class TextFeaturizingTransformer : RowToRowTransformer
{
    private readonly string? _output, _tokensColumn;
    private readonly TextAnalysis _analysis;
    private readonly NgramPart? _characters, _words;
    private readonly NormFunction? _norm;
    private readonly Lazy<ReadOnlyMemory<char>[]> _names;

    internal TextFeaturizingTransformer(string typeId, string output, string? tokensColumn, TextAnalysis analysis, NgramPart? characters, NgramPart? words, NormFunction? norm)
    {
        TypeId = typeId;
        (_output, _tokensColumn, _analysis, _characters, _words, _norm) = (output, tokensColumn, analysis, characters, words, norm);
        _names = new Lazy<ReadOnlyMemory<char>[]>(() => Names(characters, words));
    }

    public override string TypeId { get; }

    private int CharacterCount => _characters?.Map.Count ?? 0;

    private int FeatureCount => CharacterCount + (_words?.Map.Count ?? 0);

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        DataViewSchema.Column[] sources = _analysis.Bind(input, TypeId);
        int[] indices = Array.ConvertAll(sources, source => source.Index);
        var columns = new List<OutputColumn>(2);
        if (_tokensColumn is not null)
            columns.Add(new OutputColumn(_tokensColumn, new VectorDataViewType(TextDataViewType.Instance), null, indices, () => Tokenize(sources)));
        if (_characters is null && _words is null) return columns;
        var annotations = new DataViewSchema.Annotations.Builder();
        NgramNames.AddTo(annotations, FeatureCount, _names);
        if (_norm is not null) annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, value: true);
        columns.Add(new OutputColumn(_output!, new VectorDataViewType(NumberDataViewType.Single, FeatureCount), annotations.ToAnnotations(), indices, () => Featurize(sources)));
        return columns;
    }

    private static ReadOnlyMemory<char>[] Names(NgramPart? characters, NgramPart? words) => (characters, words) switch
    {
        // The word "a" is not the character "a".
        ({ } c, { } w) => [.. c.Names("Char."), .. w.Names("Word.")],
        ({ } c, null) => c.Names(""),
        _ => words!.Names(""),
    };

    private ColumnKernel Tokenize(DataViewSchema.Column[] sources)
    {
        var result = new TextVectorColumn(0);
        var text = new AnalyzedText(_analysis, sources);
        return batch =>
        {
            result.Clear();
            for (int row = 0; row < batch.RowCount; row++)
            {
                text.Read(batch, row);
                foreach (TokenRange token in text.Tokens) result.AppendItem(text[token]);
                result.EndRow();
            }
            return result;
        };
    }

    private ColumnKernel Featurize(DataViewSchema.Column[] sources)
    {
        var result = new VectorColumn<float>(FeatureCount);
        var text = new AnalyzedText(_analysis, sources);
        var found = new FeatureList();
        var features = new FeatureRow();
        return batch =>
        {
            result.Reset(FeatureCount, isDense: false);
            for (int row = 0; row < batch.RowCount; row++)
            {
                text.Read(batch, row);
                _characters?.Append(text, found, features, 0, _norm);
                _words?.Append(text, found, features, CharacterCount, _norm);
                features.MoveTo(result);
            }
            return result;
        };
    }

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("output", _output);
        writer.Set("tokens", _tokensColumn);
        writer.Set("norm", _norm?.ToString());
        writer.Set("countsCharacters", _characters is not null);
        writer.Set("countsWords", _words is not null);
        _analysis.Save(writer);
        _characters?.Save(writer.Section("characters"));
        _words?.Save(writer.Section("words"));
    }

    internal static TextFeaturizingTransformer Load(string typeId, ModelStepReader reader) => new(
        typeId, reader.GetString("output"), reader.GetStringOrNull("tokens"), TextAnalysis.Load(reader),
        reader.GetBoolean("countsCharacters") ? NgramPart.Load(reader.Section("characters"), ofWords: false) : null,
        reader.GetBoolean("countsWords") ? NgramPart.Load(reader.Section("words"), ofWords: true) : null,
        reader.GetStringOrNull("norm") is null ? null : reader.GetEnum<NormFunction>("norm"));
}
