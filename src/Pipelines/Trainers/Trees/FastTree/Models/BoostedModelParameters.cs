using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.FastTree;

/// <summary>Boosted trees for two classes: the prediction is true where the score is above 0.</summary>
public sealed class FastTreeBinaryModelParameters : TreeEnsembleModelParametersBasedOnRegressionTree
{
    internal const string Kind = "fast-tree-binary";

    internal FastTreeBinaryModelParameters(TreeEnsemble ensemble) : base(ensemble) { }

    public override string TypeId => Kind;

    internal static FastTreeBinaryModelParameters Load(ModelStepReader reader) => new(TreeEnsemble.Load(reader.Section("trees")));
}

/// <summary>Boosted trees for numbers: the score is the prediction.</summary>
public sealed class FastTreeRegressionModelParameters : TreeEnsembleModelParametersBasedOnRegressionTree
{
    internal const string Kind = "fast-tree-regression";

    internal FastTreeRegressionModelParameters(TreeEnsemble ensemble) : base(ensemble) { }

    public override string TypeId => Kind;

    internal static FastTreeRegressionModelParameters Load(ModelStepReader reader) => new(TreeEnsemble.Load(reader.Section("trees")));
}

/// <summary>Boosted trees for rankings: rows of a group come by falling score.</summary>
public sealed class FastTreeRankingModelParameters : TreeEnsembleModelParametersBasedOnRegressionTree
{
    internal const string Kind = "fast-tree-ranking";

    internal FastTreeRankingModelParameters(TreeEnsemble ensemble) : base(ensemble) { }

    public override string TypeId => Kind;

    internal static FastTreeRankingModelParameters Load(ModelStepReader reader) => new(TreeEnsemble.Load(reader.Section("trees")));
}

/// <summary>Boosted trees for the logarithm of a mean: the score is the exponential of their sum.</summary>
public sealed class FastTreeTweedieModelParameters : TreeEnsembleModelParametersBasedOnRegressionTree
{
    internal const string Kind = "fast-tree-tweedie";

    internal FastTreeTweedieModelParameters(TreeEnsemble ensemble) : base(ensemble) { }

    public override string TypeId => Kind;

    public override void Score(Data.RowVector<float> features, Span<float> scores)
    {
        base.Score(features, scores);
        // What is too large for a number is the largest number.
        scores[0] = MathF.Min(MathF.Exp(scores[0]), float.MaxValue);
    }

    internal static FastTreeTweedieModelParameters Load(ModelStepReader reader) => new(TreeEnsemble.Load(reader.Section("trees")));
}
