using MLPipelines.Data;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Trainers.Calibration;

/// <summary>The contract for calibrators.</summary>
public static class CalibratorContractTests
{
    public abstract class BinaryContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Score", "Label"];

        protected override IDataView CreateData(MLContext context) => new MemoryView()
            .Add("Label", true, false, true, false, true, false, true, true)
            .Add("Score", 2.5f, -1, 0.5f, 0.25f, -0.75f, -2, 1, 0.5f);

        protected override IDataView? CreateDataOfWrongType(MLContext context) => new MemoryView().AddText("Score", "a", "b").Add("Label", true, false);

        // One class teaches nothing, and neither do scores that are missing.
        protected override EdgeOutcome OutcomeOf(EdgeCase edge) => EdgeOutcome.Throws;
    }

    public sealed class Platt : BinaryContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.BinaryClassification.Calibrators.Platt();
    }

    public sealed class Isotonic : BinaryContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.BinaryClassification.Calibrators.Isotonic();
    }

    public sealed class Naive : BinaryContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.BinaryClassification.Calibrators.Naive();
    }

    public sealed class FixedPlatt : BinaryContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.BinaryClassification.Calibrators.Platt(slope: -2, offset: 0.5);

        protected override string[] RequiredColumns => ["Score"];

        // It learns nothing.
        protected override EdgeOutcome OutcomeOf(EdgeCase edge) => EdgeOutcome.Works;
    }

    public sealed class TemperatureOfMargins : EstimatorContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.MulticlassClassification.Calibrators.Temperature();

        protected override string[] RequiredColumns => ["Score", "Label"];

        protected override IDataView CreateData(MLContext context) => new MemoryView()
            .AddKeys("Label", [1, 2, 3, 1, 0, 2], "red", "green", "blue")
            .AddVectors("Score", [[2f, -1, 0], [0f, 1, 0.5f], [1f, 1, 0], [1.5f, 0, -3], [0f, 1, 2], [-1f, 2, 1.5f]], ["red", "green", "blue"]);

        protected override IDataView? CreateDataOfWrongType(MLContext context) =>
            new MemoryView().AddKeys("Label", [1, 2], "red", "green").AddTexts("Score", [["a", "b"], ["c", "d"]]);

        protected override EdgeOutcome OutcomeOf(EdgeCase edge) =>
            edge is EdgeCase.OneRow or EdgeCase.ConstantColumns ? EdgeOutcome.Works : EdgeOutcome.Throws;
    }
}
