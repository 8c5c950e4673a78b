using MLPipelines.Testing;
using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

/// <summary>The contract for the linear trainers of the catalogs; <see cref="LinearSvmContractTests"/> has its own.</summary>
public static class LinearContractTests
{
    public abstract class LinearContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Features", "Label"];

        protected override bool IsTrainer => true;

        /// <summary>Dense rows, of which the first two features tell the class.</summary>
        private protected static MemoryView Features() => new MemoryView().AddVectors("Features",
            [[1f, 0, 0.5f], [0f, 1, 0], [1f, 1, 1], [0.9f, 0.1f, 0.5f], [0.1f, 0.9f, 0], [0.9f, 1, 1.1f], [1f, 0.2f, 0.4f], [0f, 0.8f, 0.1f]]);

        protected override IDataView? CreateDataOfWrongType(MLContext context) => new MemoryView().AddText("Features", "a", "b").AddText("Label", "a", "b");

        // One label teaches nothing, and missing values are not taken.
        protected override EdgeOutcome OutcomeOf(EdgeCase edge) => EdgeOutcome.Throws;
    }

    public abstract class MulticlassContract : LinearContract
    {
        protected override IDataView CreateData(MLContext context) => Features().AddKeys("Label", [1, 2, 3, 1, 2, 3, 1, 2], "red", "green", "blue");
    }

    public abstract class BinaryContract : LinearContract
    {
        protected override IDataView CreateData(MLContext context) => Features().Add("Label", true, false, true, true, false, true, true, false);
    }

    public sealed class SdcaMaximumEntropy : MulticlassContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
            context.MulticlassClassification.Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = numberOfThreads });
    }

    public sealed class LbfgsMaximumEntropy : MulticlassContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
            context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = numberOfThreads, L1Regularization = 0.01f });
    }

    public sealed class OneVersusAllOfSdca : MulticlassContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.MulticlassClassification.Trainers.OneVersusAll(context.BinaryClassification.Trainers.SdcaLogisticRegression());
    }

    public sealed class SdcaLogisticRegression : BinaryContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
            context.BinaryClassification.Trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options { NumberOfThreads = numberOfThreads, L2Regularization = 0.05f });
    }

    public sealed class LbfgsLogisticRegression : BinaryContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
            context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options { NumberOfThreads = numberOfThreads });
    }

    public sealed class SdcaRegression : LinearContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
            context.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = numberOfThreads });

        protected override IDataView CreateData(MLContext context) => Features().Add("Label", 1f, -1, 0.5f, 1, -0.8f, 0.4f, 0.9f, -0.7f);

        // A number can be learned from one row, and from rows that are all the same.
        protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge is EdgeCase.OneRow or EdgeCase.ConstantColumns ? EdgeOutcome.Works : EdgeOutcome.Throws;
    }
}
