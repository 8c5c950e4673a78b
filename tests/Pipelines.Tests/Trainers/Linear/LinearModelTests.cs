using MLPipelines.Data;
using MLPipelines.Testing;
using MLPipelines.Trainers;

namespace MLPipelines.Tests.Trainers.Linear;

public class LinearModelTests
{
    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string> Multiclass => [.. ClassTrainers.Names];

    [Theory]
    [MemberData(nameof(Multiclass))]
    public void A_saved_model_predicts_the_same_bits(string trainer)
    {
        IDataView view = _context.Data.LoadFromEnumerable(CornerRow.Corners());
        ITransformer model = ClassTrainers.Of(_context, trainer).Fit(view);
        using var file = new MemoryStream();
        _context.Model.Save(model, view.Schema, file);
        file.Position = 0;
        ITransformer loaded = _context.Model.Load(file, out _);
        Assert.Equal(model.GetType(), loaded.GetType());
        List<ClassPrediction> before = [.. _context.Data.CreateEnumerable<ClassPrediction>(model.Transform(view), reuseRowObject: false)];
        List<ClassPrediction> after = [.. _context.Data.CreateEnumerable<ClassPrediction>(loaded.Transform(view), reuseRowObject: false)];
        for (int i = 0; i < before.Count; i++) Assert.Equal(before[i].Score, after[i].Score);
    }

    [Fact]
    public void Saved_models_of_two_classes_and_of_numbers_have_their_weights()
    {
        IDataView view = _context.Data.LoadFromEnumerable(CornerRow.Corners());
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
        IDataView view = _context.Data.LoadFromEnumerable(CornerRow.Corners());
        IScoringModel[] models =
        [
            _context.MulticlassClassification.Trainers.SdcaMaximumEntropy("Class").Fit(view).Model,
            _context.MulticlassClassification.Trainers.OneVersusAll(_context.BinaryClassification.Trainers.SdcaLogisticRegression(), "Class").Fit(view).Model,
        ];
        float[] scores = new float[4], features = [1, 0];
        foreach (IScoringModel model in models)
        {
            for (int i = 0; i < 200; i++) model.Score(RowVector<float>.Dense(features), scores);
            Assert.Equal(0, Allocation.Of(() => model.Score(RowVector<float>.Dense(features), scores)));
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
