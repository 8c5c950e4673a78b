using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Cuts text into characters, as <see cref="TokenizingByCharactersEstimator"/> was told to.</summary>
public sealed class TokenizingByCharactersTransformer : RowToRowTransformer
{
    private readonly bool _useMarkers;

    internal TokenizingByCharactersTransformer(InputOutputColumnPair columns, bool useMarkerCharacters) => (Columns, _useMarkers) = (columns, useMarkerCharacters);

    public override string TypeId => "character-tokenizing";

    internal InputOutputColumnPair Columns { get; }

    internal bool UsesMarkers => _useMarkers;

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        DataViewSchema.Column source = TextColumns.RequireText(input, Columns.InputColumnName, TypeId);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(source.Annotations, kind => kind == AnnotationKinds.SlotNames);
        annotations.AddKeyValues(ushort.MaxValue, TextDataViewType.Instance,
            (ref VBuffer<ReadOnlyMemory<char>> value) => new VBuffer<ReadOnlyMemory<char>>(ushort.MaxValue, CharacterKeys.Names).CopyTo(ref value));
        return [new OutputColumn(Columns.OutputColumnName, new VectorDataViewType(CharacterKeys.Type), annotations.ToAnnotations(), [source.Index], () => Tokenize(source.Index))];
    }

    private ColumnKernel Tokenize(int source)
    {
        var result = new VectorColumn<ushort>(0);
        return batch =>
        {
            result.Clear();
            if (batch[source] is TextColumn texts)
            {
                for (int row = 0; row < texts.RowCount; row++) AppendText(texts[row], result);
            }
            else
            {
                var vectors = (TextVectorColumn)batch[source];
                for (int row = 0; row < vectors.RowCount; row++) AppendVector(vectors, row, result);
            }
            return result;
        };
    }

    private void AppendText(ReadOnlySpan<char> text, VectorColumn<ushort> result)
    {
        bool marked = _useMarkers && text.Length > 0;
        Span<ushort> keys = result.AppendDense(text.Length + (marked ? 2 : 0));
        System.Runtime.InteropServices.MemoryMarshal.Cast<char, ushort>(text).CopyTo(marked ? keys[1..] : keys);
        if (marked) (keys[0], keys[^1]) = (CharacterKeys.TextStart, CharacterKeys.TextEnd);
    }

    private void AppendVector(TextVectorColumn texts, int row, VectorColumn<ushort> result)
    {
        int length = _useMarkers ? 2 : 0;
        for (int item = 0; item < texts.LengthOf(row); item++)
        {
            int count = texts[row, item].Length;
            if (count > 0) length += count + (item > 0 ? 1 : 0);
        }
        Span<ushort> keys = result.AppendDense(length);
        int at = 0;
        if (_useMarkers) keys[at++] = CharacterKeys.TextStart;
        for (int item = 0; item < texts.LengthOf(row); item++)
        {
            ReadOnlySpan<char> text = texts[row, item];
            if (text.IsEmpty) continue;
            if (item > 0) keys[at++] = CharacterKeys.UnitSeparator;
            System.Runtime.InteropServices.MemoryMarshal.Cast<char, ushort>(text).CopyTo(keys[at..]);
            at += text.Length;
        }
        if (_useMarkers) keys[at] = CharacterKeys.TextEnd;
    }

    internal TokenizingByCharactersTransformer Copy() => (TokenizingByCharactersTransformer)MemberwiseClone();

    public override void Save(ModelStepWriter writer)
    {
        Columns.Save(writer);
        writer.Set("useMarkerCharacters", _useMarkers);
    }

    internal static TokenizingByCharactersTransformer Load(ModelStepReader reader) => new(TextColumns.LoadPair(reader), reader.GetBoolean("useMarkerCharacters"));
}
