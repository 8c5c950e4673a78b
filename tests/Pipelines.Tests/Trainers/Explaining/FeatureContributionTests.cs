using MLPipelines.Calibrators;
using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers;
using MLPipelines.Transforms;

namespace MLPipelines.Tests.Trainers.Explaining;

public sealed class FeatureContributionTests
{
    private readonly MLContext _context = new(seed: 1);

    private static readonly float[][] Rows = [[1f, 2, 0], [2, 1, 1], [0, -1, 3], [4, 2, -2], [-1, 0, 1], [3, 3, 0]];

    private static MemoryView Data() => new MemoryView().AddVectors("Features", Rows, ["a", "b", "c"])
        .Add("Label", true, false, true, false, true, false).Add("Number", 1f, 2, 3, 4, 5, 6).AddKeys("Class", [1, 2, 3, 1, 2, 3], "x", "y", "z");

    private static float[][] Contributions(IDataView data) => ViewContents.Vectors<float>(data, "FeatureContributions");

    [Fact]
    public void Contributions_to_a_linear_model_and_its_bias_sum_to_the_score()
    {
        var model = _context.Regression.Trainers.Ols("Number").Fit(Data());
        IDataView output = _context.Transforms.CalculateFeatureContribution(model, normalize: false).Fit(model.Transform(Data())).Transform(model.Transform(Data()));
        float[] scores = ViewContents.Values<float>(output, "Score");
        float[][] contributions = Contributions(output);
        for (int row = 0; row < Rows.Length; row++)
        {
            Assert.Equal(scores[row], model.Model.Bias + contributions[row].Sum(), 1e-4);
            for (int j = 0; j < 3; j++) Assert.Equal(model.Model.Weights[j] * Rows[row][j], contributions[row][j]);
        }
        Assert.Equal(["a", "b", "c"], ViewContents.SlotNames(output, "FeatureContributions"));
    }

    [Fact]
    public void A_model_with_a_calibrator_is_explained_by_its_score()
    {
        BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>> model =
            _context.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(Data());
        IDataView output = _context.Transforms.CalculateFeatureContribution(model, normalize: false).Fit(Data()).Transform(model.Transform(Data()));
        float[] scores = ViewContents.Values<float>(output, "Score");
        float[][] contributions = Contributions(output);
        for (int row = 0; row < Rows.Length; row++) Assert.Equal(scores[row], model.Model.SubModel.Bias + contributions[row].Sum(), 1e-5);
    }

    [Fact]
    public void Models_of_several_classes_have_contributions_per_class()
    {
        var entropy = _context.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Class").Fit(Data());
        AssertLogits(entropy, entropy.Model, probabilitiesOf: scores => [.. scores.Select(Math.Exp).Select(e => e / scores.Sum(Math.Exp))]);
        var all = _context.MulticlassClassification.Trainers.OneVersusAll(_context.BinaryClassification.Trainers.LbfgsLogisticRegression(), "Class").Fit(Data());
        AssertLogits(all, all.Model, probabilitiesOf: scores => [.. scores.Select(s => 1 / (1 + Math.Exp(-s))).Select(p => p / scores.Sum(s => 1 / (1 + Math.Exp(-s))))]);
    }

    private void AssertLogits<TModel>(MulticlassPredictionTransformer<TModel> transformer, ICalculateFeatureContribution model, Func<double[], double[]> probabilitiesOf)
        where TModel : class, ICalculateFeatureContribution
    {
        IDataView output = _context.Transforms.CalculateFeatureContribution(transformer, normalize: false).Fit(Data()).Transform(transformer.Transform(Data()));
        Assert.Equal("Vector<Single, 3, 3>", output.Schema["FeatureContributions"].Type.ToString());
        float[][] contributions = Contributions(output), scores = ViewContents.Vectors<float>(output, "Score");
        for (int row = 0; row < Rows.Length; row++)
        {
            double[] sums = [.. Enumerable.Range(0, 3).Select(k => model.FeatureContributionCalculator.BaseScores[k] + contributions[row].Skip(3 * k).Take(3).Sum(c => (double)c))];
            double[] expected = probabilitiesOf(sums);
            for (int k = 0; k < 3; k++) Assert.Equal(expected[k], scores[row][k], 1e-5);
        }
    }

