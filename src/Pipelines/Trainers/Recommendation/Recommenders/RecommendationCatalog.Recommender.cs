using MLPipelines.Recommendation;

namespace MLPipelines;

public sealed partial class RecommendationCatalog
{
    public sealed partial class RecommendationTrainers
    {
        /// <summary>Learns what to recommend from who did what, by any method.</summary>
        /// <param name="method">How, such as <see cref="EaseMethod"/> or <see cref="BiasedFactorizationMethod"/>.</param>
        /// <param name="userColumnName">The column of users: text, whole numbers or a key.</param>
        /// <param name="itemColumnName">The column of items, likewise.</param>
        /// <param name="ratingColumnName">The column of ratings; <see langword="null"/> where rows say what users did.</param>
        public RecommenderEstimator Recommender(RecommendationMethod method, string userColumnName, string itemColumnName, string? ratingColumnName = null) =>
            Recommender(method, new EventOptions { UserColumn = userColumnName, ItemColumn = itemColumnName, RatingColumn = ratingColumnName ?? "", EventColumn = "", TimeColumn = "", Feedback = ratingColumnName is null ? FeedbackKind.Implicit : FeedbackKind.Explicit });

        /// <summary>Learns what to recommend from who did what, by any method, with all that can be said of the rows: types of events, times, ratings.</summary>
        /// <exception cref="ArgumentException">The column of users or of items is not given.</exception>
        public RecommenderEstimator Recommender(RecommendationMethod method, EventOptions options) => new(Environment, method, options);
    }
}
