using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

/// <summary>Rows at three corners of a square; the key type has a fourth class that no row has.</summary>
internal sealed class CornerRow
{
    [VectorType(2)]
    public float[] Features { get; set; } = [];

    [KeyType(4)]
    public uint Class { get; set; }

    public bool Label { get; set; }

    public float Number { get; set; }

    public float Weight { get; set; } = 1;

    internal static List<CornerRow> Corners(float scale = 1) =>
    [
        .. Enumerable.Range(0, 60).Select(i =>
        {
            float x = i % 3 == 0 ? 1 : 0, y = i % 3 == 1 ? 1 : 0, shift = 0.1f * MathF.Sin(i);
            return new CornerRow { Features = [scale * (x + shift), scale * (y - shift)], Class = (uint)(i % 3), Label = i % 3 == 0, Number = x, Weight = 1 };
        }),
    ];
}

internal sealed class ClassPrediction
{
    public uint PredictedLabel { get; set; }

    public float[] Score { get; set; } = [];
}

/// <summary>The trainers of several classes, by short names.</summary>
internal static class ClassTrainers
{
    internal static readonly string[] Names = ["lbfgs", "sdca", "ova", "svm"];

    internal static IEstimator<ITransformer> Of(MLContext context, string name, string? weight = null) => name switch
    {
        "lbfgs" => context.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Class", exampleWeightColumnName: weight, l1Regularization: 0, l2Regularization: 0.01f),
        "svm" => context.MulticlassClassification.Trainers.LinearSvm("Class", options: new LinearSvmMulticlassOptions { ExampleWeightColumnName = weight }),
        "sdca" => context.MulticlassClassification.Trainers.SdcaMaximumEntropy("Class", exampleWeightColumnName: weight),
        _ => context.MulticlassClassification.Trainers.OneVersusAll(
            context.BinaryClassification.Trainers.SdcaLogisticRegression(exampleWeightColumnName: weight), "Class"),
    };
}
