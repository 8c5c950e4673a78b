using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Cuts text into words, as <see cref="WordTokenizingEstimator"/> was told to.</summary>
public sealed class WordTokenizingTransformer : RowToRowTransformer
{
    private readonly ITextTokenizer _tokenizer;

    internal WordTokenizingTransformer(InputOutputColumnPair columns, ITextTokenizer tokenizer) => (Columns, _tokenizer) = (columns, tokenizer);

    public override string TypeId => "word-tokenizing";

    internal InputOutputColumnPair Columns { get; }

    internal ITextTokenizer Tokenizer => _tokenizer;

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        DataViewSchema.Column source = TextColumns.RequireText(input, Columns.InputColumnName, TypeId);
        return [new OutputColumn(Columns.OutputColumnName, new VectorDataViewType(TextDataViewType.Instance), null, [source.Index], () => Tokenize(source.Index))];
    }

    private ColumnKernel Tokenize(int source)
    {
        var result = new TextVectorColumn(0);
        var tokens = new TokenRanges();
        char[] buffer = [];
        return batch =>
        {
            result.Clear();
            if (batch[source] is TextColumn texts)
            {
                for (int row = 0; row < texts.RowCount; row++)
                {
                    Append(texts[row]);
                    result.EndRow();
                }
                return result;
            }
            var vectors = (TextVectorColumn)batch[source];
            for (int row = 0; row < vectors.RowCount; row++)
            {
                for (int item = 0; item < vectors.LengthOf(row); item++) Append(vectors[row, item]);
                result.EndRow();
            }
            return result;
        };

        void Append(ReadOnlySpan<char> text)
        {
            text = _tokenizer.Prepare(text, ref buffer);
            tokens.Clear();
            _tokenizer.Tokenize(text, tokens);
            foreach (TokenRange token in tokens.AsSpan()) result.AppendItem(text.Slice(token.Start, token.Length));
        }
    }

    internal WordTokenizingTransformer Copy() => (WordTokenizingTransformer)MemberwiseClone();

    public override void Save(ModelStepWriter writer)
    {
        Columns.Save(writer);
        TextTokenizers.Save(_tokenizer, writer);
    }

    internal static WordTokenizingTransformer Load(ModelStepReader reader) => new(TextColumns.LoadPair(reader), TextTokenizers.Load(reader));
}
