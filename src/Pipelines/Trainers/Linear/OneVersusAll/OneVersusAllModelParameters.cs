using System.Collections.Immutable;
using System.Numerics.Tensors;
using MLPipelines.Calibrators;
using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// One model of two classes per class. The score of a class is its model's probability, divided by the sum over the classes; or
/// the model's score as it is, where probabilities are not wanted or not to be had; or the softmax of the scores, where the models
/// were learned together.
/// </summary>
public sealed class OneVersusAllModelParameters : ICalculateFeatureContribution
{
    private readonly IScoringModel[] _models;
    private readonly bool _useProbabilities;
    private readonly bool _useSoftmax;

    // Linear models are scored all at once.
    private readonly float[]? _weights;
    private readonly float[] _biases = [];
    private readonly int _stride;

    internal OneVersusAllModelParameters(IScoringModel[] models, bool useProbabilities, bool useSoftmax = false)
    {
        (_models, _useProbabilities, _useSoftmax) = (models, useProbabilities && models.All(model => model is ICalibratedModel), useSoftmax);
        FeatureCount = models[0].FeatureCount;
        if (!models.All(model => model is CalibratedLinearModelParameters or LinearBinaryModelParameters or ConstantScoreModel)) return;
        _stride = ClassStride.For(models.Length);
        (_weights, _biases) = (new float[checked(FeatureCount * _stride)], new float[_stride]);
        for (int k = 0; k < models.Length; k++)
        {
            if ((models[k] as CalibratedLinearModelParameters)?.SubModel is not { } linear) linear = models[k] as LinearBinaryModelParameters;
            _biases[k] = linear?.Bias ?? ExampleWeights.AbsentBias;
            if (linear is null) continue;
            ReadOnlySpan<float> own = linear.WeightSpan;
            for (int j = 0; j < own.Length; j++) _weights[j * _stride + k] = own[j];
        }
    }

    /// <summary>The model of each class, such as <see cref="CalibratedModelParametersBase{TSubModel, TCalibrator}"/>.</summary>
    public ImmutableArray<object> SubModelParameters => [.. _models];

    public string TypeId => "one-versus-all";

    public int FeatureCount { get; }

    public int ScoreCount => _models.Length;

    /// <summary>About the score of each model of two classes.</summary>
    /// <exception cref="NotSupportedException">The score of one of them is no sum of contributions.</exception>
    FeatureContributionCalculator ICalculateFeatureContribution.FeatureContributionCalculator => new SeveralContributions(Array.ConvertAll(_models, ScoreContributions.Of));

    public void Score(RowVector<float> features, Span<float> scores)
    {
        scores = scores[..ScoreCount];
        if (_weights is not null)
        {
            LinearWeights.CheckLength(features, FeatureCount);
            LinearScores.Compute(features, _weights, _stride, _biases, scores);
        }
        else
        {
            for (int k = 0; k < scores.Length; k++) _models[k].Score(features, scores.Slice(k, 1));
        }
        if (_useSoftmax) Softmax.Apply(scores);
        if (!_useProbabilities) return;
        for (int k = 0; k < scores.Length; k++) scores[k] = ((ICalibratedModel)_models[k]).Probability(scores[k]);
        float sum = TensorPrimitives.Sum<float>(scores);
        if (sum > 0) TensorPrimitives.Divide(scores, sum, scores);
    }

    public void Save(ModelStepWriter writer)
    {
        writer.Set("classes", _models.Length);
        writer.Set("probabilities", _useProbabilities);
        if (_useSoftmax) writer.Set("softmax", value: true);
        for (int k = 0; k < _models.Length; k++)
        {
            ModelStepWriter section = writer.Section($"class-{k}");
            section.Set("model-type", _models[k].TypeId);
            _models[k].Save(section.Section("model"));
        }
    }

    internal static OneVersusAllModelParameters Load(ModelStepReader reader)
    {
        int classes = reader.GetInt32("classes");
        if (classes < 1) throw reader.Invalid($"it has {classes} classes, expected at least 1");
        var models = new IScoringModel[classes];
        for (int k = 0; k < classes; k++)
        {
            models[k] = reader.ReadModel($"class-{k}");
            if (models[k].ScoreCount != 1 || models[k].FeatureCount != models[0].FeatureCount)
                throw reader.Invalid($"the model of class {k} has {models[k].FeatureCount} features and {models[k].ScoreCount} scores, expected {models[0].FeatureCount} and 1");
        }
        return new OneVersusAllModelParameters(models, reader.GetBoolean("probabilities"), reader.Has("softmax") && reader.GetBoolean("softmax"));
    }
}
