using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

public class LinearTrainerTests
{
    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [KeyType(4)]
        public uint Class { get; set; }

        public bool Label { get; set; }

        public float Number { get; set; }

        public float Weight { get; set; } = 1;
    }

    private sealed class Prediction
    {
        public uint PredictedLabel { get; set; }

        public float[] Score { get; set; } = [];
    }

    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string> Multiclass => ["lbfgs", "sdca", "ova"];

    private IEstimator<ITransformer> Trainer(string name, string? weight = null) => name switch
    {
        "lbfgs" => _context.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Class", exampleWeightColumnName: weight, l1Regularization: 0, l2Regularization: 0.01f),
        "sdca" => _context.MulticlassClassification.Trainers.SdcaMaximumEntropy("Class", exampleWeightColumnName: weight),
        _ => _context.MulticlassClassification.Trainers.OneVersusAll(
            _context.BinaryClassification.Trainers.SdcaLogisticRegression(exampleWeightColumnName: weight), "Class"),
    };

    /// <summary>Three corners of a square; the key type has a fourth class that no row has.</summary>
    private static List<Row> Corners(float scale = 1) =>
    [
        .. Enumerable.Range(0, 60).Select(i =>
        {
            float x = i % 3 == 0 ? 1 : 0, y = i % 3 == 1 ? 1 : 0, shift = 0.1f * MathF.Sin(i);
            return new Row { Features = [scale * (x + shift), scale * (y - shift)], Class = (uint)(i % 3) + 1, Label = i % 3 == 0, Number = x, Weight = 1 };
        }),
    ];

    [Theory]
    [MemberData(nameof(Multiclass))]
    public void Classes_are_learned_and_a_class_without_rows_has_probability_zero(string trainer)
    {
        List<Row> rows = Corners();
        IDataView view = _context.Data.LoadFromEnumerable(rows);
        List<Prediction> predictions = [.. _context.Data.CreateEnumerable<Prediction>(Trainer(trainer).Fit(view).Transform(view), reuseRowObject: false)];
        for (int i = 0; i < rows.Count; i++)
        {
            Assert.Equal(rows[i].Class, predictions[i].PredictedLabel);
            Assert.Equal(4, predictions[i].Score.Length);
            Assert.Equal(1, predictions[i].Score.Sum(), 1e-5f);
            Assert.Equal(0, predictions[i].Score[3]);
        }
    }

    [Theory]
    [MemberData(nameof(Multiclass))]
    public void The_schema_is_as_promised(string trainer)
    {
        IDataView view = _context.Data.LoadFromEnumerable(Corners());
        var estimator = Trainer(trainer);
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
        List<Row> rows = Corners();
        foreach (Row row in rows) row.Features[1] = 1;
        IDataView view = _context.Data.LoadFromEnumerable(rows);
        Assert.All(_context.Data.CreateEnumerable<Prediction>(Trainer(trainer).Fit(view).Transform(view), reuseRowObject: false),
            prediction => Assert.Equal(1, prediction.Score.Sum(), 1e-5f));
    }

    [Theory]
    [MemberData(nameof(Multiclass))]
    public void One_class_is_an_error(string trainer)
    {
        List<Row> rows = Corners();
        foreach (Row row in rows) row.Class = 2;
        var error = Assert.Throws<MLPipelinesException>(() => Trainer(trainer).Fit(_context.Data.LoadFromEnumerable(rows)));
        Assert.Contains("at least two", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Multiclass))]
    public void Weights_of_zero_are_an_error(string trainer)
    {
        List<Row> rows = Corners();
        foreach (Row row in rows) row.Weight = 0;
        var error = Assert.Throws<MLPipelinesException>(() => Trainer(trainer, "Weight").Fit(_context.Data.LoadFromEnumerable(rows)));
        Assert.Contains("weight 0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Multiclass))]
    public void Values_whose_squares_overflow_give_an_error_or_finite_scores(string trainer)
    {
        IDataView view = _context.Data.LoadFromEnumerable(Corners(scale: 1e25f));
        try
        {
            Assert.All(_context.Data.CreateEnumerable<Prediction>(Trainer(trainer).Fit(view).Transform(view), reuseRowObject: false),
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
        List<Row> rows = Corners(), more = [.. Corners(), .. Corners().Select(row => new Row { Features = [7, 7], Class = 0 })];
        IDataView view = _context.Data.LoadFromEnumerable(rows);
        List<Prediction> without = [.. _context.Data.CreateEnumerable<Prediction>(Trainer(trainer).Fit(view).Transform(view), reuseRowObject: false)];
        List<Prediction> with = [.. _context.Data.CreateEnumerable<Prediction>(Trainer(trainer).Fit(_context.Data.LoadFromEnumerable(more)).Transform(view), reuseRowObject: false)];
        for (int i = 0; i < rows.Count; i++) Assert.Equal(without[i].Score, with[i].Score);
    }

    [Fact]
    public void One_versus_all_can_take_missing_labels_as_negative()
    {
        List<Row> rows = [.. Corners(), .. Enumerable.Range(0, 60).Select(i => new Row { Features = [0.05f * MathF.Sin(i), 1 + 0.05f * MathF.Cos(i)], Class = 0 })];
        IDataView view = _context.Data.LoadFromEnumerable(rows), corners = _context.Data.LoadFromEnumerable(Corners());
        var binary = _context.BinaryClassification.Trainers.LbfgsLogisticRegression(l1Regularization: 0);
        var plain = _context.MulticlassClassification.Trainers.OneVersusAll(binary, "Class", useProbabilities: false).Fit(view);
        var imputed = _context.MulticlassClassification.Trainers.OneVersusAll(binary, "Class", imputeMissingLabelsAsNegative: true, useProbabilities: false).Fit(view);
        // The rows without label lie where class 2 does: as negatives they lower its score there.
        float before = _context.Data.CreateEnumerable<Prediction>(plain.Transform(corners), reuseRowObject: false).ElementAt(1).Score[1];
        float after = _context.Data.CreateEnumerable<Prediction>(imputed.Transform(corners), reuseRowObject: false).ElementAt(1).Score[1];
        Assert.True(after < before - 0.5f, $"{before} became {after}");
    }

    [Fact]
    public void A_thousand_classes_are_learned()
    {
        var random = new Random(3);
        float[] labels = new float[2000], values = new float[2000 * 20];
        for (int row = 0; row < 2000; row++)
        {
            labels[row] = row % 1000;
            var own = new Random(row % 1000);
            for (int j = 0; j < 20; j++) values[row * 20 + j] = own.NextSingle() - 0.5f + 0.01f * random.NextSingle();
        }
        var examples = new TrainingSet(new FeatureMatrix(values, 2000, 20), labels, null, 1000);
        var settings = new SdcaSettings { L2 = 1e-5f, MaximumPasses = 5 };
        bool[] present = new bool[1000];
        Array.Fill(present, value: true);
        var solver = new SoftmaxSdcaSolver(examples, 1000, present, settings, CancellationToken.None);
        solver.Run(_ => { });
        var model = new MaximumEntropyModelParameters(solver.Weights, solver.Biases, 20);
        float[] scores = new float[1000];
        int right = 0;
        for (int row = 0; row < 2000; row++)
        {
            model.Score(examples.Features[row], scores);
            Assert.Equal(1, scores.Sum(), 1e-4f);
            if (System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(scores) == row % 1000) right++;
        }
        Assert.InRange(right, 1900, 2000);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        var (features, classes) = WaveData.Bags(3000, 600, 15, 12, seed: 3);
        var examples = new TrainingSet(features, [.. classes.Select(c => (float)c)], null, 12);
        var environment = new TrainingEnvironment(1);
        bool[] present = new bool[12];
        Array.Fill(present, value: true);
        float[]? lbfgs = null, sdca = null;
        foreach (int threads in new[] { 1, 3, 8 })
        {
            var options = new LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = threads, L1Regularization = 0.1f };
            var (weights, _) = LbfgsLearner.Learn<SoftmaxLoss>(examples, 12, new float[12], options, "test", environment);
            Assert.Equal(lbfgs ??= weights, weights);
            var solver = new SoftmaxSdcaSolver(examples, 12, present, new SdcaSettings { L2 = 1e-3f, MaximumPasses = 20, Tolerance = 1e-3, Threads = threads }, CancellationToken.None);
            solver.Run(_ => { });
            Assert.Equal(sdca ??= solver.Weights, solver.Weights);
        }
    }

    [Fact]
    public void Sdca_ends_with_a_duality_gap_below_the_tolerance()
    {
        var (features, classes) = WaveData.Bags(500, 100, 10, 4, seed: 3);
        var examples = new TrainingSet(features, [.. classes.Select(c => (float)c)], null, 4);
        foreach (double tolerance in new[] { 0.1, 1e-3, 1e-6 })
        {
            var solver = new SoftmaxSdcaSolver(examples, 4, [true, true, true, true], new SdcaSettings { L2 = 1e-3f, MaximumPasses = 5000, Tolerance = tolerance }, CancellationToken.None);
            solver.Run(_ => { });
            Assert.True(solver.HasConverged && solver.State.IsExact);
            Assert.InRange(solver.State.Gap / solver.State.Primal, 0, tolerance);
        }
    }

    [Fact]
    public void One_row_of_numbers_is_learned()
    {
        IDataView view = _context.Data.LoadFromEnumerable(new[] { new Row { Features = [1, 2], Number = 5 } });
        var model = _context.Regression.Trainers.Sdca("Number").Fit(view).Model;
        float[] score = new float[1];
        model.Score(RowVector<float>.Dense([1, 2]), score);
        Assert.Equal(5, score[0], 1e-3f);
    }

    [Fact]
    public void Positive_examples_can_count_more()
    {
        IDataView view = _context.Data.LoadFromEnumerable(Corners());
        var options = new SdcaLogisticRegressionBinaryTrainer.Options { L2Regularization = 0.1f, ConvergenceTolerance = 1e-4f };
        var even = _context.BinaryClassification.Trainers.SdcaLogisticRegression(options);
        options.PositiveInstanceWeight = 10;
        var more = _context.BinaryClassification.Trainers.SdcaLogisticRegression(options);
        Assert.True(more.Fit(view).Model.SubModel.Bias > even.Fit(view).Model.SubModel.Bias + 0.5f);
    }

    [Fact]
    public void Probabilities_are_the_sigmoid_of_scores()
    {
        var model = _context.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(_context.Data.LoadFromEnumerable(Corners())).Model;
        Assert.Equal(-1, model.Calibrator.Slope);
        Assert.Equal(0, model.Calibrator.Offset);
        Assert.Equal(1 / (1 + MathF.Exp(-0.7f)), model.Probability(0.7f), 1e-6f);
    }

    [Fact]
    public void Weights_can_be_kept_from_being_negative()
    {
        IDataView view = _context.Data.LoadFromEnumerable(Corners());
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
        Assert.ThrowsAny<OperationCanceledException>(() => Trainer(trainer).Fit(_context.Data.LoadFromEnumerable(Corners())));
    }

    [Theory]
    [MemberData(nameof(Multiclass))]
    public void A_saved_model_predicts_the_same_bits(string trainer)
    {
        IDataView view = _context.Data.LoadFromEnumerable(Corners());
        ITransformer model = Trainer(trainer).Fit(view);
        using var file = new MemoryStream();
        _context.Model.Save(model, view.Schema, file);
        file.Position = 0;
        ITransformer loaded = _context.Model.Load(file, out _);
        Assert.Equal(model.GetType(), loaded.GetType());
        List<Prediction> before = [.. _context.Data.CreateEnumerable<Prediction>(model.Transform(view), reuseRowObject: false)];
        List<Prediction> after = [.. _context.Data.CreateEnumerable<Prediction>(loaded.Transform(view), reuseRowObject: false)];
        for (int i = 0; i < before.Count; i++) Assert.Equal(before[i].Score, after[i].Score);
    }

    [Fact]
    public void Saved_models_of_two_classes_and_of_numbers_have_their_weights()
    {
        IDataView view = _context.Data.LoadFromEnumerable(Corners());
        var binary = _context.BinaryClassification.Trainers.SdcaLogisticRegression().Fit(view);
        var numbers = _context.Regression.Trainers.Sdca("Number").Fit(view);
        var loadedBinary = (BinaryPredictionTransformer<Calibrators.CalibratedModelParametersBase<LinearBinaryModelParameters, Calibrators.PlattCalibrator>>)Reload(binary, view);
        Assert.Equal(binary.Model.SubModel.Weights, loadedBinary.Model.SubModel.Weights);
        Assert.Equal(binary.Model.SubModel.Bias, loadedBinary.Model.SubModel.Bias);
        var loadedNumbers = (RegressionPredictionTransformer<LinearRegressionModelParameters>)Reload(numbers, view);
        Assert.Equal(numbers.Model.Weights, loadedNumbers.Model.Weights);
    }

    [Fact]
    public void Scoring_allocates_nothing()
    {
        IDataView view = _context.Data.LoadFromEnumerable(Corners());
        IScoringModel[] models =
        [
            _context.MulticlassClassification.Trainers.SdcaMaximumEntropy("Class").Fit(view).Model,
            _context.MulticlassClassification.Trainers.OneVersusAll(_context.BinaryClassification.Trainers.SdcaLogisticRegression(), "Class").Fit(view).Model,
        ];
        float[] scores = new float[4], features = [1, 0];
        foreach (IScoringModel model in models)
        {
            for (int i = 0; i < 200; i++) model.Score(RowVector<float>.Dense(features), scores);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) model.Score(RowVector<float>.Dense(features), scores);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    private ITransformer Reload(ITransformer model, IDataView view)
    {
        using var file = new MemoryStream();
        _context.Model.Save(model, view.Schema, file);
        file.Position = 0;
        return _context.Model.Load(file, out _);
    }
}
