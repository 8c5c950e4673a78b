using System.Runtime.Intrinsics;
using MLPipelines.Testing;
using MLPipelines.Trainers;
using MLPipelines.Trainers.Recommender;

namespace MLPipelines.Tests.Trainers.Recommendation.MatrixFactorization;

public class MatrixFactorizationTests
{
    private sealed class Losses : List<double>, IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => Add(value.Loss!.Value);
    }

    private static float[] Scores(MatrixFactorizationModelParameters model) =>
        [.. from row in Enumerable.Range(1, model.NumberOfRows) from column in Enumerable.Range(1, model.NumberOfColumns) select model.Score((uint)row, (uint)column)];

    [Fact]
    public void The_loss_falls()
    {
        // With hardly any regularization, which the loss does not count.
        var losses = new Losses();
        MatrixFactorizationTrainer.Options options = Matrices.Options();
        options.Lambda = 1e-4;
        Matrices.Learn(Matrices.View(60, 50, Matrices.Sample(Matrices.LowRank(60, 50, 3), 0.5)), options, losses);
        Assert.Equal(20, losses.Count);
        for (int i = 1; i < losses.Count; i++) Assert.True(losses[i] < losses[i - 1], $"pass {i}: {losses[i]} after {losses[i - 1]}");
    }

    [Fact]
    public void A_matrix_of_low_rank_is_recovered_from_some_of_its_elements()
    {
        float[,] matrix = Matrices.LowRank(120, 80, 3);
        MatrixFactorizationTrainer.Options options = Matrices.Options();
        (options.Lambda, options.NumberOfIterations, options.LearningRate) = (1e-4, 200, 0.2);
        MatrixFactorizationModelParameters model = Matrices.Learn(Matrices.View(120, 80, Matrices.Sample(matrix, 0.4)), options);
        // All elements, six tenths of which were not learned from: their standard deviation is 0.33.
        double error = 0;
        for (int i = 0; i < 120; i++)
        {
            for (int j = 0; j < 80; j++) error += Math.Pow(model.Score((uint)i + 1, (uint)j + 1) - matrix[i, j], 2);
        }
        Assert.InRange(Math.Sqrt(error / (120 * 80)), 0, 0.02);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        // Enough elements for a grid of four by four blocks.
        MemoryView view = Matrices.View(400, 300, Matrices.Sample(Matrices.LowRank(400, 300, 3), 0.6));
        float[] Learn(int threads, MatrixFactorizationTrainer.LossFunctionType loss)
        {
            MatrixFactorizationTrainer.Options options = Matrices.Options();
            (options.NumberOfThreads, options.NumberOfIterations, options.LossFunction) = (threads, 3, loss);
            MatrixFactorizationModelParameters model = Matrices.Learn(view, options);
            return [.. model.LeftFactorMatrix, .. model.RightFactorMatrix];
        }
        foreach (var loss in Enum.GetValues<MatrixFactorizationTrainer.LossFunctionType>()) Assert.Equal(Learn(1, loss), Learn(2, loss));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_width_of_vectors_finds_the_same_bits(bool nonNegative)
    {
        var elements = Array.ConvertAll(Matrices.Sample(Matrices.LowRank(30, 20, 3), 0.7), element => new MatrixElement(element.Row, element.Column, element.Value - 0.5f));
        float[] Run<TLanes, TVector>() where TLanes : unmanaged, ILanes<TVector> where TVector : unmanaged
        {
            int[] rowCounts = new int[30], columnCounts = new int[20];
            Array.Fill(rowCounts, 1);
            Array.Fill(columnCounts, 1);
            var random = new Random(1);
            FactorState rows = new(rowCounts, [.. Enumerable.Range(0, 30)], 21, 0.1f, random, nonNegative), columns = new(columnCounts, [.. Enumerable.Range(0, 20)], 21, 0.1f, random, nonNegative);
            double loss = 0;
            for (int pass = 0; pass < 3; pass++) loss = FactorSteps.Run<TLanes, TVector>(elements, rows, columns, new FactorSettings(0.1f, 0.05f, nonNegative));
            return [(float)loss, .. rows.ToTable(1), .. columns.ToTable(1)];
        }
        float[] expected = Run<ScalarLane, float>();
        Assert.All(expected, value => Assert.True(float.IsFinite(value)));
        Assert.Equal(expected, Run<Lanes4, Vector128<float>>());
        Assert.Equal(expected, Run<Lanes8, Vector256<float>>());
        Assert.Equal(expected, Run<Lanes16, Vector512<float>>());
    }

    [Theory]
    [InlineData(MatrixFactorizationTrainer.LossFunctionType.SquareLossRegression)]
    [InlineData(MatrixFactorizationTrainer.LossFunctionType.SquareLossOneClass)]
    public void Factors_are_not_negative_where_that_is_wanted(MatrixFactorizationTrainer.LossFunctionType loss)
    {
        // Values below zero draw factors there: half of those given, and with one class all that are not.
        MemoryView view = Matrices.View(40, 30, Matrices.Sample(Matrices.LowRank(40, 30, 3), 0.5).Select(element => (element.Row, element.Column, element.Value - 0.75f)));
        MatrixFactorizationTrainer.Options options = Matrices.Options();
        (options.LossFunction, options.C, options.Alpha) = (loss, -1, 0.5);
        MatrixFactorizationModelParameters free = Matrices.Learn(view, options);
        options.NonNegative = true;
        MatrixFactorizationModelParameters bound = Matrices.Learn(view, options);
        Assert.Contains(free.LeftFactorMatrix.Concat(free.RightFactorMatrix), factor => factor < 0);
        Assert.DoesNotContain(bound.LeftFactorMatrix.Concat(bound.RightFactorMatrix), factor => factor < 0);
    }

    [Fact]
    public void What_is_not_known_scores_the_mean_of_what_is()
    {
        // Row 4 and column 3 have no element; row 1 has two.
        MemoryView view = Matrices.View(5, 4, [(0, 0, 1f), (0, 1, 2), (1, 0, 3), (2, 1, 5), (3, 3, 4)]);
        MatrixFactorizationModelParameters model = Matrices.Learn(view, Matrices.Options());
        float expected = (2 * model.Score(1, 1) + model.Score(2, 1) + model.Score(3, 1) + model.Score(4, 1)) / 5;
        foreach (uint unknown in new uint[] { 0, 5, 6, uint.MaxValue }) Assert.Equal(expected, model.Score(unknown, 1), 1e-5f);
        expected = (2 * model.Score(1, 1) + 2 * model.Score(1, 2) + model.Score(1, 4)) / 5;
        foreach (uint unknown in new uint[] { 0, 3, 5, uint.MaxValue }) Assert.Equal(expected, model.Score(1, unknown), 1e-5f);
        Assert.Equal(3, model.Score(0, 0), 1e-6f);
        Assert.All(Scores(model), score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void Values_that_are_all_the_same_are_learned()
    {
        foreach (float value in new[] { 0f, 3, -2000, 0.5f })
        {
            MatrixFactorizationTrainer.Options options = Matrices.Options();
            (options.Lambda, options.NumberOfIterations, options.LearningRate) = (1e-3, 100, 0.3);
            var model = Matrices.Learn(Matrices.View(10, 10, from i in Enumerable.Range(0, 10) from j in Enumerable.Range(0, 10) select (i, j, value)), options);
            Assert.All(Scores(model), score => Assert.Equal(value, score, value == 0 ? 0.02f : Math.Abs(value) * 0.01f));
        }
    }

    [Theory]
    [InlineData("ApproximationRank")]
    [InlineData("NumberOfIterations")]
    [InlineData("NumberOfThreads")]
    [InlineData("Lambda")]
    [InlineData("LearningRate")]
    [InlineData("Alpha")]
    public void An_option_out_of_its_range_is_named(string name)
    {
        MatrixFactorizationTrainer.Options options = Matrices.Options();
        typeof(MatrixFactorizationTrainer.Options).GetField(name)!.SetValue(options, name is "Lambda" or "LearningRate" or "Alpha" ? 0d : (object)0);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new MLContext().Recommendation().Trainers.MatrixFactorization(options));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cross_validation_measures_what_was_held_out()
    {
        MemoryView view = Matrices.View(60, 50, Matrices.Sample(Matrices.LowRank(60, 50, 3), 0.8));
        RecommendationCatalog catalog = new MLContext(seed: 1).Recommendation();
        var results = catalog.CrossValidate(view, catalog.Trainers.MatrixFactorization("Label", "Column", "Row"), numberOfFolds: 3);
        Assert.Equal(3, results.Count);
        // Their standard deviation is 0.33.
        Assert.All(results, result => Assert.InRange(result.Metrics.RootMeanSquaredError, 0.01, 0.25));
    }

    [DatasetFact("recommendation/ml-100k/u1.test")]
    public void MovieLens_is_predicted_as_well_as_by_LIBMF()
    {
        // LIBMF (-k 64 -t 20 -l2 0.1 -r 0.1 -s 2, its default build): 0.9207 on u1.
        var options = Matrices.Options();
        options.ApproximationRank = 64;
        MatrixFactorizationModelParameters model = Matrices.Learn(Matrices.View(943, 1682, MovieLens.Read("u1.base.gz")), options);
        double error = MovieLens.Read("u1.test").Average(rating => Math.Pow(model.Score((uint)rating.Row + 1, (uint)rating.Column + 1) - rating.Value, 2));
        Assert.InRange(Math.Sqrt(error), 0.90, 0.9207);
    }
}
