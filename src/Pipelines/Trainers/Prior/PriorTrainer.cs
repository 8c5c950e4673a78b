namespace MLPipelines.Trainers;

/// <summary>Gives every row the share of positive examples as its probability: what any other trainer has to be better than. It reads no features.</summary>
/// <remarks>Columns: <c>Score</c>, 2 · probability − 1; <c>Probability</c>; <c>PredictedLabel</c>.</remarks>
public sealed class PriorTrainer : BinaryTrainer<PriorModelParameters>
{
    internal PriorTrainer(TrainingEnvironment environment, string labelColumn, string? weightColumn)
        : base(environment, "Prior", labelColumn, featureColumn: "", weightColumn) { }

    // One class has a share, too.
    private protected override void CheckClasses(TrainingSet examples) { }

    private protected override PriorModelParameters Train(TrainingSet examples, TrainingEnvironment environment)
    {
        environment.Report(Name, 1, 1);
        double positive = 0, sum = ExampleWeights.Sum(examples);
        for (int row = 0; row < examples.RowCount; row++)
            if (examples.Labels[row] > 0) positive += examples.WeightOf(row);
        return new PriorModelParameters((float)(positive / sum));
    }
}
