using MLPipelines.Testing;
using MLPipelines.Trainers.FastTree;
using MLPipelines.Trainers.LightGbm;

namespace MLPipelines.Tests.Trainers.Trees;

/// <summary>The contract for the trainers of trees and what is made of them.</summary>
public static class TreeTrainerContractTests
{
    public abstract class TreeContract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Features", "Label"];

        protected override bool IsTrainer => true;

        /// <summary>Dense rows, one of which has a missing value; the first two features tell the class.</summary>
        private protected static MemoryView Features() => new MemoryView().AddVectors("Features",
            [[1f, 0, 0.5f], [0f, 1, 0], [1f, 1, 1], [0.9f, 0.1f, float.NaN], [0.1f, 0.9f, 0], [0.9f, 1, 1.1f], [1f, 0.2f, 0.4f], [0f, 0.8f, 0.1f]]);

        private protected static MemoryView Numbers() => Features().Add("Label", 1f, 0.1f, 0.5f, 1, 0.2f, 0.4f, 0.9f, 0.3f);

        private protected static MemoryView Truths() => Features().Add("Label", true, false, true, true, false, true, true, false);

        private protected static MemoryView Ranks() => Features().Add("Label", 2f, 0, 1, 2, 0, 1, 3, 0).AddKeys("GroupId", [1, 1, 2, 2, 1, 2, 1, 2], "a", "b");

        protected override IDataView? CreateDataOfWrongType(MLContext context) => new MemoryView().AddText("Features", "a", "b").AddText("Label", "a", "b").AddText("GroupId", "a", "b");

        // A missing value has a side of each split; one label teaches no classes.
        protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge == EdgeCase.NotANumber ? EdgeOutcome.Works : EdgeOutcome.Throws;

        private protected static TOptions Small<TOptions>(TOptions options, int threads) where TOptions : TreeOptions
        {
            (options.NumberOfTrees, options.NumberOfLeaves, options.MinimumExampleCountPerLeaf, options.NumberOfThreads) = (6, 4, 1, threads);
            (options.BaggingSize, options.FeatureFraction) = (1, 0.8);
            return options;
        }

