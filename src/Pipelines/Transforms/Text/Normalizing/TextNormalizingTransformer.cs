using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Changes case and leaves out characters, as <see cref="TextNormalizingEstimator"/> was told to.</summary>
public sealed class TextNormalizingTransformer : RowToRowTransformer
{
    private readonly NormalizerSettings _settings;
    private readonly CharNormalizer _normalizer;

    internal TextNormalizingTransformer(InputOutputColumnPair columns, NormalizerSettings settings)
    {
        (Columns, _settings) = (columns, settings);
        _normalizer = CharNormalizer.For(settings);
    }

    public override string TypeId => "text-normalizing";

    internal InputOutputColumnPair Columns { get; }

    internal NormalizerSettings Settings => _settings;

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        DataViewSchema.Column source = TextColumns.RequireText(input, Columns.InputColumnName, TypeId);
        return source.Type is VectorDataViewType
            ? [new OutputColumn(Columns.OutputColumnName, new VectorDataViewType(TextDataViewType.Instance), null, [source.Index], () => NormalizeVectors(source.Index))]
            : [new OutputColumn(Columns.OutputColumnName, TextDataViewType.Instance, null, [source.Index], () => NormalizeTexts(source.Index))];
    }

    private ColumnKernel NormalizeTexts(int source)
    {
        var result = new TextColumn();
        return batch =>
        {
            var texts = (TextColumn)batch[source];
            result.Clear();
            for (int row = 0; row < texts.RowCount; row++)
            {
                ReadOnlySpan<char> text = texts[row];
                result.Shrink(text.Length - _normalizer.Normalize(text, result.Extend(text.Length)));
                result.EndRow();
            }
            return result;
        };
    }

    private ColumnKernel NormalizeVectors(int source)
    {
        var result = new TextVectorColumn(0);
        return batch =>
        {
            var texts = (TextVectorColumn)batch[source];
            result.Clear();
            for (int row = 0; row < texts.RowCount; row++)
            {
                for (int item = 0; item < texts.LengthOf(row); item++)
                {
                    ReadOnlySpan<char> text = texts[row, item];
                    int length = _normalizer.Normalize(text, result.Items.Extend(text.Length));
                    result.Items.Shrink(text.Length - length);
                    if (length > 0) result.Items.EndRow();
                }
                result.EndRow();
            }
            return result;
        };
    }

    internal TextNormalizingTransformer Copy() => (TextNormalizingTransformer)MemberwiseClone();

    public override void Save(ModelStepWriter writer)
    {
        Columns.Save(writer);
        _settings.Save(writer);
    }

    internal static TextNormalizingTransformer Load(ModelStepReader reader) => new(TextColumns.LoadPair(reader), NormalizerSettings.Load(reader));
}
