namespace MLPipelines.Calibrators;

/// <summary>Any model of two classes with any calibrator, as a part of a model of several classes.</summary>
internal sealed class CalibratedScoringModel : CalibratedModelParametersBase
{
    private readonly IScoringModel _model;
    private readonly ISavedCalibrator _calibrator;

    internal CalibratedScoringModel(IScoringModel model, ISavedCalibrator calibrator) : base(model, calibrator) => (_model, _calibrator) = (model, calibrator);

    public override string TypeId => "calibrated-score";

    public override void Save(ModelStepWriter writer)
    {
        ModelStepWriter scores = writer.Section("scores");
        scores.Set("model-type", _model.TypeId);
        _model.Save(scores.Section("model"));
        writer.Set("calibrator-type", _calibrator.TypeId);
        _calibrator.Save(writer.Section("calibrator"));
    }

    internal static CalibratedScoringModel Load(ModelStepReader reader)
    {
        ModelStepReader section = reader.Section("calibrator");
        ISavedCalibrator calibrator = reader.GetString("calibrator-type") switch
        {
            PlattCalibrator.StepName => PlattCalibrator.Load(section),
            IsotonicCalibrator.StepName => IsotonicCalibrator.Load(section),
            NaiveCalibrator.StepName => NaiveCalibrator.Load(section),
            var other => throw reader.Invalid($"calibrators of type '{other}' are not known to this version of the library"),
        };
        IScoringModel model = reader.ReadModel("scores");
        return model.ScoreCount == 1 ? new CalibratedScoringModel(model, calibrator) : throw reader.Invalid($"its model gives {model.ScoreCount} scores, expected 1");
    }
}
