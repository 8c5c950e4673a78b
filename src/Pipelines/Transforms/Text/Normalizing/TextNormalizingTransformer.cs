using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Changes case and leaves out characters, as <see cref="TextNormalizingEstimator"/> was told to.</summary>
public sealed class TextNormalizingTransformer : RowToRowTransformer
{
    private readonly TextNormalizingEstimator.CaseMode _caseMode;
    private readonly bool _keepDiacritics, _keepPunctuations, _keepNumbers;
    private readonly CharNormalizer _normalizer;

    internal TextNormalizingTransformer(TextColumnPair columns, TextNormalizingEstimator.CaseMode caseMode, bool keepDiacritics, bool keepPunctuations, bool keepNumbers)
    {
        Columns = columns;
        (_caseMode, _keepDiacritics, _keepPunctuations, _keepNumbers) = (caseMode, keepDiacritics, keepPunctuations, keepNumbers);
        _normalizer = CharNormalizer.For(caseMode, keepDiacritics, keepPunctuations, keepNumbers);
    }

    public override string TypeId => "text-normalizing";

    internal TextColumnPair Columns { get; }

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        DataViewSchema.Column source = TextColumnPair.RequireText(input, Columns.Input, TypeId);
        return source.Type is VectorDataViewType
            ? [new OutputColumn(Columns.Output, new VectorDataViewType(TextDataViewType.Instance), null, [source.Index], () => NormalizeVectors(source.Index))]
            : [new OutputColumn(Columns.Output, TextDataViewType.Instance, null, [source.Index], () => NormalizeTexts(source.Index))];
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

    public override void Save(ModelStepWriter writer)
    {
        Columns.Save(writer);
        writer.Set("case", _caseMode.ToString());
        writer.Set("keepDiacritics", _keepDiacritics);
        writer.Set("keepPunctuations", _keepPunctuations);
        writer.Set("keepNumbers", _keepNumbers);
    }

    internal static TextNormalizingTransformer Load(ModelStepReader reader) => new(
        TextColumnPair.Load(reader), reader.GetEnum<TextNormalizingEstimator.CaseMode>("case"),
        reader.GetBoolean("keepDiacritics"), reader.GetBoolean("keepPunctuations"), reader.GetBoolean("keepNumbers"));
}
