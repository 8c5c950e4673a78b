using MLPipelines.Onnx.Export.Columns;
using MLPipelines.Onnx.Export.Predictions;

namespace MLPipelines.Onnx.Export;

/// <summary>How each kind of step becomes part of a graph, or why it cannot: one line per line of <see cref="Persistence.ModelStepTable"/>.</summary>
internal static class StepConverterTable
{
    private static readonly Dictionary<string, StepConverter> Converters = All().ToDictionary(converter => converter.TypeId, StringComparer.Ordinal);

    private static IEnumerable<StepConverter> All() =>
    [
        .. ColumnSteps(),
        .. Predictions(),
    ];

    internal static IReadOnlyCollection<StepConverter> Rows => Converters.Values;

    internal static StepConverter? Find(string typeId) => Converters.GetValueOrDefault(typeId);

    private static IEnumerable<StepConverter> ColumnSteps() =>
    [
        new("concatenate", ColumnConverters.Concatenate),
        new("copy-columns", ColumnConverters.Copy),
        new("select-columns", ColumnConverters.Select),
    ];

    private static IEnumerable<StepConverter> Predictions() =>
    [
        new("regression-prediction", PredictionConverters.OneScore),
        new("ranking-prediction", PredictionConverters.OneScore),
        new("binary-prediction", PredictionConverters.Binary),
        new("multiclass-prediction", PredictionConverters.Multiclass),
        new("clustering-prediction", PredictionConverters.Clustering),
        new("anomaly-prediction", PredictionConverters.Anomaly),
    ];
}
