using MLPipelines.Data;
using MLPipelines.Trainers;
using MLPipelines.Trainers.FastTree;
using MLPipelines.Trainers.Trees;
using MLPipelines.Transforms;

namespace MLPipelines.Cli.Explaining;

/// <summary>A chain, and the models in it that score vectors of features: one, or those that a blend averages.</summary>
internal sealed class ExplainedModel
{
    private ExplainedModel(ITransformer chain, IReadOnlyList<ExplainedPart> parts) => (Chain, Parts) = (chain, parts);

    /// <summary>The steps up to the prediction.</summary>
    internal ITransformer Chain { get; }

    internal IReadOnlyList<ExplainedPart> Parts { get; }

    /// <summary>Whether the score of every part is a sum of what features contribute.</summary>
    internal bool HasContributions => Parts.All(part => ScoreContributions.Exist(part.Model));

    /// <summary>The kind of the model, for messages.</summary>
    internal string Kind => string.Join(", ", Parts.Select(part => ScoreContributions.ScoredBy(part.Model).TypeId).Distinct(StringComparer.Ordinal));

    /// <summary>Whether trees make all scores.</summary>
    internal bool IsOfTrees => Parts.All(part => part.Trees.Count > 0);

    /// <summary>The last step with a model, or the models of the last blend; <see langword="null"/> where there is none.</summary>
    internal static ExplainedModel? Of(ITransformer model, DataViewSchema schema)
    {
        ITransformer[] steps = [.. ITransformerChain.Flatten(model)];
        ExplainedPart? last = null;
        IReadOnlyList<ExplainedPart> parts = [];
        int end = 0;
        var copies = new Dictionary<string, ExplainedPart>(StringComparer.Ordinal);
        for (int i = 0; i < steps.Length; i++)
        {
            if (steps[i] is ISingleFeaturePredictionTransformer<object> { Model: IScoringModel scoring, FeatureColumnName: { Length: > 0 } features })
            {
                last = new ExplainedPart(1, features, scoring);
                (parts, end) = ([last], i + 1);
            }
            else if (steps[i] is ColumnCopyingTransformer copying && last is not null)
                foreach (InputOutputColumnPair pair in copying.Columns) copies[pair.OutputColumnName] = last;
            else if (steps[i] is PredictionBlendingTransformer blend && last is not null)
                (parts, end) = ([.. blend.InputColumnNames.Select((name, k) => copies.GetValueOrDefault(name, last) with { Weight = blend.Weights[k] })], i + 1);
        }
        if (parts.Count == 0) return null;
        // Labels are mapped back to what the file calls them after the prediction; a chain that takes the features away there is cut before.
        DataViewSchema whole = model.GetOutputSchema(schema);
        bool keepsFeatures = parts.All(part => whole.GetColumnOrNull(part.FeatureColumn) is not null);
        return new ExplainedModel(keepsFeatures ? model : new TransformerChain<ITransformer>(steps[..end]), parts);
    }
}

/// <summary>A model that scores a vector of features.</summary>
/// <param name="Weight">What it counts in a blend.</param>
/// <param name="FeatureColumn">The column of the features.</param>
/// <param name="Model">The model.</param>
internal sealed record ExplainedPart(double Weight, string FeatureColumn, IScoringModel Model)
{
    /// <summary>The trees that make the scores; none for other models.</summary>
    internal IReadOnlyList<TreeEnsemble> Trees => TreesOf(Model);

    private static IReadOnlyList<TreeEnsemble> TreesOf(IScoringModel model) => ScoreContributions.ScoredBy(model) switch
    {
        TreeEnsembleModelParameters trees => [trees.Ensemble],
        OneVersusAllModelParameters { SubModelParameters: var models } => [.. models.SelectMany(sub => TreesOf((IScoringModel)sub))],
        _ => [],
    };
}
