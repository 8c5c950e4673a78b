using MLPipelines.Trainers.FastTree;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.LightGbm;

/// <summary>Boosted trees for two classes: the prediction is true where the score is above 0.</summary>
public sealed class LightGbmBinaryModelParameters : TreeEnsembleModelParametersBasedOnRegressionTree
{
    internal const string Kind = "light-gbm-binary";

    internal LightGbmBinaryModelParameters(TreeEnsemble ensemble) : base(ensemble) { }

    public override string TypeId => Kind;

    internal static LightGbmBinaryModelParameters Load(ModelStepReader reader) => new(TreeEnsemble.Load(reader.Section("trees")));
}

/// <summary>Boosted trees for numbers: the score is the prediction.</summary>
public sealed class LightGbmRegressionModelParameters : TreeEnsembleModelParametersBasedOnRegressionTree
{
    internal const string Kind = "light-gbm-regression";

    internal LightGbmRegressionModelParameters(TreeEnsemble ensemble) : base(ensemble) { }

    public override string TypeId => Kind;

    internal static LightGbmRegressionModelParameters Load(ModelStepReader reader) => new(TreeEnsemble.Load(reader.Section("trees")));
}

/// <summary>Boosted trees for rankings: rows of a group come by falling score.</summary>
public sealed class LightGbmRankingModelParameters : TreeEnsembleModelParametersBasedOnRegressionTree
{
    internal const string Kind = "light-gbm-ranking";

    internal LightGbmRankingModelParameters(TreeEnsemble ensemble) : base(ensemble) { }

    public override string TypeId => Kind;

    internal static LightGbmRankingModelParameters Load(ModelStepReader reader) => new(TreeEnsemble.Load(reader.Section("trees")));
}
