using MLPipelines.AutoML.CodeGen;
using MLPipelines.SearchSpace;

namespace MLPipelines.AutoML;

public sealed partial class AutoCatalog
{
    /// <summary>A choice among trainers for two classes, each with its options. The features are a vector of <see cref="float"/>; missing ones may be NaN.</summary>
    /// <param name="labelColumnName">The label: a truth value.</param>
    /// <param name="featureColumnName">The features.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> when all count the same.</param>
    /// <param name="useFastForest">Whether random forests are among them.</param>
    /// <param name="useLgbm">Whether trees boosted as by LightGBM are among them.</param>
    /// <param name="useFastTree">Whether trees boosted with a part of the features per split are among them.</param>
    /// <param name="useLbfgsLogisticRegression">Whether logistic regression by L-BFGS is among them.</param>
    /// <param name="useSdcaLogisticRegression">Whether logistic regression by dual coordinate ascent is among them.</param>
    /// <param name="fastTreeOption">Options that are not searched.</param>
    /// <param name="lgbmOption">Options that are not searched.</param>
    /// <param name="fastForestOption">Options that are not searched.</param>
    /// <param name="lbfgsLogisticRegressionOption">Options that are not searched.</param>
    /// <param name="sdcaLogisticRegressionOption">Options that are not searched.</param>
    /// <param name="fastTreeSearchSpace">What to search instead of what the attributes of the options say.</param>
    /// <param name="lgbmSearchSpace">What to search instead of what the attributes of the options say.</param>
    /// <param name="fastForestSearchSpace">What to search instead of what the attributes of the options say.</param>
    /// <param name="lbfgsLogisticRegressionSearchSpace">What to search instead of what the attributes of the options say.</param>
    /// <param name="sdcaLogisticRegressionSearchSpace">What to search instead of what the attributes of the options say.</param>
    public SweepablePipeline BinaryClassification(string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null,
        bool useFastForest = true, bool useLgbm = true, bool useFastTree = true, bool useLbfgsLogisticRegression = true, bool useSdcaLogisticRegression = true,
        FastTreeOption? fastTreeOption = null, LgbmOption? lgbmOption = null, FastForestOption? fastForestOption = null,
        LbfgsOption? lbfgsLogisticRegressionOption = null, SdcaOption? sdcaLogisticRegressionOption = null,
        SearchSpace<FastTreeOption>? fastTreeSearchSpace = null, SearchSpace<LgbmOption>? lgbmSearchSpace = null, SearchSpace<FastForestOption>? fastForestSearchSpace = null,
        SearchSpace<LbfgsOption>? lbfgsLogisticRegressionSearchSpace = null, SearchSpace<SdcaOption>? sdcaLogisticRegressionSearchSpace = null)
    {
        var columns = new LearningColumns(labelColumnName, featureColumnName, exampleWeightColumnName);
        return columns.OneOf(
            useLgbm ? columns.With(TreeTrainers.LightGbmBinary, lgbmOption, lgbmSearchSpace) : null,
            useFastTree ? columns.With(TreeTrainers.FastTreeBinary, fastTreeOption, fastTreeSearchSpace) : null,
            useFastForest ? columns.With(TreeTrainers.FastForestBinary, fastForestOption, fastForestSearchSpace) : null,
            useLbfgsLogisticRegression ? columns.With(LinearTrainers.LbfgsLogisticRegressionBinary, lbfgsLogisticRegressionOption, lbfgsLogisticRegressionSearchSpace) : null,
            useSdcaLogisticRegression ? columns.With(LinearTrainers.SdcaLogisticRegressionBinary, sdcaLogisticRegressionOption, sdcaLogisticRegressionSearchSpace) : null);
    }