    [Fact]
    public void Contributions_to_trees_and_their_base_sum_to_the_score()
    {
        var random = new Random(5);
        float[][] rows = [.. Enumerable.Range(0, 300).Select(_ => new[] { random.NextSingle(), random.NextSingle(), random.Next(3) })];
        float[] labels = Array.ConvertAll(rows, row => row[0] * row[1] + row[2] + random.NextSingle() / 10);
        MemoryView data = new MemoryView().AddVectors("Features", rows).Add("Label", labels).Add("Truth", Array.ConvertAll(labels, label => label > 1))
            .AddKeys("Class", Array.ConvertAll(rows, row => (uint)row[2] + 1), "x", "y", "z");
        var regression = _context.Regression.Trainers;
        AssertSums(data, regression.FastTree(numberOfTrees: 20, numberOfLeaves: 8).Fit(data));
        AssertSums(data, regression.LightGbm(numberOfIterations: 20, numberOfLeaves: 8).Fit(data));
        AssertSums(data, regression.FastForest(numberOfTrees: 10).Fit(data));
        AssertSums(data, regression.Gam().Fit(data));
        AssertSums(data, _context.BinaryClassification.Trainers.FastForest("Truth", numberOfTrees: 10).Fit(data));
        AssertSums(data, regression.FastTreeTweedie(numberOfTrees: 20).Fit(data), scoreOf: Math.Exp);
        var binary = _context.BinaryClassification.Trainers.LightGbm("Truth", numberOfIterations: 10).Fit(data);
        AssertSums(data, binary, binary.Model.SubModel, score => score, tolerance: 1e-4);
        var classes = _context.MulticlassClassification.Trainers.LightGbm("Class", numberOfIterations: 10).Fit(data);
        IDataView output = _context.Transforms.CalculateFeatureContribution(classes).Fit(data).Transform(data);
        Assert.Equal("Vector<Single, 3, 3>", output.Schema["FeatureContributions"].Type.ToString());
        // The class is the third feature; normalized, it contributes most.
        Assert.All(Contributions(output), row => Assert.Equal(1, Math.Abs(row[2])));
    }

    private void AssertSums<TModel>(IDataView data, ISingleFeaturePredictionTransformer<TModel> model, Func<double, double>? scoreOf = null) where TModel : class, ICalculateFeatureContribution =>
        AssertSums(data, model, model.Model, scoreOf ?? (score => score), tolerance: 1e-4);

    private static void AssertSums(IDataView data, ITransformer transformer, ICalculateFeatureContribution model, Func<double, double> scoreOf, double tolerance)
    {
        IDataView scored = transformer.Transform(data);
        float[] scores = ViewContents.Values<float>(scored, "Score");
        float[][] contributions = Contributions(new FeatureContributionCalculatingEstimator(model, "Features", 10, 10, normalize: false).Fit(scored).Transform(scored));
        for (int row = 0; row < scores.Length; row++)
            Assert.Equal(scores[row], scoreOf(model.FeatureContributionCalculator.BaseScores[0] + contributions[row].Sum(c => (double)c)), tolerance);
    }

    [Fact]
    public void A_model_without_contributions_is_told_by_name()
    {
        var model = _context.MulticlassClassification.Trainers.OneVersusAll(_context.BinaryClassification.Trainers.LdSvm(numberOfIterations: 10), "Class").Fit(Data());
        var error = Assert.Throws<NotSupportedException>(() => _context.Transforms.CalculateFeatureContribution(model).Fit(Data()));
        Assert.Contains("local-deep-svm", error.Message, StringComparison.Ordinal);
        Assert.False(ScoreContributions.Exist(model.Model));
    }

    [Theory]
    [InlineData(10, 10, false, new[] { 3f, -1, 0, -5, 2, 3 })]
    [InlineData(2, 1, false, new[] { 3f, 0, 0, -5, 0, 3 })]
    [InlineData(1, 0, false, new[] { 3f, 0, 0, 0, 0, 0 })]
    [InlineData(0, 2, true, new[] { 0f, -0.2f, 0, -1, 0, 0 })]
    [InlineData(10, 10, true, new[] { 0.6f, -0.2f, 0, -1, 0.4f, 0.6f })]
    [InlineData(0, 0, true, new[] { 0f, 0, 0, 0, 0, 0 })]
    public void The_largest_contributions_of_each_sign_are_left(int positive, int negative, bool normalize, float[] expected)
    {
        float[] contributions = [3, -1, 0, -5, 2, 3];
        new ContributionSelection(positive, negative, normalize).Apply(contributions);
        Assert.Equal(expected, contributions);
    }

    public abstract class ContractOf(Func<MLContext, IEstimator<ITransformer>> create) : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Features"];

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => create(context);

        protected override IDataView CreateData(MLContext context) => Data();

        protected override IDataView CreateDataOfWrongType(MLContext context) => new MemoryView().Add("Features", 1f, 2, 3);
    }

    public sealed class LinearContract() : ContractOf(context =>
        context.Transforms.CalculateFeatureContribution(context.Regression.Trainers.Ols("Number").Fit(Data()), numberOfPositiveContributions: 1));

    public sealed class ClassesContract() : ContractOf(context =>
        context.Transforms.CalculateFeatureContribution(context.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Class").Fit(Data())))
    {
        protected override IDataView CreateData(MLContext context) => new MemoryView().AddSparse("Features", Rows);
    }

    public sealed class TreesContract() : ContractOf(context =>
        context.Transforms.CalculateFeatureContribution(context.AnomalyDetection.Trainers.IsolationForest(numberOfTrees: 5, seed: 2).Fit(Data()), normalize: false));
}
