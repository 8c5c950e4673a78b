using MLPipelines.Onnx.Export.Models;
using MLPipelines.Onnx.Export.Networks;
using MLPipelines.Vision;

namespace MLPipelines.Onnx.Export;

/// <summary>How each kind of model becomes part of a graph, or why it cannot: one line per line of <see cref="Persistence.ScoringModelTable"/>.</summary>
internal static class ModelConverterTable
{
    private static readonly Dictionary<string, ModelConverter> Converters = All().ToDictionary(converter => converter.TypeId, StringComparer.Ordinal);

    private static IEnumerable<ModelConverter> All() =>
    [
        .. LinearModels(),
        .. Networks(),
    ];

    internal static IReadOnlyCollection<ModelConverter> Rows => Converters.Values;

    internal static ModelConverter? Find(string typeId) => Converters.GetValueOrDefault(typeId);

    private static IEnumerable<ModelConverter> Networks() =>
    [
        new(ImageClassificationModelParameters.Kind, ImageClassificationConverter.Probabilities),
    ];

    private static IEnumerable<ModelConverter> LinearModels() =>
    [
        new("linear-binary", LinearConverters.OneScore),
        new("linear-regression", LinearConverters.OneScore),
        new("ordinary-least-squares", LinearConverters.OneScore),
        new("poisson-regression", LinearConverters.Poisson),
        new("linear-multiclass", LinearConverters.ManyScores),
        new("maximum-entropy", LinearConverters.MaximumEntropy),
        new("quantized-linear", LinearConverters.Quantized),
    ];
}
