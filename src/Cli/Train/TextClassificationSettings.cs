using MLPipelines.Cli.Commands;
using MLPipelines.Scenarios.TextClassification;

namespace MLPipelines.Cli.Train;

/// <summary>What <c>--set</c> changes in every candidate of a text classification.</summary>
internal sealed class TextClassificationSettings(IReadOnlyList<string> given)
{
    private static readonly string[] Known =
        ["cost", "priorStrength", "biasScale", "tolerance", "maximumPasses", "minimumDocumentCount", "maximumFeatureCount", "idfExponent", "labelWeightFloor", "labelWeightExponent"];

    private readonly Settings _settings = new(given, Known);

    /// <summary>Whether a text of the form key=value is one of these settings.</summary>
    internal static bool Has(string given) => Known.Contains(given.Split('=')[0], StringComparer.OrdinalIgnoreCase);

    internal TextClassificationCandidate Apply(TextClassificationCandidate candidate) => candidate with
    {
        Trainer = candidate.Trainer with
        {
            Cost = (float)(_settings["cost"] ?? candidate.Trainer.Cost),
            PriorStrength = (float)(_settings["priorStrength"] ?? candidate.Trainer.PriorStrength),
            BiasScale = (float)(_settings["biasScale"] ?? candidate.Trainer.BiasScale),
            Tolerance = (float)(_settings["tolerance"] ?? candidate.Trainer.Tolerance),
            MaximumPasses = _settings.Whole("maximumPasses") ?? candidate.Trainer.MaximumPasses,
        },
        Features = candidate.Features with
        {
            MinimumDocumentCount = _settings.Whole("minimumDocumentCount") ?? candidate.Features.MinimumDocumentCount,
            MaximumFeatureCount = _settings.Whole("maximumFeatureCount") ?? candidate.Features.MaximumFeatureCount,
            IdfExponent = _settings["idfExponent"] ?? candidate.Features.IdfExponent,
            LabelWeightFloor = _settings["labelWeightFloor"] ?? candidate.Features.LabelWeightFloor,
            LabelWeightExponent = _settings["labelWeightExponent"] ?? candidate.Features.LabelWeightExponent,
        },
    };
}
