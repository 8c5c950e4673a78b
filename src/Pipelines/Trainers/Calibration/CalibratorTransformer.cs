using MLPipelines.Data;

namespace MLPipelines.Calibrators;

/// <summary>Adds the column <c>Probability</c>: what a calibrator makes of a score.</summary>
/// <typeparam name="TICalibrator">The calibrator.</typeparam>
public sealed class CalibratorTransformer<TICalibrator> : RowToRowTransformer, ISingleFeaturePredictionTransformer<TICalibrator> where TICalibrator : class, ICalibrator
{
    private readonly string _scoreColumn;

    internal CalibratorTransformer(TICalibrator calibrator, string scoreColumn) =>
        (Model, _scoreColumn, TypeId) = (calibrator, scoreColumn, ((ISavedCalibrator)calibrator).TypeId);

    /// <summary>The calibrator.</summary>
    public TICalibrator Model { get; }

    public override string TypeId { get; }

    string ISingleFeaturePredictionTransformer<TICalibrator>.FeatureColumnName => _scoreColumn;

    DataViewSchema.Annotations? ISingleFeaturePredictionTransformer<TICalibrator>.FeatureColumnAnnotations => null;

    protected override IReadOnlyList<OutputColumn> Bind(DataViewSchema input)
    {
        DataViewSchema.Column score = Require(input, _scoreColumn, NumberDataViewType.Single);
        int source = score.Index;
        return [new OutputColumn(ScoreColumns.Probability, NumberDataViewType.Single, ScoreColumns.ProbabilityAnnotations(score), [source],
            () => ScoreColumns.ProbabilityKernel(source, Model.PredictProbability))];
    }

    public override void Save(ModelStepWriter writer)
    {
        writer.Set("score", _scoreColumn);
        ((ISavedCalibrator)Model).Save(writer.Section("calibrator"));
    }

    internal static ITransformer Load(ModelStepReader reader, Func<ModelStepReader, TICalibrator> load) =>
        new CalibratorTransformer<TICalibrator>(load(reader.Section("calibrator")), reader.GetString("score"));
}
