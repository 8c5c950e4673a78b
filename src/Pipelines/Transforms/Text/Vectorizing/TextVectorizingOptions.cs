namespace MLPipelines.Transforms.Text;

/// <summary>How texts become weighted n-grams. The weight of an n-gram is idf^<see cref="IdfExponent"/>, times its label weight.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>idf</term><description>1 + ln((1 + n) / (1 + n t)), for n texts of which n t have the n-gram</description></item>
/// <item><term>label weight</term><description><see cref="LabelWeightFloor"/> + (1 − H)^<see cref="LabelWeightExponent"/>, with H the entropy of the label given the
/// n-gram, between 0 (one label only) and 1 (as often with every label, in proportion); 1 where no label column is named</description></item>
/// </list>
/// </remarks>
public sealed record TextVectorizingOptions
{
    /// <summary>The n-grams that describe a text. Default: words 1-2 with the ends of the text marked, and characters within words 3-4.</summary>
    public IReadOnlyList<NgramView> Views { get; init; } =
        [new NgramView(NgramUnit.Word, 1, 2, MarkEnds: true), new NgramView(NgramUnit.CharacterWithinWord, 3, 4)];

    /// <summary>N-grams that fewer texts have are left out; at least 1. Default 2. Where that leaves nothing that tells texts apart, all are kept.</summary>
    public int MinimumDocumentCount { get; init; } = 2;

    /// <summary>At most so many n-grams are kept, those that most texts have; at least 1. Default 1,000,000.</summary>
    public int MaximumFeatureCount { get; init; } = 1_000_000;

    /// <summary>How much rare n-grams count: 0 as much as frequent ones, 1 the usual. Default 0.5.</summary>
    public double IdfExponent { get; init; } = 0.5;

    /// <summary>The label, a key column, for weights that know which n-grams go with which labels; <see langword="null"/> to do without.</summary>
    public string? LabelColumnName { get; init; }

    /// <summary>The weight of an n-gram that says nothing about the label; above 0. Default 0.3.</summary>
    public double LabelWeightFloor { get; init; } = 0.3;

    /// <summary>How steeply the weight rises with what an n-gram says about the label; above 0. Default 0.5.</summary>
    public double LabelWeightExponent { get; init; } = 0.5;
}
