namespace MLPipelines.Onnx.Tests.Export.Networks;

/// <summary>The kinds of steps and models that the tests of this folder compare: what goes into their graphs is no column of the data, so that they stand in no row of the table.</summary>
internal static class NetworkKinds
{
    /// <summary>A kind of the scenarios' assembly, which is not loaded here.</summary>
    internal const string OfScenarios = "text-generation";

    internal static readonly string[] Compared =
    [
        "load-images", "resize-images", "grayscale-images", "extract-pixels", "vectors-to-images", "image-classification",
        "text-classification-network", "sentence-similarity-network", "named-entity-network", "question-answer-network", OfScenarios,
    ];
}
