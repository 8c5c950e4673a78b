using MLPipelines.Data;
using MLPipelines.Trainers;
using MLPipelines.Trainers.FastTree;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Cli.Explaining;

/// <summary>The step of a chain that scores a vector of features, with the steps before it.</summary>
internal sealed class ExplainedModel
{
    private readonly IScoringModel _model;

    private ExplainedModel(ITransformer chain, string featureColumn, IScoringModel model) => (Chain, FeatureColumn, _model) = (chain, featureColumn, model);

    /// <summary>The steps up to the scores.</summary>
    internal ITransformer Chain { get; }

    /// <summary>The column of the features.</summary>
    internal string FeatureColumn { get; }

    /// <summary>Tells what features contribute to a score; <see langword="null"/> where the score is no sum of contributions.</summary>
    internal FeatureContributionCalculator? Contributions => ScoreContributions.Exist(_model) ? ScoreContributions.Of(_model) : null;

    /// <summary>The kind of the model, for messages.</summary>
    internal string Kind => ScoreContributions.ScoredBy(_model).TypeId;

    /// <summary>The trees that make the scores; none for other models.</summary>
    internal IReadOnlyList<TreeEnsemble> Trees => TreesOf(_model);

    /// <summary>The last step with a model; <see langword="null"/> where there is none.</summary>
    internal static ExplainedModel? Of(ITransformer model)
    {
        ITransformer[] steps = [.. ITransformerChain.Flatten(model)];
        int last = Array.FindLastIndex(steps, step => step is ISingleFeaturePredictionTransformer<object> { Model: IScoringModel, FeatureColumnName.Length: > 0 });
        if (last < 0) return null;
        var predictor = (ISingleFeaturePredictionTransformer<object>)steps[last];
        return new ExplainedModel(new TransformerChain<ITransformer>(steps[..(last + 1)]), predictor.FeatureColumnName, (IScoringModel)predictor.Model);
    }

    private static IReadOnlyList<TreeEnsemble> TreesOf(IScoringModel model) => ScoreContributions.ScoredBy(model) switch
    {
        TreeEnsembleModelParameters trees => [trees.Ensemble],
        OneVersusAllModelParameters { SubModelParameters: var models } => [.. models.SelectMany(sub => TreesOf((IScoringModel)sub))],
        _ => [],
    };
}
