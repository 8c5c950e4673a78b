using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

/// <summary>
/// The trainers against scikit-learn's solutions of the same objectives, on the data of <see cref="WaveData"/>, where
/// b = (y==1) and L = lambda **k: LogisticRegression(tol=1e-12, max_iter=1000000, **k).
/// </summary>
public class LinearOptimumTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Lbfgs_maximum_entropy_is_multinomial_logistic_regression()
    {
        // L(C=2).fit(X,y,sample_weight=w)
        float[][] weights = [[0.87747f, -0.28635f, -0.61191f, -0.01035f], [-0.30731f, 0.75833f, -0.75779f, -0.10471f], [-0.57015f, -0.47198f, 1.36971f, 0.11506f]];
        AssertClasses(weights, [0.20092f, -0.13263f, -0.06829f], MaximumEntropy(l1: 0, l2: 0.5f, weight: "Weight"));
    }

    [Fact]
    public void Lbfgs_maximum_entropy_finds_the_zeros_of_an_L1_penalty()
    {
        // L(C=0.5,penalty='l1',solver='saga').fit(X,y)
        float[][] weights = [[0.88592f, 0, 0, 0], [0, 0.70267f, 0, 0], [0, 0, 1.36661f, 0]];
        AssertClasses(weights, [0.14446f, -0.14434f, -0.00012f], MaximumEntropy(l1: 2, l2: 0, weight: null));
        // L(C=1/3,penalty='elasticnet',l1_ratio=2/3,solver='saga').fit(X,y)
        weights = [[0.72913f, 0, 0, 0], [0, 0.57276f, 0, 0], [0, -0.01028f, 1.11007f, 0]];
        AssertClasses(weights, [0.12945f, -0.14953f, 0.02008f], MaximumEntropy(l1: 2, l2: 1, weight: null));
    }

    [Fact]
    public void Lbfgs_logistic_regression_is_logistic_regression()
    {
        // L(C=2).fit(X,b,sample_weight=w)
        AssertLinear([-0.66633f, 1.16989f, -0.88667f, -0.16357f], -1.18851f, Logistic(l1: 0, l2: 0.5f, weight: "Weight"));
        // L(C=1/3,penalty='l1',solver='saga').fit(X,b)
        AssertLinear([-0.12301f, 0.47692f, -0.18676f, 0], -0.96511f, Logistic(l1: 3, l2: 0, weight: null));
    }

    [Fact]
    public void Sdca_maximum_entropy_is_multinomial_logistic_regression()
    {
        // X1=np.hstack([X,np.ones((60,1))]); L(C=1/(0.01*60),fit_intercept=False).fit(X1,y,sample_weight=w): a regularized bias
        float[][] weights = [[0.86901f, -0.28228f, -0.60644f, -0.01118f], [-0.30713f, 0.74755f, -0.74184f, -0.10508f], [-0.56188f, -0.46527f, 1.34828f, 0.11627f]];
        AssertClasses(weights, [0.19307f, -0.13043f, -0.06264f], SdcaMaximumEntropy(biasLearningRate: 0));
        // L(C=1/(0.01*60)).fit(X,y,sample_weight=w): a free one
        weights = [[0.86809f, -0.28264f, -0.60545f, -0.01095f], [-0.30682f, 0.74933f, -0.74458f, -0.10529f], [-0.56126f, -0.46669f, 1.35003f, 0.11624f]];
        AssertClasses(weights, [0.19753f, -0.13357f, -0.06396f], SdcaMaximumEntropy(biasLearningRate: 1));
    }

    [Fact]
    public void Sdca_logistic_regression_is_logistic_regression()
    {
        // L(C=1/(0.01*60),fit_intercept=False).fit(X1,b,sample_weight=w)
        AssertLinear([-0.64678f, 1.1308f, -0.8522f, -0.16363f], -1.14144f, SdcaLogistic(biasLearningRate: 0));
        // L(C=1/(0.01*60)).fit(X,b,sample_weight=w)
        AssertLinear([-0.65532f, 1.15033f, -0.86987f, -0.165f], -1.18175f, SdcaLogistic(biasLearningRate: 1));
    }

    [Fact]
    public void Sdca_regression_is_ridge_regression()
    {
        // Ridge(alpha=60*0.1/2,solver='cholesky').fit(X,t), and with sample_weight=w
        AssertLinear([0.93996f, 1.81539f, 2.71242f, 3.6611f], -0.00979f, Sdca(l1: 0, weight: null));
        AssertLinear([0.9942f, 1.88362f, 2.84953f, 3.86789f], -0.02044f, Sdca(l1: 0, weight: "Weight"));
    }

    [Fact]
    public void Sdca_regression_with_a_threshold_is_the_elastic_net()
    {
        // ElasticNet(alpha=0.15,l1_ratio=2/3,tol=1e-12,max_iter=1000000).fit(X,t)
        AssertLinear([0.75555f, 1.63712f, 2.53665f, 3.47662f], -0.00962f, Sdca(l1: 2, weight: null));
    }

    [Fact]
    public void A_loss_of_the_callers_own_is_minimized()
    {
        var own = _context.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options
        {
            LabelColumnName = "Number",
            L2Regularization = 0.1f,
            ConvergenceTolerance = 1e-7f,
            MaximumNumberOfIterations = 20_000,
            LossFunction = new HalfSquare(),
        }).Fit(WaveRow.View(_context)).Model;
        // Half the loss with the same penalty is the loss with twice the penalty:
        // Ridge(alpha=60*0.2/2,solver='cholesky').fit(X,t)
        AssertLinear([0.85824f, 1.66669f, 2.49273f, 3.35498f], -0.01027f, own);
    }

    private MaximumEntropyModelParameters MaximumEntropy(float l1, float l2, string? weight) =>
        _context.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Class", "Features", weight, l1, l2, optimizationTolerance: 1e-10f).Fit(WaveRow.View(_context)).Model;

    private LinearBinaryModelParameters Logistic(float l1, float l2, string? weight) =>
        _context.BinaryClassification.Trainers.LbfgsLogisticRegression("IsSecond", "Features", weight, l1, l2, optimizationTolerance: 1e-10f).Fit(WaveRow.View(_context)).Model.SubModel;

    private MaximumEntropyModelParameters SdcaMaximumEntropy(float biasLearningRate) =>
        _context.MulticlassClassification.Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options
        {
            LabelColumnName = "Class",
            ExampleWeightColumnName = "Weight",
            L2Regularization = 0.01f,
            ConvergenceTolerance = 1e-7f,
            MaximumNumberOfIterations = 20_000,
            BiasLearningRate = biasLearningRate,
        }).Fit(WaveRow.View(_context)).Model;

    private LinearBinaryModelParameters SdcaLogistic(float biasLearningRate) =>
        _context.BinaryClassification.Trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = "IsSecond",
            ExampleWeightColumnName = "Weight",
            L2Regularization = 0.01f,
            ConvergenceTolerance = 1e-7f,
            MaximumNumberOfIterations = 20_000,
            BiasLearningRate = biasLearningRate,
        }).Fit(WaveRow.View(_context)).Model.SubModel;

    private LinearRegressionModelParameters Sdca(float l1, string? weight) =>
        _context.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options
        {
            LabelColumnName = "Number",
            ExampleWeightColumnName = weight,
            L2Regularization = 0.1f,
            L1Regularization = l1,
            ConvergenceTolerance = 1e-7f,
            MaximumNumberOfIterations = 20_000,
        }).Fit(WaveRow.View(_context)).Model;

    private static void AssertLinear(float[] weights, float bias, LinearModelParameters model)
    {
        for (int j = 0; j < weights.Length; j++) Assert.Equal(weights[j], model.Weights[j], 1e-3f);
        Assert.Equal(bias, model.Bias, 1e-3f);
    }

    private static void AssertClasses(float[][] weights, float[] biases, MaximumEntropyModelParameters model)
    {
        VBuffer<float>[] found = [];
        model.GetWeights(ref found, out int classCount);
        Assert.Equal(weights.Length, classCount);
        float[] foundBiases = [.. model.GetBiases()];
        for (int k = 0; k < classCount; k++)
        {
            for (int j = 0; j < weights[k].Length; j++) Assert.Equal(weights[k][j], found[k].GetItemOrDefault(j), 1e-3f);
            // A number added to all biases changes nothing.
            Assert.Equal(biases[k] - biases.Average(), foundBiases[k] - foundBiases.Average(), 1e-3f);
        }
    }

    private sealed class HalfSquare : ISupportSdcaRegressionLoss
    {
        public double Loss(float output, float label) => 0.5 * ((double)output - label) * ((double)output - label);

        public float Derivative(float output, float label) => output - label;

        public float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared) => 1 / (1 + scaledFeaturesNormSquared);

        public float DualUpdate(float output, float label, float dual, float invariant, int maxNumThreads) => (label - output - dual) * invariant;

        public double DualLoss(float label, float dual) => (double)dual * label - 0.5 * dual * dual;
    }
}
