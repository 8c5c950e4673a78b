using MLPipelines.Trainers;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Scenarios.TextClassification;

/// <summary>One way to learn a text classifier: how texts become numbers, and how these are learned from.</summary>
/// <param name="Name">What people see in the list of results.</param>
/// <param name="Features">The n-grams and their weights; the label column is filled in by the scenario.</param>
/// <param name="Trainer">The settings of the linear model; its temperature is filled in by the scenario.</param>
public sealed record TextClassificationCandidate(string Name, TextVectorizingOptions Features, LinearSvmMulticlassOptions Trainer)
{
    /// <summary>What is tried for texts of a kind, the one to prefer first.</summary>
    public static IReadOnlyList<TextClassificationCandidate> For(TextProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var (name, features) = FeaturesFor(profile);
        // Many classes have few examples each, which more of the cost then hears.
        var trainer = new LinearSvmMulticlassOptions { Cost = profile.Labels >= 30 ? 1 : 0.5f, PriorStrength = 0.05f };
        var byLabel = features with { IdfExponent = 0 };
        return
        [
            new($"{name}; idf and label weights", features, trainer),
            new($"{name}; label weights", byLabel, trainer),
            profile.HasIdeographs
                ? new($"{name}; label weights, strong prior", byLabel, trainer with { PriorStrength = 0.1f })
                : new($"{name}; idf and steep label weights", features with { LabelWeightFloor = 0.1, LabelWeightExponent = 1 }, trainer),
            new($"{name}; label weights, no prior", byLabel, trainer with { PriorStrength = 0 }),
        ];
    }

    private static (string Name, TextVectorizingOptions Options) FeaturesFor(TextProfile profile)
    {
        double characters = profile.MeanLength * profile.Rows;
        // Scripts without spaces: characters across the text. Very much text: words say enough, and characters would take long.
        if (profile.HasIdeographs)
            return characters > 1_500_000
                ? ("characters 1-3, words 1-2", new TextVectorizingOptions
                {
                    Views = [new NgramView(NgramUnit.Character, 1, 3), new NgramView(NgramUnit.Word, 1, 2)],
                    MinimumDocumentCount = 3,
                })
                : ("characters 1-4", new TextVectorizingOptions { Views = [new NgramView(NgramUnit.Character, 1, 4)] });
        return characters > 5_000_000
            ? ("words 1-2", new TextVectorizingOptions { Views = [new NgramView(NgramUnit.Word, 1, 2)] })
            : ("words 1-2, characters 3-4", new TextVectorizingOptions());
    }
}
