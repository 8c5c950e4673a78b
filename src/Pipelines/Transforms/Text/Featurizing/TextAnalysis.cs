using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>What is done with text before its n-grams are counted.</summary>
/// <param name="Inputs">The columns to read, text or vectors of text; their texts follow one another.</param>
/// <param name="Normalizer">Case, diacritics, punctuation, numbers.</param>
/// <param name="Tokenizer">What cuts texts into words.</param>
/// <param name="StopWords">Words to leave out; characters then are those of the words left.</param>
internal sealed record TextAnalysis(IReadOnlyList<string> Inputs, NormalizerSettings Normalizer, ITextTokenizer Tokenizer, StopWordSet? StopWords)
{
    internal DataViewSchema.Column[] Bind(DataViewSchema schema, string step) => [.. Inputs.Select(name => TextColumns.RequireText(schema, name, step))];

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("inputs", Inputs.ToArray());
        Normalizer.Save(writer);
        TextTokenizers.Save(Tokenizer, writer);
        if (StopWords is not null) writer.WriteTexts("stop-words", StopWords.ToArray());
        writer.Set("removesStopWords", StopWords is not null);
    }

    internal static TextAnalysis Load(ModelStepReader reader)
    {
        IReadOnlyList<string> inputs = reader.GetStrings("inputs");
        if (inputs.Count == 0) throw reader.Invalid("it has no input columns");
        return new TextAnalysis(inputs, NormalizerSettings.Load(reader), TextTokenizers.Load(reader),
            reader.GetBoolean("removesStopWords") ? new StopWordSet(reader.ReadTexts("stop-words")) : null);
    }
}
