using MLPipelines.Testing;
using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

/// <summary>The contract for the trainers that learn example by example, in closed form, or out of other trainers.</summary>
public static class CatalogContractTests
{
    public abstract class NumberContract : LinearContractTests.LinearContract
    {
        protected override IDataView CreateData(MLContext context) => Features().Add("Label", 1f, 0.1f, 0.5f, 1, 0.2f, 0.4f, 0.9f, 0.3f);

        // A number can be learned from one row, and from rows that are all the same.
        protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge is EdgeCase.OneRow or EdgeCase.ConstantColumns ? EdgeOutcome.Works : EdgeOutcome.Throws;
    }

    public sealed class SdcaNonCalibrated : LinearContractTests.BinaryContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
            context.BinaryClassification.Trainers.SdcaNonCalibrated(new SdcaNonCalibratedBinaryTrainer.Options { NumberOfThreads = numberOfThreads, LossFunction = new HingeLoss() });
    }

    public sealed class AveragedPerceptron : LinearContractTests.BinaryContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.BinaryClassification.Trainers.AveragedPerceptron(new AveragedPerceptronTrainer.Options { InitialWeightsDiameter = 0.1f, L2Regularization = 0.01f });
    }

    public sealed class LinearSvm : LinearContractTests.BinaryContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.BinaryClassification.Trainers.LinearSvm(new LinearSvmTrainer.Options { BatchSize = 3, PerformProjection = true, NumberOfIterations = 5 });
    }

    public sealed class LdSvm : LinearContractTests.BinaryContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.BinaryClassification.Trainers.LdSvm(numberOfIterations: 200, treeDepth: 2);
    }

    public sealed class SgdCalibrated : LinearContractTests.BinaryContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
            context.BinaryClassification.Trainers.SgdCalibrated(new SgdCalibratedTrainer.Options { NumberOfThreads = numberOfThreads, LearningRate = 0.5 });
    }

    public sealed class SgdNonCalibrated : LinearContractTests.BinaryContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.BinaryClassification.Trainers.SgdNonCalibrated(lossFunction: new SmoothedHingeLoss(), learningRate: 0.5, l2Regularization: 0.01f);
    }

    public sealed class Prior : LinearContractTests.BinaryContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.BinaryClassification.Trainers.Prior();

        protected override string[] RequiredColumns => ["Label"];

        // A share can be had of any row, whatever its features.
        protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge == EdgeCase.NoRows ? EdgeOutcome.Throws : EdgeOutcome.Works;

        protected override IDataView? CreateDataOfWrongType(MLContext context) => null;
    }

    public sealed class LbfgsLogisticRegressionWithStatistics : LinearContractTests.BinaryContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                ShowTrainingStatistics = true,
                ComputeStandardDeviation = new ComputeLRTrainingStdThroughMkl(),
            });
    }

    public sealed class NaiveBayes : LinearContractTests.MulticlassContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.MulticlassClassification.Trainers.NaiveBayes();
    }

    public sealed class SdcaNonCalibratedMulticlass : LinearContractTests.MulticlassContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
            context.MulticlassClassification.Trainers.SdcaNonCalibrated(new SdcaNonCalibratedMulticlassTrainer.Options { NumberOfThreads = numberOfThreads, Loss = new SmoothedHingeLoss() });
    }

    public sealed class PairwiseCouplingOfSdca : LinearContractTests.MulticlassContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.MulticlassClassification.Trainers.PairwiseCoupling(context.BinaryClassification.Trainers.SdcaLogisticRegression());
    }

    public sealed class PairwiseCouplingOfLinearSvm : LinearContractTests.MulticlassContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.MulticlassClassification.Trainers.PairwiseCoupling(context.BinaryClassification.Trainers.LinearSvm(), calibrator: context.BinaryClassification.Calibrators.Isotonic());
    }

    public sealed class OneVersusAllOfLdSvm : LinearContractTests.MulticlassContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.MulticlassClassification.Trainers.OneVersusAll(context.BinaryClassification.Trainers.LdSvm(numberOfIterations: 100, treeDepth: 1));
    }

    public sealed class OnlineGradientDescent : NumberContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) =>
            context.Regression.Trainers.OnlineGradientDescent(new OnlineGradientDescentTrainer.Options { RecencyGain = 0.1f, NumberOfIterations = 5 });
    }

    public sealed class LbfgsPoissonRegression : NumberContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
            context.Regression.Trainers.LbfgsPoissonRegression(new LbfgsPoissonRegressionTrainer.Options { NumberOfThreads = numberOfThreads, L1Regularization = 0.01f });
    }

    public sealed class Ols : NumberContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Regression.Trainers.Ols();
    }
}
