using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>
/// Several classes by a trainer for two: one model per class tells it from all others. The feature and weight columns are those
/// of the trainer for two classes; its label column is not used.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, per class the probability of its model divided by the sum over the classes (or the score as
/// it is, without <c>useProbabilities</c>), and <c>PredictedLabel</c>. A class of the
/// label's key type that has no example gets probability 0.</para>
/// <para>Where models have no probabilities, a sigmoid, or another calibrator, is fitted to their scores.</para>
/// <para>The data is read once; classes are learned side by side on all cores, each as it would be alone.</para>
/// </remarks>
public sealed class OneVersusAllTrainer : MulticlassTrainer<OneVersusAllModelParameters>
{
    private readonly BinaryLearner _learner;
    private readonly bool _imputeMissingLabelsAsNegative;
    private readonly bool _useProbabilities;
    private readonly ScoreCalibration _calibration;

    internal OneVersusAllTrainer(TrainingEnvironment environment, BinaryLearner learner, string labelColumnName, bool imputeMissingLabelsAsNegative, ScoreCalibration calibration, bool useProbabilities)
        : base(environment, "OneVersusAll", labelColumnName, learner.FeatureColumnName, learner.WeightColumnName)
    {
        (_learner, _imputeMissingLabelsAsNegative, _calibration, _useProbabilities) = (learner, imputeMissingLabelsAsNegative, calibration, useProbabilities);
    }

    private protected override bool AcceptsMissingValues => _learner.AcceptsMissingValues;

    private protected override TrainingSet Read(IDataView input)
    {
        if (!_imputeMissingLabelsAsNegative) return base.Read(input);
        int classCount = checked((int)((KeyDataViewType)input.Schema[LabelColumnName].Type).Count);
        TrainingSet numbers = base.Read(LabelsAsNumbers(BatchView.Of(input)));
        return new TrainingSet(numbers.Features, numbers.Labels, numbers.Weights, classCount);
    }

    private protected override OneVersusAllModelParameters Train(TrainingSet examples, TrainingEnvironment environment)
    {
        bool[] present = ExampleWeights.PresentClasses(examples, examples.ClassCount, allowOne: _imputeMissingLabelsAsNegative);
        IScoringModel[] models = SideBySide.Learn(present.Length, Name, environment,
            (k, quiet) => present[k] ? LearnClass(examples, k, quiet) : new ConstantScoreModel(examples.Features.ColumnCount));
        return new OneVersusAllModelParameters(models, _useProbabilities);
    }

    private IScoringModel LearnClass(TrainingSet examples, int positive, TrainingEnvironment environment)
    {
        float[] labels = Array.ConvertAll(examples.Labels, label => (int)label == positive ? 1f : 0f);
        var own = new TrainingSet(examples.Features, labels, examples.Weights, classCount: 2);
        return _useProbabilities ? _learner.LearnCalibrated(own, environment, _calibration) : _learner.Learn(own, environment);
    }

    /// <summary>The view with its label as a number that is there in every row: the class, or −1 where it is missing.</summary>
    private MappedView LabelsAsNumbers(BatchView view)
    {
        DataViewSchema.Column label = view.Schema[LabelColumnName];
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(view.Schema);
        schema.AddColumn(LabelColumnName, NumberDataViewType.Single, null);
        return new MappedView(view, schema.ToSchema(), [new OutputColumn(LabelColumnName, NumberDataViewType.Single, null, [label.Index], Kernel)]);

        ColumnKernel Kernel()
        {
            var numbers = new ValueColumn<float>();
            var keys = new List<float>();
            return batch =>
            {
                keys.Clear();
                NumberReader.Append(batch[label.Index], label, keys);
                Span<float> values = numbers.Resize(keys.Count);
                for (int i = 0; i < values.Length; i++) values[i] = keys[i] - 1;
                return numbers;
            };
        }
    }
}
