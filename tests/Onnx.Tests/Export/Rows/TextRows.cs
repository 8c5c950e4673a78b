using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Transforms;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Onnx.Tests.Export.Rows;

/// <summary>A row per step over texts.</summary>
internal static class TextRows
{
    private static readonly string[] Texts =
    [
        "My card was declined at the ATM!", "How do I top up?  My  top-up failed twice…", "", "   ", "I'd like a refund, please", "MY CARD WAS DECLINED",
        "Où est mon café? Ça coûte 3,50 €", "Straße ist GROSS", "你好 世界 abc你好", "great😀 stuff 😀😀", "co\u00ADoperate zero\u200Bwidth ｆｕｌｌ", "Привет, мир! ПРИВЕТ",
        "a", "b a", "!!!", "tab\tand\nline", "x_y z.w 3.14", "top up", "card", "refund refund refund my card",
    ];

    internal static IEnumerable<ParityRow> All() =>
    [
        Row("VectorizeText", ml => ml.Transforms.Text.VectorizeText("Vector", new TextVectorizingOptions { MinimumDocumentCount = 1 }, "Text")),
        Row("VectorizeText of two columns", ml => ml.Transforms.Text.VectorizeText("Vector", new TextVectorizingOptions { MinimumDocumentCount = 1 }, "Text", "Other")),
        Row("FeaturizeText", ml => ml.Transforms.Text.FeaturizeText("Vector", "Text")),
        Row("FeaturizeText of two columns", ml => ml.Transforms.Text.FeaturizeText("Vector", new TextFeaturizingEstimator.Options { KeepPunctuations = false, KeepNumbers = false, Norm = TextFeaturizingEstimator.NormFunction.L1 }, "Text", "Other")),
        Row("ProduceWordBags", ml => ml.Transforms.Text.ProduceWordBags("Vector", "Text", weighting: NgramExtractingEstimator.WeightingCriteria.TfIdf)),
        Row("NormalizeText and words", ml => ml.Transforms.Text.NormalizeText("Lower", "Text", keepDiacritics: true).Append(ml.Transforms.Text.TokenizeIntoWords("Words", "Lower"))),
        Row("N-grams of words", ml => ml.Transforms.Text.TokenizeIntoWords("Words", "Text").Append(ml.Transforms.Conversion.MapValueToKey("Words")).Append(ml.Transforms.Text.ProduceNgrams("Vector", "Words", skipLength: 1))),
        Row("N-grams of characters", ml => ml.Transforms.Text.TokenizeIntoCharactersAsKeys("Characters", "Text").Append(ml.Transforms.Text.ProduceNgrams("Vector", "Characters", ngramLength: 3))),
        Row("RemoveStopWords", ml => ml.Transforms.Text.TokenizeIntoWords("Words", "Text").Append(ml.Transforms.Text.RemoveStopWords("Left", "Words", "my", "the", "i"))
            .Append(ml.Transforms.Text.RemoveDefaultStopWords("Fewer", "Words"))),
        Row("ApplyWordEmbedding", ml => ml.Transforms.Text.TokenizeIntoWords("Words", "Text").Append(ml.Transforms.Text.ApplyWordEmbedding("Vector", WordVectors(), "Words"))),
        Row("OneHotHashEncoding of texts", ml => ml.Transforms.Categorical.OneHotHashEncoding("Hot", "Text", numberOfBits: 6).Append(ml.Transforms.Conversion.Hash(new HashingEstimator.ColumnOptions("Key", "Other", useOrderedHashing: true)))),
        Row("Hash of words", ml => ml.Transforms.Concatenate("Both", "Text", "Other").Append(ml.Transforms.Conversion.Hash(new HashingEstimator.ColumnOptions("Keys", "Both", 20, useOrderedHashing: true)))),
        Row("CountTargetEncode", ml => ml.Transforms.CountTargetEncode("Counts", "Text", labelColumn: "Label")),
        Row("OneHotEncoding of texts", ml => ml.Transforms.Categorical.OneHotEncoding("Hot", "Text")),
        Row("MapValue of texts", ml => ml.Transforms.Conversion.MapValue("Mapped", new Dictionary<string, float> { ["card"] = 1.5f, ["a"] = 2, [""] = -1 }, "Text")
            .Append(ml.Transforms.Conversion.MapValue("Named", new Dictionary<string, string> { ["card"] = "yes", ["b a"] = "no" }, "Text"))),
    ];

    private static string WordVectors()
    {
        string file = Path.Combine(Path.GetTempPath(), $"vectors-{Guid.NewGuid():N}.txt");
        File.WriteAllText(file, "card 1 2 -3\nmy 0.5 0.25 8\ntop -1 -2 -3\n");
        return file;
    }

    private static ParityRow Row(string name, Func<MLContext, IEstimator<ITransformer>> create) => new(name, ml => (create(ml), Data()));

    private static MemoryView Data() => new MemoryView()
        .AddText("Text", Texts)
        .AddText("Other", [.. Texts.Reverse()])
        .AddKeys("Label", [.. Texts.Select((_, i) => (uint)(i % 2) + 1)], "yes", "no");
}
