using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Cuts text at spaces and counts the n-grams of the words: a sparse vector of <see cref="float"/> with one slot per n-gram. Several text
/// columns count as one text. One pass over the data.
/// </summary>
public sealed class WordBagEstimator : IEstimator<ITransformer>
{
    private readonly TextFeaturizerPlan _plan;

    internal WordBagEstimator(string outputColumnName, string[] inputColumnNames, ITextTokenizer tokenizer, Options options) => _plan = new TextFeaturizerPlan(
        "word-bag", outputColumnName, new TextAnalysis(inputColumnNames, NormalizerSettings.Nothing, tokenizer, null), options, null, norm: null, tokensColumn: null);

    public ITransformer Fit(IDataView input) => _plan.Fit(input);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _plan.GetOutputSchema(inputSchema);

    /// <summary>Which n-grams are counted, and how.</summary>
    public class Options
    {
        /// <summary>The length of the longest n-grams, from 1 to 10.</summary>
        public int NgramLength = 1;

        /// <summary>How many items may be left out within an n-gram; with the length at most 10.</summary>
        public int SkipLength = NgramExtractingEstimator.Defaults.SkipLength;

        /// <summary>Whether shorter n-grams count too.</summary>
        public bool UseAllLengths = NgramExtractingEstimator.Defaults.UseAllLengths;

        /// <summary>The most n-grams to learn of length 1, 2, …; the last one holds for the longer ones.</summary>
        public int[] MaximumNgramsCount = [NgramExtractingEstimator.Defaults.MaximumNgramsCount];

        /// <summary>What the value of an n-gram is.</summary>
        public NgramExtractingEstimator.WeightingCriteria Weighting = NgramExtractingEstimator.Defaults.Weighting;

        /// <summary>A copy, checked: what the caller changes later does not change the estimator.</summary>
        internal (NgramShape Shape, NgramExtractingEstimator.WeightingCriteria Weighting) Checked()
        {
            NgramWeights.Check(Weighting);
            return (NgramShape.Create(NgramLength, SkipLength, UseAllLengths, (int[]?)MaximumNgramsCount?.Clone()), Weighting);
        }
    }
}
