using MLPipelines.Trainers;
using MLPipelines.Trainers.Trees;

namespace MLPipelines.Tests.Trainers.Trees;

public class GradientBoostingTests
{
    public static TheoryData<string> Kinds => ["plain", "sampled", "goss", "dart", "classes", "median", "forest", "weights"];

    private static TreeEnsemble LearnKind(string kind, int threads, int seed = 7)
    {
        BoostingSet set = TreeData.Regression(30_000);
        BoostingOptions options = TreeData.Small with { Threads = threads, TreeCount = 12, LeafCount = 20, LearningRate = 0.3, Seed = seed };
        return kind switch
        {
            "sampled" => set.Learn(options with { RowFraction = 0.6, RowFractionEvery = 2, FeatureFraction = 0.6, FeatureFractionPerSplit = 0.7 }),
            "goss" => set.Learn(options with { Goss = new GossOptions() }),
            "dart" => set.Learn(options with { TreeCount = 40, Dart = new DartOptions(0.1, SkipRate: 0.1, XgboostWeights: true) }),
            "classes" => set.With(label => Math.Clamp(MathF.Floor(label), 0, 3)).Learn(options, new SoftmaxObjective(4)),
            "median" => set.Learn(options, new AbsoluteObjective()),
            "forest" => RandomForest.Learn(set, options with { RowFraction = 0.5, FeatureFractionPerSplit = 0.6 }, TreeData.Environment),
            "weights" => (set with { Weights = [.. Enumerable.Range(0, set.RowCount).Select(i => i % 4 * 0.7f)] }).Learn(options),
            _ => set.Learn(options),
        };
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_number_of_threads_does_not_change_a_byte(string kind)
    {
        TreeEnsemble one = LearnKind(kind, 1);
        TreeData.AssertSame(one, LearnKind(kind, 2));
        TreeData.AssertSame(one, LearnKind(kind, 3));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void All_kinds_learn(string kind)
    {
        TreeEnsemble model = LearnKind(kind, 2);
        BoostingSet others = TreeData.Regression(1000, seed: 2);
        if (kind == "classes")
        {
            int right = 0;
            for (int i = 0; i < others.RowCount; i++)
            {
                float[] scores = new float[4];
                model.Score(others.Features[i], scores);
                if (Array.IndexOf(scores, scores.Max()) == (int)Math.Clamp(MathF.Floor(others.Labels[i]), 0, 3)) right++;
            }
            Assert.InRange(right, 850, 1000);
            return;
        }
        // The standard deviation of the labels is about 1.65.
        Assert.InRange(model.Rmse(others), 0, kind == "forest" ? 0.75 : 0.45);
    }

    [Theory]
    [InlineData("sampled")]
    [InlineData("goss")]
    [InlineData("dart")]
    [InlineData("forest")]
    public void Another_seed_gives_other_trees(string kind) =>
        Assert.NotEqual(LearnKind(kind, 2).Saved()["trees/leaf-values.npy"], LearnKind(kind, 2, seed: 8).Saved()["trees/leaf-values.npy"]);

    [Fact]
    public void A_missing_value_learns_its_side()
    {
        BoostingSet set = TreeData.Regression(3000);
        TreeEnsemble model = set.Learn(TreeData.Small with { TreeCount = 60 });
        float[] there = [0.1f, 0.5f, 0, 0, 0], missing = [0.1f, float.NaN, 0, 0, 0], scores = new float[2];
        model.Score(there, scores.AsSpan(0, 1));
        model.Score(missing, scores.AsSpan(1, 1));
        // Rows without the second feature are 3 above, less or more by whether it was above 0.2: 0.4 on average.
        Assert.InRange(scores[1] - scores[0], 2.0, 3.0);
    }

    [Fact]
    public void Where_none_was_missing_the_greater_side_is_taken()
    {
        float[][] rows = [.. Enumerable.Range(0, 100).Select(i => new[] { (float)i })];
        float[] labels = [.. Enumerable.Range(0, 100).Select(i => i < 30 ? 1f : 0)];
        DecisionTree tree = new BoostingSet(TreeData.Matrix(rows), labels).Learn(TreeData.Small with { TreeCount = 1, LeafCount = 2 }).Trees[0];
        Assert.Equal(29.5f, tree.Thresholds[0]);
        Assert.False(tree.MissingLeft[0]);
    }

    [Fact]
    public void Weights_are_as_rows_that_are_repeated()
    {
        BoostingSet set = TreeData.Regression(200);
        float[] weights = [.. Enumerable.Range(0, 200).Select(i => (float)(i % 3))];
        int[] repeated = [.. Enumerable.Range(0, 200).SelectMany(i => Enumerable.Repeat(i, i % 3))];
        var copies = new BoostingSet(set.Features.Select(repeated), Array.ConvertAll(repeated, row => set.Labels[row]));
        BoostingOptions options = TreeData.Small with { MinimumRowsPerLeaf = 1, MinimumHessianPerLeaf = 5 };
        TreeEnsemble weighted = (set with { Weights = weights }).Learn(options), plain = copies.Learn(options);
        float[] a = weighted.Scores(copies.Features), b = plain.Scores(copies.Features);
        for (int i = 0; i < a.Length; i++) Assert.Equal(b[i], a[i], 1e-4f);
        Assert.Equal(plain.Trees[0].LeafCovers, weighted.Trees[0].LeafCovers);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_quantile_covers_its_share(double alpha)
    {
        var random = new Random(5);
        BoostingSet Set(int rows)
        {
            float[][] x = [.. Enumerable.Range(0, rows).Select(_ => new[] { random.NextSingle() })];
            return new BoostingSet(TreeData.Matrix(x), [.. x.Select(v => v[0] + (1 + v[0]) * random.NextSingle())]);
        }
        BoostingSet train = Set(8000), test = Set(4000);
        float[] scores = train.Learn(TreeData.Small with { TreeCount = 50, MinimumRowsPerLeaf = 100 }, new QuantileObjective(alpha)).Scores(test.Features);
        double share = scores.Zip(test.Labels, (score, label) => label <= score ? 1.0 : 0).Average();
        Assert.InRange(share, alpha - 0.03, alpha + 0.03);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Monotone_constraints_hold(int direction)
    {
        var random = new Random(2);
        float[][] rows = [.. Enumerable.Range(0, 2000).Select(_ => new[] { random.NextSingle(), random.NextSingle() })];
        float[] labels = [.. rows.Select(x => direction * (MathF.Sin(9 * x[0]) + 2 * x[0]) + x[1] * x[0] + 0.3f * random.NextSingle())];
        var set = new BoostingSet(TreeData.Matrix(rows), labels);
        BoostingOptions options = TreeData.Small with { TreeCount = 40, LeafCount = 16, MonotoneConstraints = [direction, 0] };
        int Wrong(TreeEnsemble model)
        {
            int wrong = 0;
            for (int other = 0; other < 10; other++)
            {
                float[] scores = model.Scores(TreeData.Matrix([.. Enumerable.Range(0, 101).Select(i => new[] { i / 100f, other / 10f })]));
                for (int i = 1; i < scores.Length; i++)
                    if (direction * (scores[i] - scores[i - 1]) < -1e-6f) wrong++;
            }
            return wrong;
        }
        Assert.Equal(0, Wrong(set.Learn(options)));
        Assert.NotEqual(0, Wrong(set.Learn(options with { MonotoneConstraints = [] })));
        Assert.True(set.Learn(options).Rmse(set) < 0.5);
    }

    [Fact]
    public void Early_stopping_keeps_the_best_round()
    {
        BoostingSet train = TreeData.Regression(200), valid = TreeData.Regression(500, seed: 3);
        BoostingOptions options = TreeData.Small with { TreeCount = 300, LearningRate = 0.5, MinimumRowsPerLeaf = 2, EarlyStoppingRounds = 10 };
        TreeEnsemble model = train.Learn(options, validation: valid);
        Assert.InRange(model.Trees.Count, 2, 289);
        TreeEnsemble whole = train.Learn(options with { EarlyStoppingRounds = 0 });
        double Of(int rounds) => new TreeEnsemble(5, 1, [.. whole.Trees.Take(rounds)], whole.Bias).Rmse(valid);
        double best = Of(model.Trees.Count);
        for (int rounds = 1; rounds <= model.Trees.Count + 10; rounds++) Assert.True(Of(rounds) >= best - 1e-6, $"{rounds} rounds are better");
    }

    [Fact]
    public void Sparse_rows_are_as_dense_ones()
    {
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 700).Select(_ => Enumerable.Range(0, 30).Select(_ => random.NextSingle() < 0.7f ? 0 : random.Next(-4, 5) + 0.5f).ToArray())];
        float[] labels = [.. rows.Select(x => x[3] + (x[7] > 0 ? 2 : 0) - x[11] * x[2])];
        var starts = new List<long> { 0 };
        var indices = new List<int>();
        var values = new List<float>();
        foreach (float[] row in rows)
        {
            for (int j = 0; j < row.Length; j++)
            {
                if (row[j] == 0) continue;
                indices.Add(j);
                values.Add(row[j]);
            }
            starts.Add(indices.Count);
        }
        var dense = new BoostingSet(TreeData.Matrix(rows), labels);
        var sparse = new BoostingSet(new FeatureMatrix([.. starts], [.. indices], [.. values], 30), labels);
        TreeEnsemble expected = dense.Learn(TreeData.Small), actual = sparse.Learn(TreeData.Small, validation: sparse);
        TreeData.AssertSame(expected, actual);
        Assert.Equal(expected.Scores(dense.Features), actual.Scores(sparse.Features));
    }

    [Fact]
    public void A_step_for_poisson_does_not_jump_too_far()
    {
        float[][] rows = [.. Enumerable.Range(0, 1000).Select(i => new[] { (float)i })];
        float[] labels = [.. Enumerable.Range(0, 1000).Select(i => i >= 990 ? 500f : 1)];
        TreeEnsemble model = new BoostingSet(TreeData.Matrix(rows), labels).Learn(TreeData.Small with { TreeCount = 100, LearningRate = 0.1 }, new PoissonObjective());
        float[] score = new float[1];
        model.Score([995f], score);
        Assert.InRange(Math.Exp(score[0]), 450, 550);
        model.Score([100f], score);
        Assert.InRange(Math.Exp(score[0]), 0.9, 1.1);
    }

    [Fact]
    public void Ranking_puts_what_is_relevant_first()
    {
        var random = new Random(4);
        int[] groups = [.. Enumerable.Range(0, 101).Select(i => 20 * i)];
        float[][] rows = [.. Enumerable.Range(0, 2000).Select(_ => new[] { random.NextSingle(), random.NextSingle(), random.NextSingle() })];
        float[] labels = [.. rows.Select(x => MathF.Floor(3.99f * (0.8f * x[0] + 0.1f * x[1] + 0.1f * random.NextSingle())))];
        var set = new BoostingSet(TreeData.Matrix(rows), labels, Groups: groups);
        var objective = new LambdaRankObjective(truncation: 10);
        TreeEnsemble model = set.Learn(TreeData.Small, objective);
        double Mean(Func<int, float[]> scores) => Enumerable.Range(0, 100).Average(g => 1 - objective.Loss(labels.AsSpan(20 * g, 20), scores(g)));
        float[] all = model.Scores(set.Features);
        Assert.True(Mean(g => all[(20 * g)..(20 * g + 20)]) > 0.95);
        Assert.True(Mean(_ => new float[20]) < 0.7);
    }

    [Fact]
    public void A_cancelled_run_ends()
    {
        using var source = new CancellationTokenSource();
        TrainingEnvironment environment = TreeData.Environment;
        environment.CancellationToken = source.Token;
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => GradientBoosting.Learn(TreeData.Regression(100), new SquaredObjective(), TreeData.Small, environment));
    }
}
