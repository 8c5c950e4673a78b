using MLPipelines.AutoML;
using MLPipelines.Data;
using MLPipelines.Transforms.Text;

namespace MLPipelines.Scenarios.TabularPrediction;

/// <summary>
/// The chain that turns the columns of a table into one vector: numbers and parts of dates, categories and texts as sparse parts.
/// For linear models numbers are filled in and scaled; trees take them as they are, and know the slots of a category for one feature.
/// </summary>
public static class TabularFeatures
{
    private const string Numbers = "__Numbers", Categories = "__Categories", Texts = "__Texts";

    /// <summary>The chain.</summary>
    /// <param name="context">The context.</param>
    /// <param name="columns">The columns; at least one is used.</param>
    /// <param name="schema">The types of the columns.</param>
    /// <param name="featureColumn">The column that is made: <c>Vector&lt;Single&gt;</c>.</param>
    /// <param name="keyLabelColumn">The label where it is a key, so that n-grams are weighted by what they say of it.</param>
    /// <param name="forTrees">Whether trees learn from the vector.</param>
    public static IEstimator<ITransformer> Chain(MLContext context, TabularColumns columns, DataViewSchema schema, string featureColumn, string? keyLabelColumn, bool forTrees = false)
    {
        var chain = new EstimatorChain<ITransformer>();
        List<string> parts = [];
        if (columns.Numbers.Count + columns.Dates.Count > 0)
        {
            var converted = columns.Numbers.Where(name => !IsSingle(schema[name])).Select(name => new InputOutputColumnPair($"__{name}", name)).ToArray();
            if (converted.Length > 0) chain = chain.Append<ITransformer>(context.Transforms.Conversion.ConvertType(converted, DataKind.Single));
            var dates = columns.Dates.Select(name => new InputOutputColumnPair($"__{name}", name)).ToArray();
            if (dates.Length > 0) chain = chain.Append<ITransformer>(context.Transforms.FeaturizeDateTime(dates));
            chain = chain.Append<ITransformer>(context.Transforms.Concatenate(Numbers,
                [.. columns.Numbers.Select(name => IsSingle(schema[name]) ? name : $"__{name}"), .. dates.Select(pair => pair.OutputColumnName)]));
            if (!forTrees)
            {
                chain = chain.Append<ITransformer>(context.Transforms.ReplaceMissingValues(Numbers, replacementMode: Transforms.MissingValueReplacingEstimator.ReplacementMode.Mean))
                    .Append<ITransformer>(context.Transforms.NormalizeMeanVariance(Numbers, fixZero: false));
            }
            parts.Add(Numbers);
        }
        if (columns.Categories.Count > 0)
        {
            var pairs = columns.Categories.Select(name => new InputOutputColumnPair($"{Categories}.{name}", name)).ToArray();
            chain = chain.Append<ITransformer>(context.Transforms.Categorical.OneHotEncoding(pairs));
            parts.AddRange(pairs.Select(pair => pair.OutputColumnName));
        }
        foreach (string text in columns.Texts)
        {
            // Each text column has n-grams of its own: the same word in a title and in a note are two features.
            var options = new TextVectorizingOptions { Views = [new NgramView(NgramUnit.Word, 1, 2)], LabelColumnName = keyLabelColumn };
            chain = chain.Append<ITransformer>(context.Transforms.Text.VectorizeText($"{Texts}.{text}", options, text));
            parts.Add($"{Texts}.{text}");
        }
        return chain.Append<ITransformer>(context.Transforms.Concatenate(featureColumn, [.. parts]));
    }

    private static bool IsSingle(DataViewSchema.Column column) => column.Type.Equals(NumberDataViewType.Single);
}
