using System.Globalization;
using System.Text;

namespace MLPipelines.AutoML;

/// <summary>Writes the chain of a winner as a C# file.</summary>
internal static class CSharpProgram
{
    private static readonly string[] Namespaces =
    [
        "System.Collections.Generic", "MLPipelines", "MLPipelines.Data", "MLPipelines.Trainers", "MLPipelines.Transforms", "MLPipelines.Transforms.Text",
    ];

    private static readonly (string Namespace, string[] Names)[] TreeNamespaces =
    [
        ("MLPipelines.Trainers.FastTree", ["FastTree", "FastForest", "Gam"]), ("MLPipelines.Trainers.LightGbm", ["LightGbm"]),
    ];

    /// <param name="labelSteps">What makes the label columns, before the chain.</param>
    /// <param name="steps">The chain.</param>
    /// <param name="options">What the experiment was asked.</param>
    /// <param name="seed">The seed that makes the same model again.</param>
    internal static string Write(IReadOnlyList<ChainStep> labelSteps, IReadOnlyList<ChainStep> steps, TabularExperimentOptions options, int seed)
    {
        string label = Chain(labelSteps), chain = Chain(steps);
        var file = new StringBuilder();
        foreach (string name in Namespaces) file.Append(CultureInfo.InvariantCulture, $"using {name};\n");
        foreach (var (name, parts) in TreeNamespaces)
            if (parts.Any(part => chain.Contains(part, StringComparison.Ordinal))) file.Append(CultureInfo.InvariantCulture, $"using {name};\n");
        file.Append(CultureInfo.InvariantCulture, $$"""

            /// <summary>Predicts {{options.LabelColumn.Replace("\n", " ", StringComparison.Ordinal).Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)}}.</summary>
            public static class Winner
            {
                /// <summary>The seed that the model was found with.</summary>
                public const int Seed = {{seed}};

                /// <summary>Makes the columns that are learned from out of the label; the model does not ask for them.</summary>
                public static IEstimator<ITransformer> Label(MLContext mlContext) => {{label}};

                /// <summary>Features, trainer, and predictions.</summary>
                public static IEstimator<ITransformer> Chain(MLContext mlContext) => {{chain}};

                /// <summary>Learns the model from rows with the columns of the experiment.</summary>
                public static ITransformer Train(IDataView data)
                {
                    var mlContext = new MLContext(Seed);
                    IDataView labelled = Label(mlContext).Fit(data).Transform(data);
                    return Chain(mlContext).Fit(labelled);
                }
            }

            """);
        return file.ToString();
    }

    private static string Chain(IReadOnlyList<ChainStep> steps)
    {
        var text = new StringBuilder("new EstimatorChain<ITransformer>()");
        foreach (ChainStep step in steps)
        {
            string code = step.Code ?? "throw new System.NotSupportedException(\"This step was made by a factory of the experiment's own.\")";
            text.Append(CultureInfo.InvariantCulture, $"\n        .Append({code})");
        }
        return text.ToString();
    }
}
