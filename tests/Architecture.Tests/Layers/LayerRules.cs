using System.Text.RegularExpressions;

namespace MLPipelines.Architecture.Tests;

/// <summary>A use of a type by a file of a layer that may not know it.</summary>
internal sealed record LayerViolation(string File, int Line, string Type, string Layer)
{
    public override string ToString() => $"{File}:{Line} uses {Type} of {Layer}";
}

/// <summary>
/// Which folders of src/Pipelines may use types of which others: Data ← Core ← Transforms, Trainers, Metrics ← Persistence. Types are known
/// by name, from the declarations in the sources; extension methods are not followed.
/// </summary>
internal static partial class LayerRules
{
    /// <summary>Each layer with those that it may use besides itself.</summary>
    internal static readonly IReadOnlyDictionary<string, string[]> Below = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Data"] = [],
        ["Core"] = ["Data"],
        ["Transforms"] = ["Data", "Core"],
        ["Trainers"] = ["Data", "Core"],
        ["Metrics"] = ["Data", "Core"],
        ["Persistence"] = ["Data", "Core", "Transforms", "Trainers", "Metrics"],
    };

    /// <summary>
    /// The catalogs of an MLContext. ML.NET's API wants their methods on one class, and each layer adds its own: loading in Data,
    /// evaluating in Metrics, model files in Persistence. A file of their layer may say their name; what else it uses is checked.
    /// </summary>
    internal static readonly IReadOnlySet<string> SpreadCatalogs = new HashSet<string>(StringComparer.Ordinal)
    {
        "CatalogBase", "DataOperationsCatalog", "ModelOperationsCatalog", "TrainCatalogBase", "BinaryClassificationCatalog",
        "MulticlassClassificationCatalog", "RegressionCatalog", "RankingCatalog", "ClusteringCatalog", "AnomalyDetectionCatalog", "RecommendationCatalog", "MklComponentsCatalog", "PcaCatalog",
    };

    internal static string LayerOf(string file) => file.Split('/')[2];

    /// <summary>The types that are not within others, each with the layers that declare it.</summary>
    internal static ILookup<string, string> Declarations(IReadOnlyDictionary<string, string> code) =>
        code.SelectMany(file => TopLevelTypes(file.Value).Select(type => (Type: type, Layer: LayerOf(file.Key)))).Distinct()
            .ToLookup(declared => declared.Type, declared => declared.Layer, StringComparer.Ordinal);

    /// <param name="code">Paths such as src/Pipelines/Core/MLContext.cs, each with its text, comments and literals blanked out.</param>
    internal static IEnumerable<LayerViolation> Violations(IReadOnlyDictionary<string, string> code)
    {
        var declarations = Declarations(code);
        foreach (var (file, text) in code)
        {
            string own = LayerOf(file);
            HashSet<string> members = [.. Members().Matches(text).Select(member => member.Groups["name"].Value)];
            foreach (Match name in Names().Matches(text))
            {
                string[] layers = [.. declarations[name.Value]];
                if (layers.Length == 0 || layers.Contains(own) || layers.Intersect(Below[own]).Any() || SpreadCatalogs.Contains(name.Value) || members.Contains(name.Value)) continue;
                yield return new LayerViolation(file, 1 + text.AsSpan(0, name.Index).Count('\n'), name.Value, string.Join(", ", layers));
            }
        }
    }

    private static IEnumerable<string> TopLevelTypes(string text)
    {
        int depth = 0, at = 0;
        foreach (Match declaration in TypeDeclarations().Matches(text))
        {
            for (; at < declaration.Index; at++) depth += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0;
            if (depth == 0) yield return declaration.Groups["name"].Value;
        }
    }

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+[\w<>\[\],.?\s]+?)\s+(?<name>[A-Z]\w*)(?=\s*[<({:;]|\s+where\b|\s*$)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclarations();

    // What a file calls a property, field or method of its own is not the type of that name (the metric LogLoss and the loss).
    [GeneratedRegex(@"\b(?!(?:new|return|is|as|throw|await|case|in|out|ref|else|not|and|or|when)\b)(?<=[\s(])[\w<>,.?\[\]]+\s+(?<name>[A-Z]\w*)\s*(?:[({;]|=>|=[^=]|<\w+>\s*\()")]
    private static partial Regex Members();

    // A constant of a simple type may share its name with a type (AnnotationKinds.KeyValues); so may what is read from it.
    [GeneratedRegex(@"(?<!\bconst\s+\w+\s+)(?<!\bAnnotationKinds\.)\b[A-Z]\w*")]
    private static partial Regex Names();
}
