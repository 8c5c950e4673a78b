using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>Leaves words of a set, whatever their case, and empty words out of a column of word vectors.</summary>
internal sealed class StopWordsRemoval(string step, InputOutputColumnPair columns, StopWordSet words)
{
    private const string Expected = "a vector of String (TokenizeIntoWords makes one)";

    internal SchemaShape GetOutputSchema(SchemaShape schema)
    {
        SchemaShape.Column column = TextColumns.RequireText(schema, columns.InputColumnName, step);
        if (column.Kind == SchemaShape.Column.VectorKind.Scalar) throw ColumnTypeException.Create(step, column, Expected);
        return schema.With(new SchemaShape.Column(columns.OutputColumnName, SchemaShape.Column.VectorKind.VariableVector, TextDataViewType.Instance, isKey: false));
    }

    internal OutputColumn Bind(DataViewSchema input)
    {
        DataViewSchema.Column source = TextColumns.RequireText(input, columns.InputColumnName, step);
        return source.Type is VectorDataViewType
            ? new OutputColumn(columns.OutputColumnName, new VectorDataViewType(TextDataViewType.Instance), null, [source.Index], () => Remove(source.Index))
            : throw ColumnTypeException.Create(step, source, Expected);
    }

    private ColumnKernel Remove(int source)
    {
        var result = new TextVectorColumn(0);
        return batch =>
        {
            var tokens = (TextVectorColumn)batch[source];
            result.Clear();
            for (int row = 0; row < tokens.RowCount; row++)
            {
                for (int item = 0; item < tokens.LengthOf(row); item++)
                    if (tokens[row, item] is { IsEmpty: false } token && !words.Contains(token)) result.AppendItem(token);
                result.EndRow();
            }
            return result;
        };
    }

    /// <summary>The words themselves are saved: a model keeps them when a later version of the library has others.</summary>
    internal void Save(ModelStepWriter writer)
    {
        columns.Save(writer);
        writer.WriteTexts("stop-words", words.ToArray());
    }

    internal static StopWordsRemoval Load(string step, ModelStepReader reader) =>
        new(step, TextColumns.LoadPair(reader), new StopWordSet(reader.ReadTexts("stop-words")));
}
