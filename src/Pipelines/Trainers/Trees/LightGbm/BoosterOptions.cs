using MLPipelines.Trainers.Trees;

namespace MLPipelines.Trainers.LightGbm;

/// <summary>How trees are added up.</summary>
public abstract class BoosterParameterBase
{
    private protected BoosterParameterBase() { }

    /// <summary>What all ways of adding trees up have.</summary>
    public abstract class OptionsBase
    {
        private protected OptionsBase() { }

        /// <summary>A split gains at least this; at least 0.</summary>
        public double MinimumSplitGain;

        /// <summary>How many splits lead to a leaf at most; 0 for no limit.</summary>
        public int MaximumTreeDepth;

        /// <summary>The sum of the second derivatives of the loss that a leaf has at least; at least 0.</summary>
        public double MinimumChildWeight = 0.1;

        /// <summary>After how many rounds other rows are drawn; 0 for learning from all.</summary>
        public int SubsampleFrequency;

        /// <summary>The share of the rows that are drawn; above 0 and at most 1.</summary>
        public double SubsampleFraction = 1;

        /// <summary>The share of the features that a tree may use; above 0 and at most 1.</summary>
        public double FeatureFraction = 1;

        /// <summary>Draws leaves to 0 by their squares; at least 0.</summary>
        public double L2Regularization = 0.01;

        /// <summary>Draws leaves to 0 by their magnitudes; at least 0.</summary>
        public double L1Regularization;

        internal virtual void Check()
        {
            OptionCheck.NotBelowZero((float)MinimumSplitGain, nameof(MinimumSplitGain));
            OptionCheck.NotBelowZero((float)MinimumChildWeight, nameof(MinimumChildWeight));
            OptionCheck.NotBelowZero((float)L1Regularization, nameof(L1Regularization));
            OptionCheck.NotBelowZero((float)L2Regularization, nameof(L2Regularization));
            OptionCheck.Between(0, MaximumTreeDepth, int.MaxValue, nameof(MaximumTreeDepth));
            OptionCheck.Between(0, SubsampleFrequency, int.MaxValue, nameof(SubsampleFrequency));
            OptionCheck.AboveZero((float)SubsampleFraction, nameof(SubsampleFraction));
            OptionCheck.Share(SubsampleFraction, nameof(SubsampleFraction));
            OptionCheck.AboveZero((float)FeatureFraction, nameof(FeatureFraction));
            OptionCheck.Share(FeatureFraction, nameof(FeatureFraction));
        }

        /// <summary>The options of the learning of trees with these.</summary>
        internal virtual BoostingOptions ApplyTo(BoostingOptions options) => options with
        {
            MinimumGain = MinimumSplitGain,
            MaximumDepth = MaximumTreeDepth,
            MinimumHessianPerLeaf = MinimumChildWeight,
            RowFraction = SubsampleFrequency > 0 ? SubsampleFraction : 1,
            RowFractionEvery = Math.Max(1, SubsampleFrequency),
            FeatureFraction = FeatureFraction,
            L1 = L1Regularization,
            L2 = L2Regularization,
        };
    }
}

/// <summary>All trees count, and each learns from all rows.</summary>
public sealed class GradientBooster : BoosterParameterBase
{
    private GradientBooster() { }

    /// <summary>Options of <see cref="GradientBooster"/>.</summary>
    public sealed class Options : OptionsBase;
}

/// <summary>Trees are left out at random while the next one is learned.</summary>
/// <remarks>Rashmi and Gilad-Bachrach, "DART: Dropouts meet Multiple Additive Regression Trees" (2015).</remarks>
public sealed class DartBooster : BoosterParameterBase
{
    private DartBooster() { }

    /// <summary>Options of <see cref="DartBooster"/>.</summary>
    public sealed class Options : OptionsBase
    {
        /// <summary>The share of the trees that are left out; above 0 and below 1.</summary>
        public double TreeDropFraction = 0.1;

        /// <summary>How many trees are left out at most.</summary>
        public int MaximumNumberOfDroppedTreesPerRound = 1;

        /// <summary>The chance that none is left out; at least 0 and below 1.</summary>
        public double SkipDropFraction = 0.5;

        /// <summary>Whether trees are weighed as by XGBoost.</summary>
        public bool XgboostDartMode;

        /// <summary>Whether all trees are left out with the same chance.</summary>
        public bool UniformDrop;

        internal override void Check()
        {
            base.Check();
            if (!(TreeDropFraction is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(TreeDropFraction), TreeDropFraction, $"{nameof(TreeDropFraction)} is a number above 0 and below 1.");
            if (!(SkipDropFraction is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(SkipDropFraction), SkipDropFraction, $"{nameof(SkipDropFraction)} is a number of at least 0 and below 1.");
        }

        internal override BoostingOptions ApplyTo(BoostingOptions options) => base.ApplyTo(options) with
        {
            Dart = new DartOptions(TreeDropFraction, MaximumNumberOfDroppedTreesPerRound, SkipDropFraction, UniformDrop, XgboostDartMode),
        };
    }
}

/// <summary>Each tree learns from the rows whose gradients are large, and from a sample of the others.</summary>
/// <remarks>Ke et al., "LightGBM: A Highly Efficient Gradient Boosting Decision Tree" (2017).</remarks>
public sealed class GossBooster : BoosterParameterBase
{
    private GossBooster() { }

    /// <summary>Options of <see cref="GossBooster"/>.</summary>
    public sealed class Options : OptionsBase
    {
        /// <summary>The share of the rows that are kept for their gradients; above 0 and below 1.</summary>
        public double TopRate = 0.2;

        /// <summary>The share of the rows that are drawn from the others; at least 0 and below 1.</summary>
        public double OtherRate = 0.1;

        internal override void Check()
        {
            base.Check();
            if (!(TopRate is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(TopRate), TopRate, $"{nameof(TopRate)} is a number above 0 and below 1.");
            if (!(OtherRate is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(OtherRate), OtherRate, $"{nameof(OtherRate)} is a number of at least 0 and below 1.");
            if (TopRate + OtherRate > 1) throw new ArgumentOutOfRangeException(nameof(OtherRate), OtherRate, $"{nameof(TopRate)} and {nameof(OtherRate)} are at most 1 together.");
        }

        internal override BoostingOptions ApplyTo(BoostingOptions options) => base.ApplyTo(options) with { Goss = new GossOptions(TopRate, OtherRate) };
    }
}
