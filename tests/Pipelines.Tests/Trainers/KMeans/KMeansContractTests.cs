using MLPipelines.Testing;
using MLPipelines.Trainers;
using static MLPipelines.Trainers.KMeansTrainer;

namespace MLPipelines.Tests.Trainers.KMeans;

public static class KMeansContractTests
{
    public abstract class ContractOf(InitializationAlgorithm start) : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Features", "Weight"];

        protected override bool IsTrainer => true;

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) => context.Clustering.Trainers.KMeans(
            new Options { NumberOfClusters = 2, InitializationAlgorithm = start, NumberOfThreads = numberOfThreads, ExampleWeightColumnName = "Weight" });

        protected override IDataView CreateData(MLContext context) => Features().Add("Weight", 1f, 2, 0.5f, 1, 1);

        protected virtual MemoryView Features() => new MemoryView().AddVectors("Features", Rows);

        protected static float[][] Rows => [[1f, 2, 0], [2, 1, 1], [10, -1, 3], [1, 2, 1], [11, 0, 1]];

        protected override IDataView CreateDataOfWrongType(MLContext context) => new MemoryView().Add("Features", 1f, 2, 3).Add("Weight", 1f, 1, 1);

        // Two clusters need two different rows.
        protected override EdgeOutcome OutcomeOf(EdgeCase edge) => EdgeOutcome.Throws;
    }

    public sealed class Yinyang() : ContractOf(InitializationAlgorithm.KMeansYinyang);

    public sealed class PlusPlus() : ContractOf(InitializationAlgorithm.KMeansPlusPlus);

    public sealed class ByChance() : ContractOf(InitializationAlgorithm.Random);

    public sealed class Sparse() : ContractOf(InitializationAlgorithm.KMeansYinyang)
    {
        protected override MemoryView Features() => new MemoryView().AddSparse("Features", Rows);
    }
}
