using MLPipelines.Calibrators;

namespace MLPipelines;

public sealed partial class BinaryClassificationCatalog
{
    public sealed partial class CalibratorsCatalog
    {
        /// <summary>The share of positive rows in each of 200 bins of scores. Needs many rows; <see cref="Isotonic"/> needs fewer.</summary>
        /// <param name="labelColumnName">The label: true or false.</param>
        /// <param name="scoreColumnName">The score: a <see cref="float"/>.</param>
        public NaiveCalibratorEstimator Naive(string labelColumnName = "Label", string scoreColumnName = "Score") => new(labelColumnName, scoreColumnName);

        /// <summary>A sigmoid of the score: two numbers, which few rows teach. Right for scores that are spread like a log of odds.</summary>
        /// <param name="labelColumnName">The label: true or false.</param>
        /// <param name="scoreColumnName">The score: a <see cref="float"/>.</param>
        /// <param name="exampleWeightColumnName">How much each row counts; <see langword="null"/> for 1.</param>
        public PlattCalibratorEstimator Platt(string labelColumnName = "Label", string scoreColumnName = "Score", string? exampleWeightColumnName = null) =>
            new(labelColumnName, scoreColumnName, exampleWeightColumnName);

        /// <summary>The sigmoid 1 / (1 + exp(slope · score + offset)) with the numbers given.</summary>
        /// <param name="slope">Below 0 where the probability rises with the score.</param>
        /// <param name="offset">Above 0 where a score of 0 means less than one half.</param>
        /// <param name="scoreColumnName">The score: a <see cref="float"/>.</param>
        public FixedPlattCalibratorEstimator Platt(double slope, double offset, string scoreColumnName = "Score") => new(slope, offset, scoreColumnName);

        /// <summary>The best function that rises with the score, whatever its shape. Needs about a thousand rows, else it learns chance.</summary>
        /// <param name="labelColumnName">The label: true or false.</param>
        /// <param name="scoreColumnName">The score: a <see cref="float"/>.</param>
        /// <param name="exampleWeightColumnName">How much each row counts; <see langword="null"/> for 1.</param>
        public IsotonicCalibratorEstimator Isotonic(string labelColumnName = "Label", string scoreColumnName = "Score", string? exampleWeightColumnName = null) =>
            new(labelColumnName, scoreColumnName, exampleWeightColumnName);
    }
}

public sealed partial class MulticlassClassificationCatalog
{
    public sealed partial class CalibratorsCatalog
    {
        /// <summary>
        /// Temperature scaling, which ML.NET does not have: one number that makes all predictions less or more certain and leaves
        /// their order as it is. Adds the column <c>Probability</c> with one probability per class, in the order of the scores.
        /// </summary>
        /// <param name="labelColumnName">The label: a key, such as the one that the model was trained on.</param>
        /// <param name="scoreColumnName">One score per class: probabilities that sum to 1, or margins (logits).</param>
        public TemperatureCalibratorEstimator Temperature(string labelColumnName = "Label", string scoreColumnName = "Score") =>
            new(labelColumnName, scoreColumnName);
    }
}
