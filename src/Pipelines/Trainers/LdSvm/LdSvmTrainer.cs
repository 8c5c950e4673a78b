namespace MLPipelines.Trainers;

/// <summary>
/// A local deep support vector machine: a tree of linear functions whose branches decide which of them count, so that the border
/// between two classes is piecewise linear. See <see cref="LdSvmModelParameters"/> for the model, <see cref="LdSvmDescent"/> for the objective.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, above 0 for the positive class, and <c>PredictedLabel</c>. A calibrator makes probabilities of scores.</para>
/// <para>Normalize features of different scales. The training set is held in memory. The time grows with the number of iterations, the
/// square root of the number of examples, and the number of nodes of the tree.</para>
/// <para>Source: Jose, Goyal, Aggrwal and Varma, "Local Deep Kernel Learning for Efficient Non-linear SVM Prediction" (2013).</para>
/// </remarks>
public sealed class LdSvmTrainer : BinaryTrainer<LdSvmModelParameters>
{
    /// <summary>Options of <see cref="LdSvmTrainer"/>.</summary>
    public sealed class Options : TrainerInputBaseWithWeight
    {
        /// <summary>How many branches lead to a leaf; between 0, which is one linear function, and 24. There are 2^(depth + 1) − 1 nodes.</summary>
        public int TreeDepth = Defaults.TreeDepth;

        /// <summary>The weight of the regularization of the classifiers; above 0.</summary>
        public float LambdaW = Defaults.LambdaW;

        /// <summary>The weight of the regularization of the branches; above 0.</summary>
        public float LambdaTheta = Defaults.LambdaTheta;

        /// <summary>The weight of the regularization of the gates; above 0.</summary>
        public float LambdaThetaprime = Defaults.LambdaThetaprime;

        /// <summary>How sharp the gates are; above 0.</summary>
        public float Sigma = Defaults.Sigma;

        /// <summary>Whether all functions have a bias.</summary>
        public bool UseBias = Defaults.UseBias;

        /// <summary>The number of steps, each by the square root of the number of examples; at least 1.</summary>
        public int NumberOfIterations = Defaults.NumberOfIterations;

        /// <summary>Without effect: examples are held in memory always. Kept so that code ports.</summary>
        public bool Cache = Defaults.Cache;

        internal static class Defaults
        {
            internal const int TreeDepth = 3;
            internal const float LambdaW = 0.1f;
            internal const float LambdaTheta = 0.01f;
            internal const float LambdaThetaprime = 0.01f;
            internal const float Sigma = 1;
            internal const bool UseBias = true;
            internal const int NumberOfIterations = 15_000;
            internal const bool Cache = true;
        }
    }

    private readonly Options _options;

    internal LdSvmTrainer(TrainingEnvironment environment, Options options)
        : base(environment, "LdSvm", options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName)
    {
        OptionCheck.Between(0, options.TreeDepth, 24, nameof(options.TreeDepth));
        OptionCheck.AboveZero(options.LambdaW, nameof(options.LambdaW));
        OptionCheck.AboveZero(options.LambdaTheta, nameof(options.LambdaTheta));
        OptionCheck.AboveZero(options.LambdaThetaprime, nameof(options.LambdaThetaprime));
        OptionCheck.AboveZero(options.Sigma, nameof(options.Sigma));
        OptionCheck.AboveZero(options.NumberOfIterations, nameof(options.NumberOfIterations));
        _options = options.Snapshot<Options>();
    }

    private protected override bool IsCalibrated => false;

    private protected override LdSvmModelParameters Train(TrainingSet examples, TrainingEnvironment environment)
    {
        ExampleWeights.PresentClasses(examples, classCount: 2);
        return new LdSvmDescent(examples, _options, environment.SeedFor(Name)).Run(Name, environment);
    }
}
