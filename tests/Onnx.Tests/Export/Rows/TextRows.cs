using MLPipelines.Data;
using MLPipelines.Testing;
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
    ];

    private static ParityRow Row(string name, Func<MLContext, IEstimator<ITransformer>> create) => new(name, ml => (create(ml), Data()));

    private static MemoryView Data() => new MemoryView()
        .AddText("Text", Texts)
        .AddText("Other", [.. Texts.Reverse()])
        .AddKeys("Label", [.. Texts.Select((_, i) => (uint)(i % 2) + 1)], "yes", "no");
}
