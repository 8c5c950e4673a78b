using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

public class LinearTrainerTests
{
    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string> Multiclass => [.. ClassTrainers.Names];

    [Theory]
    [MemberData(nameof(Multiclass))]
    public void Classes_are_learned_and_a_class_without_rows_has_probability_zero(string trainer)
    {
        List<CornerRow> rows = CornerRow.Corners();
        IDataView view = _context.Data.LoadFromEnumerable(rows);
        List<ClassPrediction> predictions = [.. _context.Data.CreateEnumerable<ClassPrediction>(ClassTrainers.Of(_context, trainer).Fit(view).Transform(view), reuseRowObject: false)];
        for (int i = 0; i < rows.Count; i++)
        {
            Assert.Equal(rows[i].Class + 1, predictions[i].PredictedLabel);
            Assert.Equal(4, predictions[i].Score.Length);
            Assert.Equal(1, predictions[i].Score.Sum(), 1e-5f);
            Assert.Equal(0, predictions[i].Score[3]);
        }
    }

    [Theory]
    [MemberData(nameof(Multiclass))]
    public void The_schema_is_as_promised(string trainer)
    {
        IDataView view = _context.Data.LoadFromEnumerable(CornerRow.Corners());
        var estimator = ClassTrainers.Of(_context, trainer);
        DataViewSchema found = estimator.Fit(view).Transform(view).Schema;
        foreach (SchemaShape.Column promised in estimator.GetOutputSchema(SchemaShape.Create(view.Schema)))
        {
            SchemaShape.Column column = SchemaShape.Create(found).First(c => c.Name == promised.Name);
            Assert.Equal(promised.GetTypeString(), column.GetTypeString());
        }
    }

    [Theory]
    [MemberData(nameof(Multiclass))]
    public void A_constant_column_does_no_harm(string trainer)
    {
        List<CornerRow> rows = CornerRow.Corners();
        foreach (CornerRow row in rows) row.Features[1] = 1;
        IDataView view = _context.Data.LoadFromEnumerable(rows);
        Assert.All(_context.Data.CreateEnumerable<ClassPrediction>(ClassTrainers.Of(_context, trainer).Fit(view).Transform(view), reuseRowObject: false),
            prediction => Assert.Equal(1, prediction.Score.Sum(), 1e-5f));
    }

