using MLPipelines.Testing;

namespace MLPipelines.Tests.Persistence.MLNet;

/// <summary>The models that ML.NET saved, and which of them do not load.</summary>
internal static class MLNetFolder
{
    internal const string Name = "mlnet-zips";

    /// <summary>Each with the component that it fails at, and why. ML.NET loads neither without what they need besides.</summary>
    internal static readonly IReadOnlyDictionary<string, string> NotLoaded = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ml-backcompat-customTransform.zip"] = "component \"CustomTransformer\" version 0x00010001 of entry TransformerChain: not supported; this file needs code of the program",
        ["samples-DeepLearning_ImageClassification_TensorFlow-MLModel-ac0832b.zip"] = "component \"ImageLoaderTransform\" version 0x00010002 of entry TransformerChain/Transform_000: not supported", // and TensorFlow after it
    };

    internal static IEnumerable<string> Files => Directory.GetFiles(Datasets.PathOf(Name)).Select(path => Path.GetFileName(path)).Where(name => name.EndsWith(".zip", StringComparison.Ordinal) || name.EndsWith(".mlnet", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    internal static string PathOf(string file) => Datasets.PathOf($"{Name}/{file}");

    internal static string AnswersOf(string file) => Datasets.PathOf($"{Name}/expected/{file}.json");
}
