using MLPipelines.Data;
using MLPipelines.Recommendation;

namespace MLPipelines.Scenarios.ProductRecommendation;

/// <summary>A recommender that learned from all events.</summary>
/// <param name="Model">Recommends.</param>
/// <param name="Method">How it learned.</param>
/// <param name="Trials">What was tried on events set aside, the best first; empty where nothing was.</param>
/// <param name="Validation">What was set aside, in words, or why nothing was.</param>
public sealed record ProductRecommendationResult(Recommender Model, string Method, IReadOnlyList<MethodTrial> Trials, string Validation)
{
    /// <summary>The columns of the model: users and items as text.</summary>
    public DataViewSchema InputSchema
    {
        get
        {
            var schema = new DataViewSchema.Builder();
            schema.AddColumn(Model.Columns.User, TextDataViewType.Instance);
            schema.AddColumn(Model.Columns.Item, TextDataViewType.Instance);
            return schema.ToSchema();
        }
    }

    /// <summary>Saves the model.</summary>
    /// <param name="context">The context.</param>
    /// <param name="path">The file; it appears whole or not at all.</param>
    public void Save(MLContext context, string path)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Model.Save(Model, InputSchema, path);
    }
}

/// <summary>A method that was tried.</summary>
/// <param name="Method">Its name, with what it was set to.</param>
/// <param name="Scores">How good it was; <see langword="null"/> where it could not be tried.</param>
/// <param name="Seconds">How long it took to learn and to measure.</param>
/// <param name="Problem">Why it could not be tried.</param>
public sealed record MethodTrial(string Method, RecommendationScores? Scores, double Seconds, string? Problem = null);