    [Theory]
    [MemberData(nameof(Multiclass))]
    public void One_class_is_an_error(string trainer)
    {
        List<CornerRow> rows = CornerRow.Corners();
        foreach (CornerRow row in rows) row.Class = 2;
        var error = Assert.Throws<MLPipelinesException>(() => ClassTrainers.Of(_context, trainer).Fit(_context.Data.LoadFromEnumerable(rows)));
        Assert.Contains("at least two", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Multiclass))]
    public void Weights_of_zero_are_an_error(string trainer)
    {
        List<CornerRow> rows = CornerRow.Corners();
        foreach (CornerRow row in rows) row.Weight = 0;
        var error = Assert.Throws<MLPipelinesException>(() => ClassTrainers.Of(_context, trainer, "Weight").Fit(_context.Data.LoadFromEnumerable(rows)));
        Assert.Contains("weight 0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Multiclass))]
    public void Values_whose_squares_overflow_give_an_error_or_finite_scores(string trainer)
    {
        IDataView view = _context.Data.LoadFromEnumerable(CornerRow.Corners(scale: 1e25f));
        try
        {
            Assert.All(_context.Data.CreateEnumerable<ClassPrediction>(ClassTrainers.Of(_context, trainer).Fit(view).Transform(view), reuseRowObject: false),
                prediction => Assert.All(prediction.Score, score => Assert.True(float.IsFinite(score))));
        }
        catch (MLPipelinesException error)
        {
            Assert.Contains("Normalize", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Multiclass))]
    public void Missing_labels_are_left_out(string trainer)
    {
        List<CornerRow> rows = CornerRow.Corners(), more = [.. CornerRow.Corners(), .. CornerRow.Corners().Select(row => new CornerRow { Features = [7, 7], Class = uint.MaxValue })];
        IDataView view = _context.Data.LoadFromEnumerable(rows);
        List<ClassPrediction> without = [.. _context.Data.CreateEnumerable<ClassPrediction>(ClassTrainers.Of(_context, trainer).Fit(view).Transform(view), reuseRowObject: false)];
        List<ClassPrediction> with = [.. _context.Data.CreateEnumerable<ClassPrediction>(ClassTrainers.Of(_context, trainer).Fit(_context.Data.LoadFromEnumerable(more)).Transform(view), reuseRowObject: false)];
        for (int i = 0; i < rows.Count; i++) Assert.Equal(without[i].Score, with[i].Score);
    }

    [Fact]
    public void One_versus_all_can_take_missing_labels_as_negative()
    {
        List<CornerRow> rows = [.. CornerRow.Corners(), .. Enumerable.Range(0, 60).Select(i => new CornerRow { Features = [0.05f * MathF.Sin(i), 1 + 0.05f * MathF.Cos(i)], Class = uint.MaxValue })];
        IDataView view = _context.Data.LoadFromEnumerable(rows), corners = _context.Data.LoadFromEnumerable(CornerRow.Corners());
        var binary = _context.BinaryClassification.Trainers.LbfgsLogisticRegression(l1Regularization: 0);
        var plain = _context.MulticlassClassification.Trainers.OneVersusAll(binary, "Class", useProbabilities: false).Fit(view);
        var imputed = _context.MulticlassClassification.Trainers.OneVersusAll(binary, "Class", imputeMissingLabelsAsNegative: true, useProbabilities: false).Fit(view);
        // The rows without label lie where class 2 does: as negatives they lower its score there.
        float before = _context.Data.CreateEnumerable<ClassPrediction>(plain.Transform(corners), reuseRowObject: false).ElementAt(1).Score[1];
        float after = _context.Data.CreateEnumerable<ClassPrediction>(imputed.Transform(corners), reuseRowObject: false).ElementAt(1).Score[1];
        Assert.True(after < before - 0.5f, $"{before} became {after}");
    }

    [Fact]
    public void One_row_of_numbers_is_learned()
    {
        IDataView view = _context.Data.LoadFromEnumerable(new[] { new CornerRow { Features = [1, 2], Number = 5 } });
        var model = _context.Regression.Trainers.Sdca("Number").Fit(view).Model;
        float[] score = new float[1];
        model.Score(RowVector<float>.Dense([1, 2]), score);
        Assert.Equal(5, score[0], 1e-3f);
    }

    [Fact]
    public void Positive_examples_can_count_more()
    {
        IDataView view = _context.Data.LoadFromEnumerable(CornerRow.Corners());
        var options = new SdcaLogisticRegressionBinaryTrainer.Options { L2Regularization = 0.1f, ConvergenceTolerance = 1e-4f };
        var even = _context.BinaryClassification.Trainers.SdcaLogisticRegression(options);
        options.PositiveInstanceWeight = 10;
        var more = _context.BinaryClassification.Trainers.SdcaLogisticRegression(options);
        Assert.True(more.Fit(view).Model.SubModel.Bias > even.Fit(view).Model.SubModel.Bias + 0.5f);
    }

    [Fact]
    public void Probabilities_are_the_sigmoid_of_scores()
    {
        var model = _context.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(_context.Data.LoadFromEnumerable(CornerRow.Corners())).Model;
        Assert.Equal(-1, model.Calibrator.Slope);
        Assert.Equal(0, model.Calibrator.Offset);
        Assert.Equal(1 / (1 + MathF.Exp(-0.7f)), model.Probability(0.7f), 1e-6f);
    }

    [Fact]
    public void Weights_can_be_kept_from_being_negative()
    {
        IDataView view = _context.Data.LoadFromEnumerable(CornerRow.Corners());
        var free = _context.BinaryClassification.Trainers.LbfgsLogisticRegression(l1Regularization: 0).Fit(view).Model.SubModel;
        var kept = _context.BinaryClassification.Trainers.LbfgsLogisticRegression(l1Regularization: 0, enforceNonNegativity: true).Fit(view).Model.SubModel;
        Assert.Contains(free.Weights, weight => weight < 0);
        Assert.All(kept.Weights, weight => Assert.True(weight >= 0));
        Assert.Contains(kept.Weights, weight => weight > 0);
    }

    [Fact]
    public void Options_out_of_range_are_an_error_that_names_them()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l2Regularization: -1));
        Assert.Contains("L2Regularization", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentOutOfRangeException>(() => _context.Regression.Trainers.Sdca(maximumNumberOfIterations: 0));
        Assert.Contains("MaximumNumberOfIterations", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Multiclass))]
    public void Cancelling_ends_the_training(string trainer)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        _context.CancellationToken = source.Token;
        Assert.ThrowsAny<OperationCanceledException>(() => ClassTrainers.Of(_context, trainer).Fit(_context.Data.LoadFromEnumerable(CornerRow.Corners())));
    }
}
