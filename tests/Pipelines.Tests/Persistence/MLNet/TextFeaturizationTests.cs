using MLPipelines.Data;
using MLPipelines.Persistence.MLNet;
using MLPipelines.Transforms;
using MLPipelines.Transforms.Text;
using NormFunction = MLPipelines.Transforms.LpNormNormalizingEstimatorBase.NormFunction;

namespace MLPipelines.Tests.Persistence.MLNet;

public class TextFeaturizationTests
{
    private static readonly string[] Learned = ["A first text, with some words.", "a second Text", "Déjà vu: some words twice, twice", "", "x"];

    private static readonly string[] Other = ["Some TEXT of other words", "déjà déjà", " ", "", "second\tfirst", "zz 中文 \ud83d\ude00 text", "words."];

    private static readonly MLContext Context = new(1);

    [Theory]
    [InlineData(true, true, NormFunction.L2)]
    [InlineData(true, true, null)]
    [InlineData(true, false, NormFunction.L1)]
    [InlineData(false, true, NormFunction.Infinity)]
    public void Steps_in_the_order_of_ML_NET_are_one_step_that_gives_the_same(bool words, bool characters, NormFunction? norm)
    {
        ITransformer steps = Fit(words, characters, norm);
        ITransformer one = Assert.IsType<TextFeaturizingTransformer>(TextFeaturization.OfOrNull([.. ITransformerChain.Flatten(steps)]));
        IDataView texts = View(Other);
        Assert.Equal(steps.GetOutputSchema(texts.Schema).Select(column => (column.Name, column.Type)), one.GetOutputSchema(texts.Schema).Select(column => (column.Name, column.Type)));
        Assert.Equal(Rows(steps.Transform(texts)), Rows(one.Transform(texts)));
    }

    [Fact]
    public void Other_steps_stay_what_they_are()
    {
        ITransformer[] steps = [.. ITransformerChain.Flatten(Fit(words: true, characters: true, NormFunction.L2))];
        Assert.NotNull(TextFeaturization.OfOrNull(steps));
        // A column in between is kept.
        Assert.Null(TextFeaturization.OfOrNull(steps[..^1]));
        Assert.Null(TextFeaturization.OfOrNull([.. steps[..^1], new ColumnSelectingTransformer(["Normal", "Words"], isDrop: true, keepHidden: false)]));
        // Norms are not the same, or one is absent.
        int norm = Array.FindIndex(steps, step => step is LpNormNormalizingTransformer);
        var scaled = (LpNormNormalizingTransformer)steps[norm];
        Assert.Null(TextFeaturization.OfOrNull([.. steps[..norm], new LpNormNormalizingTransformer(scaled.Columns, NormFunction.L1, ensureZeroMean: false), .. steps[(norm + 1)..]]));
        Assert.Null(TextFeaturization.OfOrNull([.. steps[..norm], new LpNormNormalizingTransformer(scaled.Columns, NormFunction.L2, ensureZeroMean: true), .. steps[(norm + 1)..]]));
        Assert.Null(TextFeaturization.OfOrNull([.. steps[..norm], .. steps[(norm + 1)..]]));
        // Something comes after, or nothing is there.
        Assert.Null(TextFeaturization.OfOrNull([.. steps, steps[0]]));
        Assert.Null(TextFeaturization.OfOrNull([]));
    }

    private static ITransformer Fit(bool words, bool characters, NormFunction? norm)
    {
        var text = Context.Transforms.Text;
        IEstimator<ITransformer> chain = text.NormalizeText("Normal", "Text", keepPunctuations: false);
        List<string> between = ["Normal"], parts = [];
        void Then(IEstimator<ITransformer> step) => chain = chain.Append(step);
        if (words)
        {
            Then(text.TokenizeIntoWords("Words", "Normal"));
            Then(Context.Transforms.Conversion.MapValueToKey("WordKeys", "Words"));
            Then(text.ProduceNgrams("WordCounts", "WordKeys", ngramLength: 2, weighting: NgramExtractingEstimator.WeightingCriteria.TfIdf));
            between.AddRange(["Words", "WordKeys", "WordCounts"]);
        }
        if (characters)
        {
            Then(text.TokenizeIntoCharactersAsKeys("Characters", "Normal"));
            Then(text.ProduceNgrams("CharacterCounts", "Characters", ngramLength: 3, useAllLengths: false));
            between.AddRange(["Characters", "CharacterCounts"]);
        }
        foreach (string part in new[] { characters ? "Character" : "", words ? "Word" : "" }.Where(part => part.Length > 0))
        {
            parts.Add(norm is null ? $"{part}Counts" : $"{part}Norm");
            if (norm is null) continue;
            Then(Context.Transforms.NormalizeLpNorm($"{part}Norm", $"{part}Counts", norm.Value));
            between.Add($"{part}Norm");
        }
        Then(Context.Transforms.Concatenate("Features", [.. parts]));
        Then(Context.Transforms.DropColumns([.. between]));
        return chain.Fit(View(Learned));
    }

    private static IDataView View(string[] texts) => Context.Data.LoadFromEnumerable(texts.Select(text => new Row { Text = text }));

    private static float[][] Rows(IDataView view) => [.. Context.Data.CreateEnumerable<Features>(view, reuseRowObject: false, ignoreMissingColumns: true).Select(row => row.Values)];

    private sealed class Row
    {
        public string Text { get; set; } = "";
    }

    private sealed class Features
    {
        [ColumnName("Features")]
        public float[] Values { get; set; } = [];
    }
}
