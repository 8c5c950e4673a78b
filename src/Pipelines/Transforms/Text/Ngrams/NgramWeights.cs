using WeightingCriteria = MLPipelines.Transforms.Text.NgramExtractingEstimator.WeightingCriteria;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// What a count of an n-gram in a text is worth: itself (Tf), the logarithm of the number of texts over the number of texts that have
/// the n-gram (Idf), or the product of both (TfIdf).
/// </summary>
internal sealed class NgramWeights
{
    private readonly double[] _inverseFrequencies;

    private NgramWeights(WeightingCriteria criterion, double[] inverseFrequencies) => (Criterion, _inverseFrequencies) = (criterion, inverseFrequencies);

    internal static NgramWeights Counts { get; } = new(WeightingCriteria.Tf, []);

    internal WeightingCriteria Criterion { get; }

    /// <param name="criterion">Tf, Idf or TfIdf.</param>
    /// <param name="textCount">How many texts there are.</param>
    /// <param name="textCounts">In how many texts each n-gram is.</param>
    internal static NgramWeights Of(WeightingCriteria criterion, long textCount, ReadOnlySpan<int> textCounts)
    {
        if (criterion == WeightingCriteria.Tf) return Counts;
        double[] inverse = new double[textCounts.Length];
        for (int i = 0; i < inverse.Length; i++) inverse[i] = Math.Log(textCount / (double)textCounts[i]);
        return new NgramWeights(criterion, inverse);
    }

    /// <summary>Weights that were learned elsewhere.</summary>
    internal static NgramWeights Of(WeightingCriteria criterion, double[] inverseFrequencies) => criterion == WeightingCriteria.Tf ? Counts : new NgramWeights(criterion, inverseFrequencies);

    internal float Apply(int count, int feature) => Criterion switch
    {
        WeightingCriteria.Tf => count,
        WeightingCriteria.Idf => (float)_inverseFrequencies[feature],
        _ => (float)(count * _inverseFrequencies[feature]),
    };

    internal void Save(ModelStepWriter writer)
    {
        writer.Set("weighting", Criterion.ToString());
        if (Criterion != WeightingCriteria.Tf) writer.WriteArray<double>("inverse-frequencies", _inverseFrequencies, _inverseFrequencies.Length);
    }

    internal static NgramWeights Load(ModelStepReader reader, int ngramCount)
    {
        var criterion = reader.GetEnum<WeightingCriteria>("weighting");
        return criterion == WeightingCriteria.Tf ? Counts : new NgramWeights(criterion, reader.ReadArray<double>("inverse-frequencies", ngramCount));
    }

    internal static void Check(WeightingCriteria weighting)
    {
        if (!Enum.IsDefined(weighting)) throw new ArgumentOutOfRangeException(nameof(weighting), weighting, "Expected Tf, Idf or TfIdf.");
    }
}
