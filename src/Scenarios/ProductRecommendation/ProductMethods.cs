using MLPipelines.Recommendation;

namespace MLPipelines.Scenarios.ProductRecommendation;

/// <summary>The methods that are tried, by name, each with the settings that are compared.</summary>
public static class ProductMethods
{
    // Memory grows with the square of the items, time with the cube: of many items, one setting is enough to wait for.
    private const int MostItemsToCompare = 4000;

    private static readonly (string Name, FeedbackKind? Feedback, Func<int, IEnumerable<(string Settings, RecommendationMethod Method)>> Create)[] Methods =
    [
        ("ease", FeedbackKind.Implicit, Ease),
        ("popularity", null, _ => [("", new PopularityMethod())]),
    ];

    /// <summary>The names for a kind of feedback; popularity is the last.</summary>
    public static IReadOnlyList<string> Names(FeedbackKind feedback) => [.. Methods.Where(method => method.Feedback is null || method.Feedback == feedback).Select(method => method.Name)];

    /// <summary>The methods of a name, or all of them.</summary>
    /// <param name="feedback">What is learned from.</param>
    /// <param name="name">One of <see cref="Names"/>; <see langword="null"/> for all.</param>
    /// <param name="itemCount">How many items there are.</param>
    /// <exception cref="ArgumentException">There is no such name for the feedback.</exception>
    internal static IReadOnlyList<(string Label, RecommendationMethod Method)> Create(FeedbackKind feedback, string? name, int itemCount)
    {
        string? known = name is null ? null : Names(feedback).FirstOrDefault(other => other.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no method '{name}' for {(feedback == FeedbackKind.Explicit ? "ratings" : "implicit feedback")}; expected {string.Join(", ", Names(feedback))}.", nameof(name));
        return [.. Methods.Where(method => known is null ? method.Feedback is null || method.Feedback == feedback : method.Name == known)
            .SelectMany(method => method.Create(itemCount).Select(created => ($"{created.Method.Name}{created.Settings}", created.Method)))];
    }

    private static IEnumerable<(string, RecommendationMethod)> Ease(int itemCount)
    {
        if (itemCount > EaseOptions.DefaultMaximumItemCount) return [];
        double[] strengths = itemCount > MostItemsToCompare ? [300] : [30, 100, 300, 1000];
        return strengths.SelectMany(strength => new[] { false, true }.Select(binary => (string.Create(System.Globalization.CultureInfo.InvariantCulture, $" λ {strength}{(binary ? ", weights 1" : "")}"),
            (RecommendationMethod)new EaseMethod(new EaseOptions { Regularization = strength, IsBinary = binary }))));
    }
}
