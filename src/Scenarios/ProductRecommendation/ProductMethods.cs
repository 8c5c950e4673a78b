using System.Globalization;
using MLPipelines.Recommendation;

namespace MLPipelines.Scenarios.ProductRecommendation;

/// <summary>The methods that are tried, by name, each with the settings that are compared.</summary>
public static class ProductMethods
{
    // EASE-R takes memory by the square of the items, and time by the cube: of many items one setting is enough to wait for, of more it is learned when asked for by name.
    private const int MostItemsToCompare = 4000, MostItemsToTry = 8000;

    private static readonly (string Name, FeedbackKind? Feedback, Func<NamedInteractions, IEnumerable<(string Settings, RecommendationMethod Method)>> Create)[] Methods =
    [
        ("ease", FeedbackKind.Implicit, Ease),
        ("item-neighbours", FeedbackKind.Implicit, data => Weights(data).Select(binary => (Words("", binary), (RecommendationMethod)new ItemNeighboursMethod(new ItemNeighboursOptions { IsBinary = binary })))),
        ("als", FeedbackKind.Implicit, data => new[] { 0.01, 0.03 }.SelectMany(strength => Weights(data).Select(binary =>
            (Words(string.Create(CultureInfo.InvariantCulture, $" λ {strength}"), binary), (RecommendationMethod)new ImplicitAlsMethod(new ImplicitAlsOptions { Regularization = strength, IsBinary = binary }))))),
        ("bpr", FeedbackKind.Implicit, _ => [("", new BprMethod())]),
        ("factorization", FeedbackKind.Explicit, _ => new[] { 10, 30 }.Select(rank => (string.Create(CultureInfo.InvariantCulture, $" rank {rank}"), (RecommendationMethod)new BiasedFactorizationMethod(new BiasedFactorizationOptions { Rank = rank })))),
        ("rating-neighbours", FeedbackKind.Explicit, _ => [("", new RatingNeighboursMethod())]),
        ("rating-baseline", FeedbackKind.Explicit, _ => [("", new RatingBaselineMethod())]),
        ("popularity", FeedbackKind.Implicit, _ => [("", new PopularityMethod())]),
    ];

    /// <summary>The names for a kind of feedback.</summary>
    public static IReadOnlyList<string> Names(FeedbackKind feedback) => [.. Methods.Where(method => method.Feedback == feedback).Select(method => method.Name)];

    /// <summary>The methods of a name, or all of them.</summary>
    /// <param name="feedback">What is learned from.</param>
    /// <param name="name">One of <see cref="Names"/>; <see langword="null"/> for all.</param>
    /// <param name="data">What is learned from: its size decides what is tried.</param>
    /// <exception cref="ArgumentException">There is no such name for the feedback.</exception>
    internal static IReadOnlyList<(string Label, RecommendationMethod Method)> Create(FeedbackKind feedback, string? name, NamedInteractions data)
    {
        IReadOnlyList<string> names = Names(feedback);
        string? known = name is null ? null : names.FirstOrDefault(other => other.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no method '{name}' for {(feedback == FeedbackKind.Explicit ? "ratings" : "implicit feedback")}; expected {string.Join(", ", names)}.", nameof(name));
        return [.. Methods.Where(method => known is null ? method.Feedback == feedback && !(method.Name == "ease" && data.ItemNames.Count > MostItemsToTry) : method.Name == known)
            .SelectMany(method => method.Create(data).Select(created => ($"{created.Method.Name}{created.Settings}", created.Method)))];
    }

    private static IEnumerable<(string, RecommendationMethod)> Ease(NamedInteractions data)
    {
        bool isLarge = data.ItemNames.Count > MostItemsToCompare;
        double[] strengths = isLarge ? [300] : [30, 100, 300, 1000];
        return strengths.SelectMany(strength => (isLarge ? [true] : Weights(data)).Select(binary =>
            (Words(string.Create(CultureInfo.InvariantCulture, $" λ {strength}"), binary), (RecommendationMethod)new EaseMethod(new EaseOptions { Regularization = strength, IsBinary = binary }))));
    }

    /// <summary>Whether weights are left out: both ways where there are any.</summary>
    private static bool[] Weights(NamedInteractions data)
    {
        for (int user = 0; user < data.Interactions.UserCount; user++)
            if (data.Interactions.ValuesOf(user).ContainsAnyExcept(1)) return [false, true];
        return [true];
    }

    private static string Words(string settings, bool isBinary) => isBinary ? settings : $"{settings}, weighted";
}
