using MLPipelines.Calibrators;
using MLPipelines.Trainers;
using MLPipelines.Trainers.FastTree;
using MLPipelines.Trainers.LightGbm;

namespace MLPipelines.Persistence.MLNet;

/// <summary>Models that are made of models.</summary>
internal static class NestedModelReaders
{
    /// <summary>Nothing of its own: the model is the component <c>Predictor</c>, and <c>Calibrator</c> makes probabilities of its scores.</summary>
    internal static IScoringModel Calibrated(Component component, Payload payload)
    {
        IScoringModel model = ComponentTables.ReadModel(component.Inner("Predictor"));
        if (model.ScoreCount != 1) throw component.Invalid($"its model gives {model.ScoreCount} scores, expected 1");
        return With(model, CalibratorReaders.Read(component.Inner("Calibrator")));
    }

    /// <summary>Models of old files have their calibrator within.</summary>
    internal static IScoringModel CalibratedIfSo(Component component, IScoringModel model) =>
        component.InnerOrNull("Calibrator") is { } calibrator ? With(model, CalibratorReaders.Read(calibrator)) : model;

    private static IScoringModel With(IScoringModel model, ISavedCalibrator calibrator) => (model, calibrator) switch
    {
        (LinearBinaryModelParameters linear, PlattCalibrator platt) => new CalibratedLinearModelParameters(linear, platt),
        (FastTreeBinaryModelParameters trees, PlattCalibrator platt) => new SigmoidModelParameters<FastTreeBinaryModelParameters>(trees, platt),
        (LightGbmBinaryModelParameters trees, PlattCalibrator platt) => new SigmoidModelParameters<LightGbmBinaryModelParameters>(trees, platt),
        (GamBinaryModelParameters shapes, PlattCalibrator platt) => new SigmoidModelParameters<GamBinaryModelParameters>(shapes, platt),
        _ => new CalibratedScoringModel(model, calibrator),
    };

    /// <summary>The size of a number, what becomes of the scores (0: nothing, 1: probabilities that sum to 1, 2: softmax), and how many models there are: the components <c>SubPredictor_i</c>.</summary>
    internal static IScoringModel OneVersusAll(Component component, Payload payload)
    {
        payload.SizeOfSingle();
        byte formula = payload.Byte();
        int count = payload.Int32(1, 1 << 16, "the number of models");
        if (formula > 2) throw component.Invalid($"what becomes of scores is {formula}, expected 0 to 2");
        var models = new List<IScoringModel>();
        for (int k = 0; k < count; k++)
        {
            IScoringModel model = ComponentTables.ReadModel(component.Inner($"SubPredictor_{k:000}"));
            models.Add(model);
            if (model.ScoreCount != 1 || model.FeatureCount != models[0].FeatureCount) throw component.Invalid($"model {k} has {model.FeatureCount} features and {model.ScoreCount} scores");
        }
        return new OneVersusAllModelParameters([.. models], useProbabilities: formula == 1, useSoftmax: formula == 2);
    }
}
