using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

/// <summary>
/// Trainers of the catalogs against the optimum of their objective, on the data of <see cref="WaveData"/>, where b = (y==1), s = 2*b-1,
/// c = abs(t) and X1 = np.hstack([X,np.ones((60,1))]). "BFGS" stands for scipy.optimize.minimize(…, method='BFGS', options=dict(gtol=1e-10))
/// of the objective that the trainer documents.
/// </summary>
public class CatalogOptimumTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Sdca_with_the_hinge_loss_is_a_support_vector_machine()
    {
        // LinearSVC(C=1/(0.05*60),loss='hinge',fit_intercept=False,tol=1e-10,max_iter=10**8).fit(X1,b,sample_weight=w)
        AssertLinear([-0.21184f, 0.30737f, -0.21689f, -0.00228f], -1.01293f, SdcaOf(new HingeLoss()));
    }

    [Fact]
    public void Sdca_minimizes_the_smoothed_hinge_loss()
    {
        // BFGS: mean of w * loss(s * X1@v) + 0.025 * v@v
        AssertLinear([-0.35519f, 0.4323f, -0.30292f, -0.14696f], -0.56966f, SdcaOf(new SmoothedHingeLoss()));
    }

    [Fact]
    public void Sdca_with_the_log_loss_is_the_calibrated_one_without_its_calibrator()
    {
        var plain = SdcaOf(new LogLoss());
        var own = _context.BinaryClassification.Trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = "IsSecond",
            ExampleWeightColumnName = "Weight",
            L2Regularization = 0.05f,
            ConvergenceTolerance = 1e-6f,
            MaximumNumberOfIterations = 20_000,
        }).Fit(WaveRow.View(_context)).Model.SubModel;
        AssertLinear([.. own.Weights], own.Bias, plain);
    }

    [Fact]
    public void Sdca_of_several_classes_minimizes_the_losses_of_all_pairs()
    {
        // BFGS: sum over i and k != y of w * log(1+exp(-(S[i,y[i]]-S[i,k]))) / 60 + 0.025 * v@v, with S = X1@v.reshape(3,5).T
        AssertClasses([[0.7353f, -0.27735f, -0.51966f, -0.02947f], [-0.24488f, 0.65147f, -0.62595f, -0.04189f], [-0.49041f, -0.37412f, 1.14561f, 0.07136f]],
            [0.16481f, -0.12374f, -0.04107f], PairwiseOf(null));
        // The same with the smoothed hinge loss.
        AssertClasses([[0.40681f, -0.14392f, -0.28828f, 0.01148f], [-0.16116f, 0.3017f, -0.31772f, -0.03905f], [-0.24566f, -0.15778f, 0.60601f, 0.02757f]],
            [0.07526f, -0.05413f, -0.02114f], PairwiseOf(new SmoothedHingeLoss()));
    }

    [Fact]
    public void Poisson_regression_is_that_of_scikit_learn()
    {
        // PoissonRegressor(alpha=0.5/w.sum(),tol=1e-10,max_iter=10000).fit(X,c,sample_weight=w)
        var model = _context.Regression.Trainers.LbfgsPoissonRegression("Count", exampleWeightColumnName: "Weight", l1Regularization: 0, l2Regularization: 0.5f, optimizationTolerance: 1e-10f)
            .Fit(Counts()).Model;
        AssertLinear([0.15526f, 0.11647f, 0.06524f, -0.05757f], 1.14995f, model);
        float[] score = new float[1];
        model.Score(RowVector<float>.Dense([1, 2, 3, 4]), score);
        Assert.Equal(MathF.Exp(1.14995f + 0.15526f + 2 * 0.11647f + 3 * 0.06524f - 4 * 0.05757f), score[0], 1e-2f);
    }

    [Fact]
    public void Poisson_regression_refuses_negative_labels()
    {
        var error = Assert.Throws<MLPipelinesException>(() => _context.Regression.Trainers.LbfgsPoissonRegression("Number").Fit(WaveRow.View(_context)));
        Assert.Contains("column 'Number'", error.Message, StringComparison.Ordinal);
        Assert.Contains("at least 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_passes_of_the_linear_svm_come_near_its_optimum()
    {
        // SVC(kernel='linear',C=1/(0.05*60),tol=1e-9).fit(X,b)
        double best = HingeObjective([-0.245504f, 0.350292f, -0.247453f, -0.002473f], -1.011225f);
        var model = _context.BinaryClassification.Trainers.LinearSvm(new LinearSvmTrainer.Options { LabelColumnName = "IsSecond", Lambda = 0.05f, NumberOfIterations = 2000, BatchSize = 10 })
            .Fit(WaveRow.View(_context)).Model;
        Assert.InRange(HingeObjective([.. model.Weights], model.Bias), best - 1e-5, best * 1.01);
    }

    [Fact]
    public void Many_passes_of_gradient_descent_come_near_the_logistic_regression()
    {
        // LogisticRegression(C=1/(0.1*60),tol=1e-12,max_iter=100000).fit(X,b)
        var options = new SgdCalibratedTrainer.Options { LabelColumnName = "IsSecond", L2Regularization = 0.1f, LearningRate = 0.1, NumberOfIterations = 3000, CheckFrequency = 0 };
        var model = _context.BinaryClassification.Trainers.SgdCalibrated(options).Fit(WaveRow.View(_context)).Model;
        AssertLinear([-0.316013f, 0.496286f, -0.348861f, -0.128506f], -0.988571f, model.SubModel, 0.02f);
        Assert.Equal(-1, model.Calibrator.Slope);
    }

    [Fact]
    public void The_averaged_perceptron_averages_what_it_passes_through()
    {
        // Two examples that are never shuffled, one pass, steps of the hinge loss at rate 1:
        // (0, 0) -> score 0 for x = (1, 0), true: (1, 0), bias 1; then x = (0, 2), false has score 1: (1, -2), bias 0.
        IDataView view = _context.Data.LoadFromEnumerable(new[] { new CornerRow { Features = [1, 0], Label = true }, new CornerRow { Features = [0, 2], Label = false } });
        var options = new AveragedPerceptronTrainer.Options { Shuffle = false, NumberOfIterations = 1 };
        var average = _context.BinaryClassification.Trainers.AveragedPerceptron(options).Fit(view).Model;
        Assert.Equal([1f, -1f], average.Weights);
        Assert.Equal(0.5f, average.Bias);
        options.Averaged = false;
        var last = _context.BinaryClassification.Trainers.AveragedPerceptron(options).Fit(view).Model;
        Assert.Equal([1f, -2f], last.Weights);
        Assert.Equal(0, last.Bias);
        // The second counts twice: (1 · 1 + 2 · 1) / 3, (0 - 2 · 2) / 3, 1 / 3.
        (options.Averaged, options.RecencyGain) = (true, 1);
        var late = _context.BinaryClassification.Trainers.AveragedPerceptron(options).Fit(view).Model;
        Assert.Equal(1, late.Weights[0], 1e-6f);
        Assert.Equal(-4f / 3, late.Weights[1], 1e-6f);
        Assert.Equal(1f / 3, late.Bias, 1e-6f);
        // Weights shrink by half after each step: (0.5, 0), then (0.25, -1).
        (options.RecencyGain, options.L2Regularization) = (0, 0.25f);
        var small = _context.BinaryClassification.Trainers.AveragedPerceptron(options).Fit(view).Model;
        Assert.Equal([0.375f, -0.5f], small.Weights);
    }

    [Fact]
    public void Online_gradient_descent_finds_a_line()
    {
        IDataView view = WaveRow.View(_context);
        var model = _context.Regression.Trainers.OnlineGradientDescent("Number", numberOfIterations: 400).Fit(view).Model;
        // LinearRegression().fit(X,t), whose steps the noise keeps from standing still.
        AssertLinear([1.0389f, 1.99318f, 2.9745f, 4.02878f], -0.00921f, model, 0.15f);
    }

    [Fact]
    public void Naive_bayes_is_that_of_scikit_learn()
    {
        var model = _context.MulticlassClassification.Trainers.NaiveBayes("Class").Fit(WaveRow.View(_context)).Model;
        // BernoulliNB(alpha=1,binarize=0).fit(X,y).predict_joint_log_proba(X)[:3]
        float[][] expected = [[-4.083445f, -3.152749f, -4.549877f], [-3.574983f, -5.389195f, -3.531308f], [-4.252863f, -4.077008f, -3.531308f]];
        FeatureMatrix features = WaveData.Dense();
        float[] scores = new float[3];
        for (int row = 0; row < 3; row++)
        {
            model.Score(features[row], scores);
            for (int k = 0; k < 3; k++) Assert.Equal(expected[row][k], scores[k], 1e-5f);
        }
        Assert.Equal(60, model.GetLabelHistogramLong().Sum());
        Assert.Equal(3, model.GetFeatureHistogramLong().Count);
    }

    [Fact]
    public void The_prior_is_the_weighted_share_of_positive_examples()
    {
        IDataView view = WaveRow.View(_context);
        var model = _context.BinaryClassification.Trainers.Prior("IsSecond", "Weight").Fit(view).Model;
        int[] classes = WaveData.ThreeClasses();
        float[] weights = WaveData.Weights();
        float share = Enumerable.Range(0, 60).Where(i => classes[i] == 1).Sum(i => weights[i]) / weights.Sum();
        Assert.Equal(share, model.Probability(0), 1e-6f);
    }

    private LinearBinaryModelParameters SdcaOf(ISupportSdcaClassificationLoss loss) =>
        _context.BinaryClassification.Trainers.SdcaNonCalibrated(new SdcaNonCalibratedBinaryTrainer.Options
        {
            LabelColumnName = "IsSecond",
            ExampleWeightColumnName = "Weight",
            LossFunction = loss,
            L2Regularization = 0.05f,
            ConvergenceTolerance = 1e-6f,
            MaximumNumberOfIterations = 20_000,
        }).Fit(WaveRow.View(_context)).Model;

    private LinearMulticlassModelParameters PairwiseOf(ISupportSdcaClassificationLoss? loss) =>
        _context.MulticlassClassification.Trainers.SdcaNonCalibrated(new SdcaNonCalibratedMulticlassTrainer.Options
        {
            LabelColumnName = "Class",
            ExampleWeightColumnName = "Weight",
            Loss = loss,
            L2Regularization = 0.05f,
            ConvergenceTolerance = 1e-6f,
            MaximumNumberOfIterations = 20_000,
        }).Fit(WaveRow.View(_context)).Model;

    private IDataView Counts()
    {
        FeatureMatrix features = WaveData.Dense();
        float[] numbers = WaveData.Numbers(), weights = WaveData.Weights();
        return _context.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new CountRow { Features = features[i].Values.ToArray(), Count = MathF.Abs(numbers[i]), Weight = weights[i] }).ToList());
    }

    private static double HingeObjective(float[] weights, float bias)
    {
        FeatureMatrix features = WaveData.Dense();
        int[] classes = WaveData.ThreeClasses();
        double loss = 0;
        for (int i = 0; i < 60; i++) loss += new HingeLoss().Loss(LinearScores.Dot(features[i], weights) + bias, classes[i] == 1 ? 1 : 0);
        return loss / 60 + 0.025 * weights.Sum(weight => (double)weight * weight);
    }

    private static void AssertLinear(float[] weights, float bias, LinearModelParameters model, float tolerance = 1e-3f)
    {
        for (int j = 0; j < weights.Length; j++) Assert.Equal(weights[j], model.Weights[j], tolerance);
        Assert.Equal(bias, model.Bias, tolerance);
    }

    private static void AssertClasses(float[][] weights, float[] biases, LinearMulticlassModelParameters model)
    {
        VBuffer<float>[] found = [];
        model.GetWeights(ref found, out int classCount);
        float[] foundBiases = [.. model.GetBiases()];
        for (int k = 0; k < classCount; k++)
        {
            for (int j = 0; j < weights[k].Length; j++) Assert.Equal(weights[k][j], found[k].GetItemOrDefault(j), 1e-3f);
            Assert.Equal(biases[k], foundBiases[k], 1e-3f);
        }
    }

    private sealed class CountRow
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public float Count { get; set; }

        public float Weight { get; set; }
    }
}
