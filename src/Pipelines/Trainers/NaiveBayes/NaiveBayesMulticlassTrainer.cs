namespace MLPipelines.Trainers;

/// <summary>
/// Naive Bayes for features that are there or not: a feature is there where its value is above 0. See
/// <see cref="NaiveBayesMulticlassModelParameters"/> for the formula.
/// </summary>
/// <remarks>
/// <para>Columns: <c>Score</c>, per class the logarithm of its probability together with the features, and <c>PredictedLabel</c>.
/// A class of the label's key type that has no example gets the score −10³⁰.</para>
/// <para>One pass; the training set is held in memory.</para>
/// <para>Source: McCallum and Nigam, "A Comparison of Event Models for Naive Bayes Text Classification" (1998), the Bernoulli model.</para>
/// </remarks>
public sealed class NaiveBayesMulticlassTrainer : MulticlassTrainer<NaiveBayesMulticlassModelParameters>
{
    internal NaiveBayesMulticlassTrainer(TrainingEnvironment environment, string labelColumnName, string featureColumnName)
        : base(environment, "NaiveBayes", labelColumnName, featureColumnName, weightColumn: null) { }

    private protected override NaiveBayesMulticlassModelParameters Train(TrainingSet examples, TrainingEnvironment environment)
    {
        environment.Report(Name, 0, 1);
        int features = examples.Features.ColumnCount;
        long[] labels = new long[examples.ClassCount];
        long[] there = new long[checked(examples.ClassCount * features)];
        for (int row = 0; row < examples.RowCount; row++)
        {
            int label = (int)examples.Labels[row];
            labels[label]++;
            var vector = examples.Features[row];
            for (int i = 0; i < vector.Values.Length; i++)
                if (vector.Values[i] > 0) there[label * features + (vector.IsDense ? i : vector.Indices[i])]++;
        }
        environment.Report(Name, 1, 1);
        return new NaiveBayesMulticlassModelParameters(labels, there, features);
    }
}
