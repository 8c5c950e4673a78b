using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers.FastTree;

namespace MLPipelines.Tests.Trainers.Trees.Gam;

public class GamTests
{
    [Fact]
    public void One_round_at_full_rate_is_the_best_split_of_each_feature()
    {
        var context = new MLContext(1);
        // By hand: split between 2 and 3, with means 0 and 10; less the mean of all, 5. The constant feature has no function.
        var model = context.Regression.Trainers.Gam(new GamRegressionTrainer.Options { NumberOfIterations = 1, LearningRate = 1, MinimumExampleCountPerLeaf = 1 })
            .Fit(FastTree.RegressionTreeTests.StepRows()).Model;
        Assert.Equal(1, model.NumberOfShapeFunctions);
        Assert.Equal(5, model.Bias);
        Assert.Empty(model.GetBinEffects(0));
        Assert.Equal([-5.0, 5], model.GetBinEffects(1));
        Assert.Equal([2.5, double.PositiveInfinity], model.GetBinUpperBounds(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.GetBinEffects(2));
    }

    [Fact]
    public void Functions_add_up_to_the_score_and_have_mean_0()
    {
        var context = new MLContext(1);
        MemoryView rows = Curves(missing: false);
        var transformer = context.Regression.Trainers.Gam(numberOfIterations: 500, learningRate: 0.05).Fit(rows);
        GamRegressionModelParameters model = transformer.Model;
        float[] scores = [.. context.Data.CreateEnumerable<FastTree.RegressionTreeTests.Scored>(transformer.Transform(rows), reuseRowObject: false).Select(row => row.Score)];
        var features = (VectorColumn<float>)rows.ColumnOf("Features");
        double[] sums = new double[2];
        for (int row = 0; row < scores.Length; row++)
        {
            double score = model.Bias;
            for (int feature = 0; feature < 2; feature++)
            {
                float value = features[row].Values[feature];
                double effect = model.GetBinEffects(feature)[model.GetBinUpperBounds(feature).TakeWhile(bound => bound < value).Count()];
                score += effect;
                sums[feature] += effect;
            }
            Assert.Equal(score, scores[row], 4);
        }
        Assert.All(sums, sum => Assert.Equal(0, sum, 6));
        Assert.True(context.Regression.Evaluate(transformer.Transform(rows)).RSquared > 0.99);
    }

    [Fact]
    public void A_missing_value_has_an_effect_of_its_own()
    {
        var context = new MLContext(1);
        MemoryView rows = Curves(missing: true);
        var model = context.Regression.Trainers.Gam(numberOfIterations: 500, learningRate: 0.05).Fit(rows);
        // The rows without the first feature are 20 above the others, which no other feature tells.
        Assert.True(context.Regression.Evaluate(model.Transform(rows)).RSquared > 0.99);
    }

    [Fact]
    public void Weights_count_as_rows_do()
    {
        var context = new MLContext(1);
        var options = new GamBinaryTrainer.Options { NumberOfIterations = 50, LearningRate = 0.1, MinimumExampleCountPerLeaf = 1 };
        MemoryView twice = new MemoryView().AddVectors("Features", [[1f], [2f], [2f], [3f], [4f], [4f]]).Add("Label", true, false, false, false, true, true);
        MemoryView weighed = new MemoryView().AddVectors("Features", [[1f], [2f], [3f], [4f]]).Add("Label", true, false, false, true).Add("Weight", 1f, 2, 1, 2);
        var plain = context.BinaryClassification.Trainers.Gam(options).Fit(twice).Model.SubModel;
        options.ExampleWeightColumnName = "Weight";
        var weights = context.BinaryClassification.Trainers.Gam(options).Fit(weighed).Model.SubModel;
        Assert.Equal(plain.Bias, weights.Bias, 9);
        Assert.Equal(plain.GetBinUpperBounds(0), weights.GetBinUpperBounds(0));
        Assert.Equal(plain.GetBinEffects(0).Count, weights.GetBinEffects(0).Count);
        for (int bin = 0; bin < weights.GetBinEffects(0).Count; bin++) Assert.Equal(plain.GetBinEffects(0)[bin], weights.GetBinEffects(0)[bin], 9);
    }

    /// <summary>A parabola of one feature and a step of another; where the first is missing, 20.</summary>
    private static MemoryView Curves(bool missing)
    {
        var random = new Random(3);
        float[][] features = [.. Enumerable.Range(0, 400).Select(_ => new float[] { random.NextSingle() * 4 - 2, random.NextSingle() })];
        float[] labels = [.. features.Select(row => row[0] * row[0] + (row[1] > 0.5f ? 3 : 0))];
        for (int row = 0; missing && row < features.Length; row += 5) (features[row][0], labels[row]) = (float.NaN, 20 + (features[row][1] > 0.5f ? 3 : 0));
        return new MemoryView().AddVectors("Features", features).Add("Label", labels);
    }
}
