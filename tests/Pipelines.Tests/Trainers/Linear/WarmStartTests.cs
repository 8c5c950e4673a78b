using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

public class WarmStartTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void An_optimum_stays_where_it_is()
    {
        IDataView view = WaveRow.View(_context);
        var binary = _context.BinaryClassification.Trainers.LbfgsLogisticRegression("IsSecond");
        var binaryModel = binary.Fit(view).Model.SubModel;
        Assert.Equal(binaryModel.Bias, binary.Fit(view, binaryModel).Model.SubModel.Bias, 1e-3f);
        var classes = _context.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Class");
        var classModel = classes.Fit(view).Model;
        Assert.Equal(classModel.GetBiases().First(), classes.Fit(view, classModel).Model.GetBiases().First(), 1e-3f);
    }

    [Fact]
    public void A_descent_goes_on_from_where_another_ended()
    {
        IDataView view = WaveRow.View(_context);
        var once = _context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options { LabelColumnName = "IsSecond", MaximumNumberOfIterations = 2 });
        var best = _context.BinaryClassification.Trainers.LbfgsLogisticRegression("IsSecond").Fit(view).Model.SubModel;
        var first = once.Fit(view).Model.SubModel;
        var second = once.Fit(view, first).Model.SubModel;
        Assert.True(Distance(second, best) < Distance(first, best));
    }

    [Fact]
    public void Online_trainers_start_at_the_given_model()
    {
        IDataView view = WaveRow.View(_context);
        var start = _context.Regression.Trainers.Ols("Number").Fit(view).Model;
        // Steps too small to lead away from it.
        var descent = _context.Regression.Trainers.OnlineGradientDescent(new OnlineGradientDescentTrainer.Options { LabelColumnName = "Number", LearningRate = 1e-6f });
        AssertNear(start, descent.Fit(view, start).Model);
        var perceptron = _context.BinaryClassification.Trainers.AveragedPerceptron("IsSecond", learningRate: 1e-6f);
        AssertNear(start, perceptron.Fit(view, start).Model);
        var gradient = _context.BinaryClassification.Trainers.SgdNonCalibrated("IsSecond", learningRate: 1e-7);
        AssertNear(start, gradient.Fit(view, start).Model);
        var vectors = _context.BinaryClassification.Trainers.LinearSvm(new LinearSvmTrainer.Options { LabelColumnName = "IsSecond", NoBias = true });
        Assert.Equal(0, vectors.Fit(view, start).Model.Bias);
    }

    [Fact]
    public void A_start_of_another_size_is_an_error()
    {
        var start = _context.Regression.Trainers.Ols("Number").Fit(_context.Data.LoadFromEnumerable(CornerRow.Corners())).Model;
        var error = Assert.Throws<ArgumentException>(() => _context.BinaryClassification.Trainers.AveragedPerceptron("IsSecond").Fit(WaveRow.View(_context), start));
        Assert.Contains("2 features", error.Message, StringComparison.Ordinal);
    }

    private static double Distance(LinearModelParameters a, LinearModelParameters b) => a.Weights.Zip(b.Weights).Sum(pair => Math.Pow(pair.First - pair.Second, 2)) + Math.Pow(a.Bias - b.Bias, 2);

    private static void AssertNear(LinearModelParameters expected, LinearModelParameters found)
    {
        for (int j = 0; j < expected.Weights.Count; j++) Assert.Equal(expected.Weights[j], found.Weights[j], 1e-3f);
        Assert.Equal(expected.Bias, found.Bias, 1e-3f);
    }
}
