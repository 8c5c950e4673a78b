namespace MLPipelines.Trainers.Trees;

/// <summary>The rows that trees learn from, or are measured on.</summary>
/// <param name="Features">NaN for missing values.</param>
/// <param name="Labels">Numbers; 0 and 1 for two classes; the class from 0 for several; the grade of relevance from 0 for ranking.</param>
/// <param name="Weights">How much each row counts; <see langword="null"/> when all count the same.</param>
/// <param name="Groups">For ranking: where each query's rows start, in rising order, then the number of rows.</param>
internal sealed record BoostingSet(FeatureMatrix Features, float[] Labels, float[]? Weights = null, int[]? Groups = null)
{
    public static BoostingSet Of(TrainingSet examples, int[]? groups = null) => new(examples.Features, examples.Labels, examples.Weights, groups);

    public int RowCount => Labels.Length;
}
