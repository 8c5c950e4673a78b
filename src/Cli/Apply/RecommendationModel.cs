using MLPipelines.Cli.Evaluating;
using MLPipelines.Cli.Input;
using MLPipelines.Data;
using MLPipelines.Recommendation;
using MLPipelines.Scenarios.ProductRecommendation;

namespace MLPipelines.Cli.Apply;

/// <summary>Tells models that recommend from others, and measures them.</summary>
internal static class RecommendationModel
{
    /// <summary>The recommender that a model is; <see langword="null"/> for another kind of model.</summary>
    internal static Recommender? Of(ITransformer model) => ITransformerChain.Flatten(model).ToList() is [Recommender only] ? only : null;

    internal static Evaluation Evaluate(MLContext context, Recommender model, TrainingRecord? record, string path, InputFormat format, CommandHost host, string modelPath)
    {
        if (Directory.Exists(path)) throw new UsageException($"--dataset: {path} is a folder, expected a file.");
        EventOptions options = EventFile.Options(model, record);
        DataFile file = DataFile.Open(path, format, host, options.Columns);
        if (options.Columns.FirstOrDefault(name => file.Find(name) is null) is { } missing)
            throw new UsageException($"{file.Name} has no column '{missing}', which {modelPath} was trained on.{NearNames.Hint(missing, file.Columns)} {file.Listing()}");
        NamedInteractions later = EventFile.Read(context, file, options, host.Cancellation).ToInteractions();
        int users = later.UserNames.Count(name => model.Seen.Users.Find(name) < 0), items = later.ItemNames.Count(name => model.Seen.Items.Find(name) < 0);
        if (users > 0 || items > 0) host.Error.WriteLine($"{Figures(users, "user")} and {Figures(items, "item")} of {file.Name} are new to {modelPath}.");
        var scores = RecommendationScores.Of(model, later, options.Feedback == FeedbackKind.Explicit);
        if (scores.Lists.UserCount == 0) host.Error.WriteLine($"Lists are not measured: {modelPath} has learned from every pair of {file.Name}, and what a user has is not recommended again.");
        return RecommendationTables.Of(scores);

        static string Figures(int count, string what) => Output.Figures.Count(count, what);
    }
}