        private protected static TOptions Few<TOptions>(TOptions options, int threads, BoosterParameterBase.OptionsBase booster) where TOptions : LightGbmOptionsBase
        {
            (options.NumberOfIterations, options.NumberOfLeaves, options.MinimumExampleCountPerLeaf, options.NumberOfThreads) = (6, 4, 1, threads);
            options.Booster = booster;
            return options;
        }
    }

    public abstract class NumberContract : TreeContract
    {
        protected override IDataView CreateData(MLContext context) => Numbers();

        // A number can be learned from one row, and from rows that are all the same.
        protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge is EdgeCase.NoRows or EdgeCase.Infinity ? EdgeOutcome.Throws : EdgeOutcome.Works;
    }

    public abstract class TruthContract : TreeContract
    {
        protected override IDataView CreateData(MLContext context) => Truths();
    }

    public abstract class RankContract : NumberContract
    {
        protected override string[] RequiredColumns => ["Features", "Label", "GroupId"];

        protected override IDataView CreateData(MLContext context) => Ranks();
    }

    public sealed class FastTreeBinary : TruthContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
            context.BinaryClassification.Trainers.FastTree(Small(new FastTreeBinaryTrainer.Options { DropoutRate = 0.3 }, numberOfThreads));
    }

    public sealed class FastTreeRegression : NumberContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
            context.Regression.Trainers.FastTree(Small(new FastTreeRegressionTrainer.Options(), numberOfThreads));
    }

    public sealed class FastTreeRanking : RankContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
            context.Ranking.Trainers.FastTree(Small(new FastTreeRankingTrainer.Options(), numberOfThreads));
    }

    public sealed class FastTreeTweedie : NumberContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
            context.Regression.Trainers.FastTreeTweedie(Small(new FastTreeTweedieTrainer.Options(), numberOfThreads));
    }

    public sealed class FastForestBinary : TruthContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
            context.BinaryClassification.Trainers.FastForest(Small(new FastForestBinaryTrainer.Options(), numberOfThreads));
    }

    public sealed class FastForestRegression : NumberContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) =>
            context.Regression.Trainers.FastForest(Small(new FastForestRegressionTrainer.Options { NumberOfQuantileSamples = 2 }, numberOfThreads));
    }

    public sealed class GamBinary : TruthContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) => context.BinaryClassification.Trainers.Gam(
            new GamBinaryTrainer.Options { NumberOfIterations = 20, LearningRate = 0.1, MinimumExampleCountPerLeaf = 1, UnbalancedSets = true, NumberOfThreads = numberOfThreads });
    }

    public sealed class GamRegression : NumberContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) => context.Regression.Trainers.Gam(
            new GamRegressionTrainer.Options { NumberOfIterations = 20, LearningRate = 0.1, MinimumExampleCountPerLeaf = 1, NumberOfThreads = numberOfThreads });
    }

    public sealed class LightGbmBinary : TruthContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) => context.BinaryClassification.Trainers.LightGbm(
            Few(new LightGbmBinaryTrainer.Options { UnbalancedSets = true }, numberOfThreads, new GossBooster.Options()));
    }

    public sealed class LightGbmRegression : NumberContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) => context.Regression.Trainers.LightGbm(
            Few(new LightGbmRegressionTrainer.Options(), numberOfThreads, new GradientBooster.Options { SubsampleFraction = 0.8, SubsampleFrequency = 2, L1Regularization = 0.01 }));
    }

    public sealed class LightGbmRanking : RankContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) => context.Ranking.Trainers.LightGbm(
            Few(new LightGbmRankingTrainer.Options(), numberOfThreads, new GradientBooster.Options { MinimumChildWeight = 0 }));
    }

    public abstract class LightGbmMulticlass(bool softmax) : TreeContract
    {
        protected override IDataView CreateData(MLContext context) => Features().AddKeys("Label", [1, 2, 3, 1, 2, 3, 1, 2], "red", "green", "blue");

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) => context.MulticlassClassification.Trainers.LightGbm(
            Few(new LightGbmMulticlassTrainer.Options { UseSoftmax = softmax, UnbalancedSets = true }, numberOfThreads, new DartBooster.Options { MaximumNumberOfDroppedTreesPerRound = 2 }));
    }

    public sealed class LightGbmOneVersusAll() : LightGbmMulticlass(softmax: false);

    public sealed class LightGbmSoftmax() : LightGbmMulticlass(softmax: true);

    public sealed class FeaturizationByFastTreeBinary : TruthContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.FeaturizeByFastTreeBinary(new FastTreeBinaryFeaturizationEstimator.Options
        {
            InputColumnName = "Features",
            TreesColumnName = "Trees",
            LeavesColumnName = "Leaves",
            PathsColumnName = "Paths",
            TrainerOptions = Small(new FastTreeBinaryTrainer.Options(), threads: 1),
        });
    }

    public sealed class FeaturizationByFastForestRegression : NumberContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.FeaturizeByFastForestRegression(new FastForestRegressionFeaturizationEstimator.Options
        {
            InputColumnName = "Features",
            LeavesColumnName = "Leaves",
            TrainerOptions = Small(new FastForestRegressionTrainer.Options(), threads: 1),
        });
    }

    public sealed class FeaturizationByFastForestBinary : TruthContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.FeaturizeByFastForestBinary(new FastForestBinaryFeaturizationEstimator.Options
        {
            InputColumnName = "Features",
            TreesColumnName = "Trees",
            TrainerOptions = Small(new FastForestBinaryTrainer.Options(), threads: 1),
        });
    }

    public sealed class FeaturizationByFastTreeRegression : NumberContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.FeaturizeByFastTreeRegression(new FastTreeRegressionFeaturizationEstimator.Options
        {
            InputColumnName = "Features",
            TreesColumnName = "Trees",
            TrainerOptions = Small(new FastTreeRegressionTrainer.Options(), threads: 1),
        });
    }

    public sealed class FeaturizationByFastTreeTweedie : NumberContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.FeaturizeByFastTreeTweedie(new FastTreeTweedieFeaturizationEstimator.Options
        {
            InputColumnName = "Features",
            TreesColumnName = "Trees",
            TrainerOptions = Small(new FastTreeTweedieTrainer.Options(), threads: 1),
        });
    }

    public sealed class FeaturizationByFastTreeRanking : RankContract
    {
        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.FeaturizeByFastTreeRanking(new FastTreeRankingFeaturizationEstimator.Options
        {
            InputColumnName = "Features",
            TreesColumnName = "Trees",
            TrainerOptions = Small(new FastTreeRankingTrainer.Options(), threads: 1),
        });
    }

    public sealed class FeaturizationByPretrainedTrees : NumberContract
    {
        protected override string[] RequiredColumns => ["Features"];

        protected override bool IsTrainer => false;

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => context.Transforms.FeaturizeByPretrainTreeEnsemble(new PretrainedTreeFeaturizationEstimator.Options
        {
            InputColumnName = "Features",
            TreesColumnName = "Trees",
            PathsColumnName = "Paths",
            ModelParameters = context.Regression.Trainers.FastTree(Small(new FastTreeRegressionTrainer.Options(), threads: 1)).Fit(Numbers()).Model,
        });

        // Nothing is learned, and every number has a side of each split.
        protected override EdgeOutcome OutcomeOf(EdgeCase edge) => EdgeOutcome.Works;
    }
}
