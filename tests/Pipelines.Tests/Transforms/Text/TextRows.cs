using MLPipelines.Data;

namespace MLPipelines.Tests.Transforms.Text;

/// <summary>Small views of text, and what transforms make of them.</summary>
internal static class TextRows
{
    internal static MLContext ML { get; } = new(seed: 1);

    internal sealed class Row
    {
        public string? Text { get; set; }
    }

    internal sealed class TwoTexts
    {
        public string? Title { get; set; }

        public string? Body { get; set; }
    }

    internal static IDataView View(params IEnumerable<string> texts) => ML.Data.LoadFromEnumerable(texts.Select(text => new Row { Text = text }));

    internal static float[][] Features(IDataView view, string column)
    {
        var source = (VectorColumn<float>)BatchView.Of(view).ReadColumns(view.Schema[column].Index)[0];
        float[][] rows = new float[source.RowCount][];
        for (int i = 0; i < rows.Length; i++) source[i].CopyTo(rows[i] = new float[source[i].Length]);
        return rows;
    }

    internal static string[][] Texts(IDataView view, string column)
    {
        switch (BatchView.Of(view).ReadColumns(view.Schema[column].Index)[0])
        {
            case TextColumn texts:
                return [.. Enumerable.Range(0, texts.RowCount).Select(row => new[] { texts[row].ToString() })];
            case TextVectorColumn vectors:
                return [.. Enumerable.Range(0, vectors.RowCount).Select(row => Enumerable.Range(0, vectors.LengthOf(row)).Select(i => vectors[row, i].ToString()).ToArray())];
            default:
                throw new InvalidOperationException("Not a text column.");
        }
    }

    internal static string[] SlotNames(IDataView view, string column) => view.Schema[column].SlotNamesOrNull() ?? throw new InvalidOperationException("No slot names.");

    /// <summary>The names of the slots that are not 0 in a row, in the order of the slots.</summary>
    internal static string[] NamesInRow(IDataView view, string column, int row)
    {
        string[] names = SlotNames(view, column);
        float[] features = Features(view, column)[row];
        return [.. Enumerable.Range(0, features.Length).Where(i => features[i] != 0).Select(i => names[i])];
    }

    internal static string[] Tokens(string text, MLPipelines.Transforms.Text.ITextTokenizer tokenizer)
    {
        char[] buffer = [];
        string prepared = tokenizer.Prepare(text, ref buffer).ToString();
        var tokens = new MLPipelines.Transforms.Text.TokenRanges();
        tokenizer.Tokenize(prepared, tokens);
        return [.. tokens.AsSpan().ToArray().Select(token => prepared.Substring(token.Start, token.Length))];
    }

    internal static ITransformer SaveAndLoad(ITransformer transformer, DataViewSchema schema, out byte[] bytes)
    {
        var file = new MemoryStream();
        ML.Model.Save(transformer, schema, file);
        bytes = file.ToArray();
        file.Position = 0;
        return ML.Model.Load(file, out _);
    }
}