    /// <summary>A choice among trainers for any number of classes, each with its options. The features are a vector of <see cref="float"/>; missing ones may be NaN.</summary>
    /// <param name="labelColumnName">The label: a key.</param>
    /// <param name="featureColumnName">The features.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> when all count the same.</param>
    /// <param name="useFastForest">Whether random forests, one per class, are among them.</param>
    /// <param name="useLgbm">Whether trees boosted as by LightGBM are among them.</param>
    /// <param name="useFastTree">Whether boosted trees for each class against the others are among them.</param>
    /// <param name="useLbfgsMaximumEntrophy">Whether maximum entropy by L-BFGS is among them.</param>
    /// <param name="useLbfgsLogisticRegression">Whether logistic regression by L-BFGS for each class against the others is among them.</param>
    /// <param name="useSdcaMaximumEntrophy">Whether maximum entropy by dual coordinate ascent is among them.</param>
    /// <param name="useSdcaLogisticRegression">Whether logistic regression by dual coordinate ascent for each class against the others is among them.</param>
    /// <param name="fastTreeOption">Options that are not searched.</param>
    /// <param name="lgbmOption">Options that are not searched.</param>
    /// <param name="fastForestOption">Options that are not searched.</param>
    /// <param name="lbfgsMaximumEntrophyOption">Options that are not searched.</param>
    /// <param name="lbfgsLogisticRegressionOption">Options that are not searched.</param>
    /// <param name="sdcaMaximumEntrophyOption">Options that are not searched.</param>
    /// <param name="sdcaLogisticRegressionOption">Options that are not searched.</param>
    /// <param name="fastTreeSearchSpace">What to search instead of what the attributes of the options say.</param>
    /// <param name="lgbmSearchSpace">What to search instead of what the attributes of the options say.</param>
    /// <param name="fastForestSearchSpace">What to search instead of what the attributes of the options say.</param>
    /// <param name="lbfgsMaximumEntrophySearchSpace">What to search instead of what the attributes of the options say.</param>
    /// <param name="lbfgsLogisticRegressionSearchSpace">What to search instead of what the attributes of the options say.</param>
    /// <param name="sdcaMaximumEntorphySearchSpace">What to search instead of what the attributes of the options say.</param>
    /// <param name="sdcaLogisticRegressionSearchSpace">What to search instead of what the attributes of the options say.</param>
    /// <param name="useLinearSvm">Whether the linear support vector machine for many classes is among them, which is for features of texts, none missing.</param>
    /// <param name="linearSvmSearchSpace">What to search instead of what the attributes of the options say.</param>
    public SweepablePipeline MultiClassification(string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null,
        bool useFastForest = true, bool useLgbm = true, bool useFastTree = true, bool useLbfgsMaximumEntrophy = true, bool useLbfgsLogisticRegression = true,
        bool useSdcaMaximumEntrophy = true, bool useSdcaLogisticRegression = true,
        FastTreeOption? fastTreeOption = null, LgbmOption? lgbmOption = null, FastForestOption? fastForestOption = null,
        LbfgsOption? lbfgsMaximumEntrophyOption = null, LbfgsOption? lbfgsLogisticRegressionOption = null,
        SdcaOption? sdcaMaximumEntrophyOption = null, SdcaOption? sdcaLogisticRegressionOption = null,
        SearchSpace<FastTreeOption>? fastTreeSearchSpace = null, SearchSpace<LgbmOption>? lgbmSearchSpace = null, SearchSpace<FastForestOption>? fastForestSearchSpace = null,
        SearchSpace<LbfgsOption>? lbfgsMaximumEntrophySearchSpace = null, SearchSpace<LbfgsOption>? lbfgsLogisticRegressionSearchSpace = null,
        SearchSpace<SdcaOption>? sdcaMaximumEntorphySearchSpace = null, SearchSpace<SdcaOption>? sdcaLogisticRegressionSearchSpace = null,
        bool useLinearSvm = false, SearchSpace<LinearSvmOption>? linearSvmSearchSpace = null)
    {
        var columns = new LearningColumns(labelColumnName, featureColumnName, exampleWeightColumnName);
        return columns.OneOf(
            useLinearSvm ? columns.With(LinearTrainers.LinearSvmMulti, null, linearSvmSearchSpace) : null,
            useLgbm ? columns.With(TreeTrainers.LightGbmMulti, lgbmOption, lgbmSearchSpace) : null,
            useFastTree ? columns.With(TreeTrainers.FastTreeOva, fastTreeOption, fastTreeSearchSpace) : null,
            useFastForest ? columns.With(TreeTrainers.FastForestOva, fastForestOption, fastForestSearchSpace) : null,
            useLbfgsMaximumEntrophy ? columns.With(LinearTrainers.LbfgsMaximumEntropyMulti, lbfgsMaximumEntrophyOption, lbfgsMaximumEntrophySearchSpace) : null,
            useLbfgsLogisticRegression ? columns.With(LinearTrainers.LbfgsLogisticRegressionOva, lbfgsLogisticRegressionOption, lbfgsLogisticRegressionSearchSpace) : null,
            useSdcaMaximumEntrophy ? columns.With(LinearTrainers.SdcaMaximumEntropyMulti, sdcaMaximumEntrophyOption, sdcaMaximumEntorphySearchSpace) : null,
            useSdcaLogisticRegression ? columns.With(LinearTrainers.SdcaLogisticRegressionOva, sdcaLogisticRegressionOption, sdcaLogisticRegressionSearchSpace) : null);
    }

