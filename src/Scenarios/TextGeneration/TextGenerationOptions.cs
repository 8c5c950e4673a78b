namespace MLPipelines.Scenarios.TextGeneration;

/// <summary>How text is generated. Scores pass through the repetition penalty, the temperature, <see cref="TopK"/> and <see cref="TopP"/>, in this order; one of what is left is drawn.</summary>
public sealed record TextGenerationOptions
{
    /// <summary>Generation ends after so many tokens; at least 1. Default 100.</summary>
    public int MaxTokens { get; init; } = 100;

    /// <summary>What scores are divided by: below 1 for what is probable, above 1 for what is not; 0 for always the most probable. Default 0.8.</summary>
    public float Temperature { get; init; } = 0.8f;

    /// <summary>Only so many of the most probable tokens are drawn from (Fan and others 2018); <see langword="null"/> for all. Default: all.</summary>
    public int? TopK { get; init; }

    /// <summary>Only the most probable tokens that together have this probability are drawn from (Holtzman and others 2020); above 0, 1 for all. Default 0.95.</summary>
    public float TopP { get; init; } = 0.95f;

    /// <summary>
    /// By how much tokens that are in the text already are made less probable (Keskar and others 2019): scores above 0 are divided by it, others multiplied. At least 1, which is
    /// none; 1.2 is usual. Default 1.
    /// </summary>
    public float RepetitionPenalty { get; init; } = 1;

    /// <summary>Generation ends before any of these texts, which does not appear. Default: none.</summary>
    public IReadOnlyList<string> StopTexts { get; init; } = [];

    /// <summary>The same seed gives the same text; <see langword="null"/> for another text each time. Default <see langword="null"/>.</summary>
    public int? Seed { get; init; }

    /// <summary>Whether the prompt is the beginning of a text, which is told to the model by its end token before it. Hugging Face's <c>generate</c> does not tell. Default <see langword="true"/>.</summary>
    public bool PromptBeginsText { get; init; } = true;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void Check()
    {
        if (MaxTokens < 1) throw Outside(nameof(MaxTokens), MaxTokens, "at least 1");
        if (!(Temperature is >= 0 and < float.PositiveInfinity)) throw Outside(nameof(Temperature), Temperature, "a number of at least 0");
        if (TopK < 1) throw Outside(nameof(TopK), TopK, "at least 1");
        if (!(TopP is > 0 and <= 1)) throw Outside(nameof(TopP), TopP, "a number above 0 and at most 1");
        if (!(RepetitionPenalty is >= 1 and < float.PositiveInfinity)) throw Outside(nameof(RepetitionPenalty), RepetitionPenalty, "a number of at least 1");
        ArgumentNullException.ThrowIfNull(StopTexts);
        if (StopTexts.Any(string.IsNullOrEmpty)) throw new ArgumentException("A stop text is empty.");
    }

    private static ArgumentOutOfRangeException Outside(string name, object? value, string expected) => new(name, value, $"{name} is {value}, expected {expected}.");
}
