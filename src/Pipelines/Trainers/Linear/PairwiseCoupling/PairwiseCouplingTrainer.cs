namespace MLPipelines.Trainers;

/// <summary>
/// Several classes by a trainer for two: one model per pair of classes, learned from the examples of both. The feature and weight
/// columns are those of the trainer for two classes; its label column is not used.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, the probability of each class (see <see cref="PairwiseCouplingModelParameters"/>), and
/// <c>PredictedLabel</c>. A class of the label's key type that has no example gets probability 0.</para>
/// <para>The data is read once; pairs are learned side by side on all cores, each as it would be alone. With k classes these are
/// k (k − 1) / 2 models, of 2/k of the examples each.</para>
/// </remarks>
public sealed class PairwiseCouplingTrainer : MulticlassTrainer<PairwiseCouplingModelParameters>
{
    private readonly BinaryLearner _learner;
    private readonly ScoreCalibration _calibration;

    internal PairwiseCouplingTrainer(TrainingEnvironment environment, BinaryLearner learner, string labelColumnName, ScoreCalibration calibration)
        : base(environment, "PairwiseCoupling", labelColumnName, learner.FeatureColumnName, learner.WeightColumnName) => (_learner, _calibration) = (learner, calibration);

    private protected override bool AcceptsMissingValues => _learner.AcceptsMissingValues;

    private protected override PairwiseCouplingModelParameters Train(TrainingSet examples, TrainingEnvironment environment)
    {
        bool[] present = ExampleWeights.PresentClasses(examples, examples.ClassCount);
        int[][] rows = [.. Enumerable.Range(0, present.Length).Select(k => Enumerable.Range(0, examples.RowCount).Where(row => examples.Labels[row] == k).ToArray())];
        (int High, int Low)[] pairs = [.. PairwiseCouplingModelParameters.Pairs(present)];
        IScoringModel[] models = SideBySide.Learn(pairs.Length, Name, environment, (i, quiet) => LearnPair(examples, rows[pairs[i].High], rows[pairs[i].Low], quiet));
        return new PairwiseCouplingModelParameters(models, present);
    }

    private IScoringModel LearnPair(TrainingSet examples, int[] positives, int[] negatives, TrainingEnvironment environment)
    {
        // In the order of the data, as a trainer would see them.
        int[] both = [.. positives, .. negatives];
        Array.Sort(both);
        float own = examples.Labels[positives[0]];
        float[] labels = Array.ConvertAll(both, row => examples.Labels[row] == own ? 1f : 0);
        return _learner.LearnCalibrated(examples.Select(both, labels, classCount: 2), environment, _calibration);
    }
}
