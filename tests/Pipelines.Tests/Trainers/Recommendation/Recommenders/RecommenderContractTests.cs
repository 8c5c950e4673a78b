using MLPipelines.Data;
using MLPipelines.Recommendation;
using MLPipelines.Testing;

namespace MLPipelines.Tests.Trainers.Recommendation.Recommenders;

public abstract class RecommenderContractTests : EstimatorContract
{
    protected abstract RecommendationMethod CreateMethod(int? threads);

    protected override string[] RequiredColumns => ["Customer", "Product"];

    protected override bool IsTrainer => true;

    protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => Create(context, null);

    protected override IEstimator<ITransformer>? CreateEstimator(MLContext context, int numberOfThreads) => Create(context, numberOfThreads);

    private RecommenderEstimator Create(MLContext context, int? threads) => context.Recommendation().Trainers.Recommender(CreateMethod(threads), new EventOptions { UserColumn = "Customer", ItemColumn = "Product", Feedback = FeedbackKind.Implicit });

    protected override IDataView CreateData(MLContext context)
    {
        var (users, items, _) = TasteData.Create(20, 16, 5).ToRows();
        return new MemoryView().AddText("Customer", [.. users.Select(user => $"u{user}")]).AddText("Product", [.. items.Select(item => $"i{item}")]);
    }

    protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge == EdgeCase.NoRows ? EdgeOutcome.Throws : EdgeOutcome.Works;
}

public sealed class PopularityContractTests : RecommenderContractTests
{
    protected override RecommendationMethod CreateMethod(int? threads) => new PopularityMethod();
}

public sealed class EaseContractTests : RecommenderContractTests
{
    protected override RecommendationMethod CreateMethod(int? threads) => new EaseMethod(new EaseOptions { Regularization = 5, NumberOfThreads = threads });
}

public sealed class ItemNeighboursContractTests : RecommenderContractTests
{
    protected override RecommendationMethod CreateMethod(int? threads) => new ItemNeighboursMethod(new ItemNeighboursOptions { Neighbours = 4, NumberOfThreads = threads });
}

public sealed class ImplicitAlsContractTests : RecommenderContractTests
{
    protected override RecommendationMethod CreateMethod(int? threads) => new ImplicitAlsMethod(new ImplicitAlsOptions { Rank = 4, Iterations = 3, NumberOfThreads = threads });
}

public sealed class BprContractTests : RecommenderContractTests
{
    protected override RecommendationMethod CreateMethod(int? threads) => new BprMethod(new BprOptions { Rank = 4, Iterations = 3, NumberOfThreads = threads });
}
