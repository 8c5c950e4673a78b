using System.Globalization;
using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Tests.Trainers.Linear;
using MLPipelines.Trainers.FastTree;
using MLPipelines.Trainers.LightGbm;

namespace MLPipelines.Tests.Trainers.Trees;

/// <summary>
/// Trainers with the settings that ML.NET's own tests use, on the same data, against what those record: where nothing is drawn, every
/// score, to the precision of single numbers; where something is, metrics that are at most 0.01 worse.
/// </summary>
public class MlNetTreeTests
{
    private const string Cancer = "tabular/mlnet/breast-cancer.txt";

    [DatasetFact(MlNetBaselines.Archive)]
    public void FastTree_gives_every_row_the_score_that_ML_NET_recorded()
    {
        var context = new MLContext(1);
        // FastTree leaves rows with missing values out.
        var model = context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            NumberOfLeaves = 5, MinimumExampleCountPerLeaf = 5, LearningRate = 0.25, NumberOfTrees = 20,
        }).Fit(View(context, Rows(Cancer).Where(IsWhole)));
        AssertScores(context, model, "FastTreeBinaryClassification/FastTree-TrainTest-breast-cancer", IsWhole);
    }

    [DatasetFact(MlNetBaselines.Archive)]
    public void Gam_gives_every_row_the_score_that_ML_NET_recorded()
    {
        var context = new MLContext(1);
        var model = context.BinaryClassification.Trainers.Gam().Fit(View(context, Rows(Cancer).Where(IsWhole)));
        AssertScores(context, model, "BinaryClassificationGamTrainer/BinaryClassificationGamTrainer-TrainTest-breast-cancer", IsWhole);
    }

    [DatasetFact(MlNetBaselines.Archive)]
    public void LightGbm_gives_every_row_the_score_that_ML_NET_recorded_missing_values_too()
    {
        var context = new MLContext(1);
        var model = context.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
        {
            NumberOfLeaves = 5, MinimumExampleCountPerLeaf = 5, LearningRate = 0.25, NumberOfIterations = 20,
        }).Fit(View(context, Rows(Cancer)));
        AssertScores(context, model, "LightGBMBinary/LightGBM-TrainTest-breast-cancer", _ => true);
    }

    [DatasetFact(MlNetBaselines.Archive)]
    public void LightGbm_tells_irises_apart_as_well_as_ML_NET_recorded()
    {
        var context = new MLContext(1);
        IDataView data = context.Data.LoadFromEnumerable(Rows("tabular/mlnet/iris.txt").Select(row => new Iris { Label = (uint)row[0], Features = row[1..] }).ToList());
        var model = context.MulticlassClassification.Trainers.LightGbm(numberOfLeaves: 20, minimumExampleCountPerLeaf: 10, learningRate: 0.2, numberOfIterations: 10).Fit(data);
        var metrics = context.MulticlassClassification.Evaluate(model.Transform(data));
        var expected = new MlNetBaselines().Of("LightGBMMC/LightGBMMC-TrainTest-iris.key");
        Assert.InRange(metrics.MicroAccuracy, expected["Accuracy(micro-avg)"] - 0.01, 1);
        Assert.InRange(metrics.LogLoss, 0, expected["Log-loss"] + 0.01);
    }

    [DatasetFact(MlNetBaselines.Archive)]
    public void Trees_that_draw_rows_or_trees_do_as_well_as_ML_NET_recorded()
    {
        var context = new MLContext(1);
        IDataView data = View(context, Rows(Cancer)), whole = View(context, Rows(Cancer).Where(IsWhole));
        var baselines = new MlNetBaselines();
        LightGbmBinaryTrainer.Options Options(BoosterParameterBase.OptionsBase booster) => new()
        {
            NumberOfIterations = 10, LearningRate = 0.2, NumberOfLeaves = 20, MinimumExampleCountPerLeaf = 10, Booster = booster,
        };
        (string Table, ITransformer Model)[] cases =
        [
            ("LightGBM/LightGBMGoss-TrainTest-breast-cancer.goss", context.BinaryClassification.Trainers.LightGbm(Options(new GossBooster.Options())).Fit(data)),
            ("LightGBM/LightGBMDart-TrainTest-breast-cancer.dart", context.BinaryClassification.Trainers.LightGbm(Options(new DartBooster.Options())).Fit(data)),
            ("FastForestClassification/FastForestClassification-TrainTest-breast-cancer", context.BinaryClassification.Trainers.FastForest(
                new FastForestBinaryTrainer.Options { NumberOfLeaves = 5, NumberOfTrees = 10 }).Fit(whole)),
        ];
        foreach (var (table, model) in cases)
        {
            var metrics = context.BinaryClassification.EvaluateNonCalibrated(model.Transform(data));
            Assert.InRange(metrics.AreaUnderRocCurve, baselines.Of(table)["AUC"] - 0.01, 1);
            Assert.InRange(metrics.Accuracy, baselines.Of(table)["Accuracy"] - 0.01, 1);
        }
    }

    [DatasetFact(MlNetBaselines.Archive)]
    public void A_forest_of_house_prices_is_as_near_as_ML_NET_recorded()
    {
        var context = new MLContext(1);
        IDataView data = context.Data.LoadFromEnumerable(Rows("tabular/mlnet/housing.txt").Select(row => new House { Label = row[0], Features = row[1..] }).ToList());
        var model = context.Regression.Trainers.FastForest(numberOfLeaves: 5, numberOfTrees: 20, minimumExampleCountPerLeaf: 5).Fit(data);
        var expected = new MlNetBaselines().Of("FastForestRegression/FastForestRegression-TrainTest-housing");
        Assert.InRange(context.Regression.Evaluate(model.Transform(data)).RSquared, expected["R Squared"] - 0.01, 1);
    }

    /// <summary>Compares the scores of rows with the recorded ones: relative to 1 and more, to 10⁻⁵.</summary>
    private static void AssertScores(MLContext context, ITransformer model, string table, Predicate<float[]> isCompared)
    {
        float[][] rows = [.. Rows(Cancer)];
        float[] scores = [.. context.Data.CreateEnumerable<Scored>(model.Transform(View(context, rows)), reuseRowObject: false).Select(row => row.Score)];
        float[][] expected = MlNetBaselines.Rows(table, rowsAbove: 1);
        Assert.Equal(expected.Length, scores.Length);
        for (int i = 0; i < scores.Length; i++)
            if (isCompared(rows[i])) Assert.InRange(scores[i] - expected[i][2], -1e-5f * Math.Max(1, Math.Abs(expected[i][2])), 1e-5f * Math.Max(1, Math.Abs(expected[i][2])));
    }

    private static bool IsWhole(float[] row) => !Array.Exists(row, float.IsNaN);

    private static IDataView View(MLContext context, IEnumerable<float[]> rows) =>
        context.Data.LoadFromEnumerable(rows.Select(row => new Tumor { Label = row[0] > 0, Features = row[1..] }).ToList());

    /// <summary>The lines of numbers, with ? for a missing one; not comments and headers.</summary>
    private static IEnumerable<float[]> Rows(string file)
    {
        foreach (string line in File.ReadLines(Datasets.PathOf(file)))
        {
            string[] fields = line.Split('\t');
            float[] numbers = new float[fields.Length];
            bool isGood = fields.Length > 1;
            for (int i = 0; i < fields.Length; i++)
            {
                isGood &= float.TryParse(fields[i], CultureInfo.InvariantCulture, out numbers[i]) || fields[i] == "?";
                if (fields[i] == "?") numbers[i] = float.NaN;
            }
            if (isGood) yield return numbers;
        }
    }

    private sealed class Tumor
    {
        public bool Label { get; set; }

        [VectorType(9)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Iris
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(4)]
        public float[] Features { get; set; } = [];
    }

    private sealed class House
    {
        public float Label { get; set; }

        [VectorType(13)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Scored
    {
        public float Score { get; set; }
    }
}
