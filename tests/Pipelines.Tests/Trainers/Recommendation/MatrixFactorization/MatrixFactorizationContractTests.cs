using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Recommendation.MatrixFactorization;

/// <summary>The contract for both losses.</summary>
public static class MatrixFactorizationContractTests
{
    public abstract class Contract(MatrixFactorizationTrainer.LossFunctionType loss) : EstimatorContract
    {
        protected override string[] RequiredColumns => ["User", "Item", "Rating"];

        protected override bool IsTrainer => true;

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
            context.Recommendation().Trainers.MatrixFactorization(new MatrixFactorizationTrainer.Options
            {
                MatrixColumnIndexColumnName = "Item", MatrixRowIndexColumnName = "User", LabelColumnName = "Rating",
                LossFunction = loss, ApproximationRank = 10, NumberOfThreads = numberOfThreads,
            });

        protected override IDataView CreateData(MLContext context) => new MemoryView()
            .AddKeys("User", [1, 2, 3, 1, 2, 3, 0, 4, 4], "ann", "bob", "cid", "dan", "eve")
            .AddKeys("Item", [1, 1, 1, 2, 2, 3, 3, 0, 3], "tea", "jam", "rye", "figs")
            .Add("Rating", 5f, 4, 1, 3, 2, 5, 4, 4, float.NaN);

        protected override IDataView? CreateDataOfWrongType(MLContext context) =>
            new MemoryView().AddText("User", "ann", "bob").AddText("Item", "tea", "jam").AddText("Rating", "5", "four");

        protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge is EdgeCase.NoRows or EdgeCase.Infinity ? EdgeOutcome.Throws : EdgeOutcome.Works;
    }

    public sealed class Ratings() : Contract(MatrixFactorizationTrainer.LossFunctionType.SquareLossRegression);

    public sealed class OneClass() : Contract(MatrixFactorizationTrainer.LossFunctionType.SquareLossOneClass);
}
