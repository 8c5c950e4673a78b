using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers.FastTree;

namespace MLPipelines.Tests.Trainers.Trees;

/// <summary>
/// The trees that ML.NET's documentation prints: features and rows drawn by chance, penalties, and which of equal bins is taken. Source: the samples
/// Dynamic/Transforms/TreeFeaturization of dotnet/machinelearning, 100 rows whose label and three features are drawn from <c>new Random(0)</c>.
/// </summary>
public class PublishedTreeTests
{
    private sealed class Example
    {
        public float Label { get; set; }

        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }

    private static readonly MLContext Context = new(seed: 0);

    private static IDataView Examples()
    {
        var random = new Random(0);
        return Context.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(_ =>
        {
            float label = (float)random.NextDouble();
            return new Example { Label = label, Features = [label + (float)random.NextDouble(), label + (float)random.NextDouble(), label + (float)random.NextDouble()] };
        }).ToList());
    }

    private static T Options<T>(T options) where T : TreeOptions
    {
        (options.FeatureFraction, options.FeatureFirstUsePenalty, options.NumberOfTrees, options.NumberOfLeaves) = (0.8, 0.1, 3, 6);
        return options;
    }

    private static void AssertTrees(IEstimator<ITransformer> featurizer, float[][] expected)
    {
        IDataView data = Examples();
        float[][] trees = ViewContents.Vectors<float>(featurizer.Fit(data).Transform(data), "Trees");
        for (int row = 0; row < expected.Length; row++)
            for (int tree = 0; tree < expected[row].Length; tree++) Assert.Equal(expected[row][tree], trees[row][tree], 2e-7f);
    }

    [Fact]
    public void Boosted_trees_are_those_that_ML_NET_prints() => AssertTrees(
        Context.Transforms.FeaturizeByFastTreeRegression(new FastTreeRegressionFeaturizationEstimator.Options { InputColumnName = "Features", TreesColumnName = "Trees", TrainerOptions = Options(new FastTreeRegressionTrainer.Options()) }),
        [[0.1507567f, 0.1372715f, 0.1019326f], [0.07604675f, 0.08244576f, 0.03080027f], [0.1507567f, 0.1090626f, 0.0731837f]]);

    [Fact]
    public void Trees_of_a_Tweedie_loss_are_those_that_ML_NET_prints() => AssertTrees(
        Context.Transforms.FeaturizeByFastTreeTweedie(new FastTreeTweedieFeaturizationEstimator.Options { InputColumnName = "Features", TreesColumnName = "Trees", TrainerOptions = Options(new FastTreeTweedieTrainer.Options()) }),
        [[-0.05652997f, -0.02312196f, -0.01179363f], [-0.1933938f, -0.1042738f, -0.2312837f], [-0.05652997f, -0.06082304f, -0.04528879f]]);

    [Fact]
    public void Trees_of_a_forest_are_those_that_ML_NET_prints() => AssertTrees(
        Context.Transforms.FeaturizeByFastForestRegression(new FastForestRegressionFeaturizationEstimator.Options { InputColumnName = "Features", TreesColumnName = "Trees", TrainerOptions = Options(new FastForestRegressionTrainer.Options()) }),
        [[0.7291142f, 0.7825329f, 0.8764582f], [0.3802337f, 0.584159f, 0.5648927f], [0.7591804f, 0.7825329f, 0.7443035f]]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_is_drawn_does_not_depend_on_threads(int threads)
    {
        var options = Options(new FastForestRegressionTrainer.Options { NumberOfThreads = threads });
        Trees_of(options, out float[] scores);
        Trees_of(Options(new FastForestRegressionTrainer.Options { NumberOfThreads = 1 }), out float[] expected);
        Assert.Equal(expected, scores);
    }

    private static void Trees_of(FastForestRegressionTrainer.Options options, out float[] scores)
    {
        IDataView data = Examples();
        scores = ViewContents.Values<float>(Context.Regression.Trainers.FastForest(options).Fit(data).Transform(data), "Score");
    }
}
