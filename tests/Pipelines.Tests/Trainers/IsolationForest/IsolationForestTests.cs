using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Tests.Trainers.IsolationForest;

public sealed class IsolationForestTests
{
    private readonly MLContext _context = new(seed: 1);

    // By hand: c(2) = 2·1 − 1 = 1; c(3) = 2·1.5 − 4/3; c(4) = 2·(11/6) − 6/4. The paper's c(256) = 10.24 by ln(255) + 0.5772156649 for the harmonic number.
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 1.6666667)]
    [InlineData(4, 2.1666667)]
    [InlineData(256, 10.2487)]
    public void The_mean_path_is_that_of_the_paper(int rows, double expected) => Assert.Equal(expected, IsolationTree.MeanPath(rows), 1e-4);

    [Fact]
    public void Leaves_are_path_lengths_and_what_is_not_parted_adds_the_mean_path()
    {
        var random = new SplitMixRandom(1000, 0, 0);
        float[] values = [1, 1, 1, 5, 9];
        DecisionTree tree = IsolationTree.Grow(new FeatureMatrix(values, 5, 1), [0, 1, 2, 3, 4], random);
        foreach (float value in values)
        {
            int depth = 0, node = 0;
            for (; node >= 0; depth++) node = tree.GoesLeft(node, [value]) ? tree.Left[node] : tree.Right[node];
            Assert.Equal(depth + IsolationTree.MeanPath((int)tree.LeafCovers[~node]), tree.LeafValues[~node], 1e-6);
        }
        // The three equal rows share a leaf, whichever way the others were parted.
        Assert.Equal(3, tree.LeafCovers[tree.LeafOf([1])]);
        Assert.Equal(5, tree.Covers[0]);
    }

    [Fact]
    public void The_score_is_the_formula_of_the_paper()
    {
        var random = new Random(3);
        float[][] rows = [.. Enumerable.Range(0, 200).Select(_ => new[] { random.NextSingle(), random.NextSingle() }), [9, 9]];
        var data = new MemoryView().AddVectors("Features", rows);
        var model = _context.AnomalyDetection.Trainers.IsolationForest(numberOfTrees: 50, numberOfRowsPerTree: 64).Fit(data);
        float[] scores = ViewContents.Values<float>(model.Transform(data), "Score");
        var source = (ICalculateFeatureContribution)model.Model;
        // The binary logarithm of the score is −h / c(64): its contributions and their base sum to it.
        float[] contributions = new float[2];
        source.FeatureContributionCalculator.CreateKernel()(RowVector<float>.Dense(rows[^1]), contributions);
        Assert.Equal(Math.Log2(scores[^1]), contributions.Sum() + source.FeatureContributionCalculator.BaseScores[0], 1e-5);
        Assert.Equal(scores.Max(), scores[^1]);
        Assert.InRange(scores[^1], 0.65f, 1);
        Assert.InRange(scores[..^1].Average(), 0.4f, 0.55f);
    }

    [Fact]
    public void Rows_that_are_all_the_same_score_a_half()
    {
        var data = new MemoryView().AddVectors("Features", [.. Enumerable.Repeat(new[] { 1f, 2 }, 20)]);
        Assert.All(ViewContents.Values<float>(_context.AnomalyDetection.Trainers.IsolationForest().Fit(data).Transform(data), "Score"), score => Assert.Equal(0.5f, score, 1e-6f));
    }

    [Fact]
    public void Sparse_rows_are_parted_at_zeros_that_are_not_stored()
    {
        float[][] rows = [.. Enumerable.Range(0, 40).Select(i => new float[] { 0, i % 2, 0 }), [0, 0, 7]];
        var sparse = new MemoryView().AddSparse("Features", rows);
        IDataView output = _context.AnomalyDetection.Trainers.IsolationForest(seed: 4).Fit(sparse).Transform(sparse);
        float[] scores = ViewContents.Values<float>(output, "Score");
        Assert.Equal(scores.Max(), scores[^1]);
        Assert.True(scores[^1] > scores[0] + 0.1f);
    }

    // /usr/bin/python3: roc_auc_score(y, -IsolationForest(random_state=s).fit(X).score_samples(X)) over s = 0 … 4: mammography 0.852 to 0.864, mean 0.859;
    // oil-spill 0.732 to 0.748, mean 0.739
    [DatasetTheory("tabular/uci")]
    [InlineData("tabular/uci/mammography.csv.gz", 6, 0.852)]
    [InlineData("tabular/uci/oil-spill.csv", 49, 0.732)]
    public void Public_anomalies_are_told_as_well_as_by_scikit_learn(string file, int features, double lowest)
    {
        IDataView data = _context.Data.LoadFromTextFile(Datasets.PathOf(file),
            [new TextLoader.Column("Features", DataKind.Single, 0, features - 1), new TextLoader.Column("Text", DataKind.String, features)], separatorChar: ',');
        var model = _context.AnomalyDetection.Trainers.IsolationForest().Fit(data);
        float[] labels = [.. ViewContents.Texts(data, "Text").Select(text => text.Trim('\'') == "1" ? 1f : 0)];
        MemoryView scored = MemoryView.Copy(model.Transform(data)).Add("Label", labels);
        Assert.InRange(_context.AnomalyDetection.Evaluate(scored).AreaUnderRocCurve, lowest, 0.9);
    }

    public sealed class Contract : EstimatorContract
    {
        protected override string[] RequiredColumns => ["Features"];

        protected override bool IsTrainer => true;

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context) => CreateEstimator(context, 2);

        protected override IEstimator<ITransformer> CreateEstimator(MLContext context, int numberOfThreads) => context.AnomalyDetection.Trainers.IsolationForest(
            new IsolationForestTrainer.Options { NumberOfTrees = 7, NumberOfRowsPerTree = 4, NumberOfThreads = numberOfThreads });

        protected override IDataView CreateData(MLContext context) => new MemoryView().AddVectors("Features", [[1f, 2, 0], [2, 1, 1], [10, -1, 3], [1, 2, 1], [1, 0, 1]]);

        protected override IDataView CreateDataOfWrongType(MLContext context) => new MemoryView().Add("Features", 1f, 2, 3);

        protected override EdgeOutcome OutcomeOf(EdgeCase edge) => edge == EdgeCase.ConstantColumns ? EdgeOutcome.Works : EdgeOutcome.Throws;
    }
}
