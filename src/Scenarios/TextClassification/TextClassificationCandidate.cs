using MLPipelines.Trainers;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Scenarios.TextClassification;

/// <summary>One way to learn a text classifier: how texts become numbers, and how these are learned from.</summary>
/// <param name="Name">What people see in the list of results.</param>
/// <param name="Features">The n-grams and their weights; the label column is filled in by the scenario.</param>
/// <param name="Trainer">The settings of the linear model; its temperature is filled in by the scenario.</param>
public sealed record TextClassificationCandidate(string Name, TextVectorizingOptions Features, LinearSvmMulticlassOptions Trainer)
{
    /// <summary>What is tried for texts of a kind.</summary>
    public static IReadOnlyList<TextClassificationCandidate> For(TextProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        // Scripts without spaces: characters across the text. Long texts: words say enough, and characters would take long.
        if (profile.IdeographShare > 0.5)
            return [Of("characters 1-2", 0.5f, [new(NgramUnit.Character, 1, 2)]), Of("characters 1-4", 1, [new(NgramUnit.Character, 1, 4)])];
        if (profile.MeanLength > 400)
            return [Of("words 1-2", 1, [new(NgramUnit.Word, 1, 2)])];
        return [Of("words 1-2 and characters 3-5", 1, [new(NgramUnit.Word, 1, 2), new(NgramUnit.CharacterWithinWord, 3, 5)])];
    }

    private static TextClassificationCandidate Of(string name, float cost, NgramView[] views) =>
        new(name, new TextVectorizingOptions { Views = views }, new LinearSvmMulticlassOptions { Cost = cost, PriorStrength = 0.05f });
}