    /// <summary>A choice among trainers for numbers, each with its options. The features are a vector of <see cref="float"/>; missing ones may be NaN.</summary>
    /// <param name="labelColumnName">The label: a number.</param>
    /// <param name="featureColumnName">The features.</param>
    /// <param name="exampleWeightColumnName">How much each example counts; <see langword="null"/> when all count the same.</param>
    /// <param name="useFastForest">Whether random forests are among them.</param>
    /// <param name="useLgbm">Whether trees boosted as by LightGBM are among them.</param>
    /// <param name="useFastTree">Whether trees boosted with a part of the features per split are among them.</param>
    /// <param name="useLbfgsPoissonRegression">Whether Poisson regression is among them, which is for labels that are not negative.</param>
    /// <param name="useSdca">Whether linear regression is among them.</param>
    /// <param name="fastTreeOption">Options that are not searched.</param>
    /// <param name="lgbmOption">Options that are not searched.</param>
    /// <param name="fastForestOption">Options that are not searched.</param>
    /// <param name="lbfgsPoissonRegressionOption">Options that are not searched.</param>
    /// <param name="sdcaOption">Options that are not searched.</param>
    /// <param name="fastTreeSearchSpace">What to search instead of what the attributes of the options say.</param>
    /// <param name="lgbmSearchSpace">What to search instead of what the attributes of the options say.</param>
    /// <param name="fastForestSearchSpace">What to search instead of what the attributes of the options say.</param>
    /// <param name="lbfgsPoissonRegressionSearchSpace">What to search instead of what the attributes of the options say.</param>
    /// <param name="sdcaSearchSpace">What to search instead of what the attributes of the options say.</param>
    public SweepablePipeline Regression(string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null,
        bool useFastForest = true, bool useLgbm = true, bool useFastTree = true, bool useLbfgsPoissonRegression = true, bool useSdca = true,
        FastTreeOption? fastTreeOption = null, LgbmOption? lgbmOption = null, FastForestOption? fastForestOption = null,
        LbfgsOption? lbfgsPoissonRegressionOption = null, SdcaOption? sdcaOption = null,
        SearchSpace<FastTreeOption>? fastTreeSearchSpace = null, SearchSpace<LgbmOption>? lgbmSearchSpace = null, SearchSpace<FastForestOption>? fastForestSearchSpace = null,
        SearchSpace<LbfgsOption>? lbfgsPoissonRegressionSearchSpace = null, SearchSpace<SdcaOption>? sdcaSearchSpace = null)
    {
        var columns = new LearningColumns(labelColumnName, featureColumnName, exampleWeightColumnName);
        return columns.OneOf(
            useLgbm ? columns.With(TreeTrainers.LightGbmRegression, lgbmOption, lgbmSearchSpace) : null,
            useFastTree ? columns.With(TreeTrainers.FastTreeRegression, fastTreeOption, fastTreeSearchSpace) : null,
            useFastForest ? columns.With(TreeTrainers.FastForestRegression, fastForestOption, fastForestSearchSpace) : null,
            useLbfgsPoissonRegression ? columns.With(LinearTrainers.LbfgsPoissonRegressionRegression, lbfgsPoissonRegressionOption, lbfgsPoissonRegressionSearchSpace) : null,
            useSdca ? columns.With(LinearTrainers.SdcaRegression, sdcaOption, sdcaSearchSpace) : null);
    }

    /// <summary>One of the trainers of rankings. ML.NET has no such method.</summary>
    /// <param name="labelColumnName">The relevance.</param>
    /// <param name="featureColumnName">The column of the feature vectors.</param>
    /// <param name="rowGroupColumnName">The key of the groups that are ranked.</param>
    /// <param name="exampleWeightColumnName">How much each row counts.</param>
    /// <param name="useLgbm">Whether to try LightGbm.</param>
    /// <param name="useFastTree">Whether to try FastTree.</param>
    public SweepablePipeline Ranking(string labelColumnName = "Label", string featureColumnName = "Features", string rowGroupColumnName = "GroupId",
        string? exampleWeightColumnName = null, bool useLgbm = true, bool useFastTree = true)
    {
        var columns = new LearningColumns(labelColumnName, featureColumnName, exampleWeightColumnName);
        return columns.OneOf(
            useLgbm ? columns.With(TreeTrainers.LightGbmRanking(rowGroupColumnName), null, null) : null,
            useFastTree ? columns.With(TreeTrainers.FastTreeRanking(rowGroupColumnName), null, null) : null);
    }
}
