using MLPipelines.Transforms.Text;
using Defaults = MLPipelines.Transforms.Text.LatentDirichletAllocationEstimator.Defaults;

namespace MLPipelines;

public static partial class TextCatalog
{
    /// <summary>Learns topics from counts of terms, and finds how much of each topic is in a document.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">The column to make: a vector of <see cref="float"/>, the share of each topic.</param>
    /// <param name="inputColumnName">The column to read: a vector of <see cref="float"/> of known size that counts terms; the output column when null.</param>
    /// <param name="numberOfTopics">How many topics.</param>
    /// <param name="alphaSum">How many tokens' worth of all topics a document is taken to have from the start; small numbers make documents of few topics.</param>
    /// <param name="beta">How many tokens' worth of each term a topic is taken to have from the start; small numbers make topics of few terms.</param>
    /// <param name="samplingStepCount">Not needed here: a topic is drawn from its exact distribution, in one step.</param>
    /// <param name="maximumNumberOfIterations">The passes over the data.</param>
    /// <param name="likelihoodInterval">After how many passes progress reports the loss: the mean of −ln of the probability of a token.</param>
    /// <param name="numberOfThreads">The threads to use; all processors when 0. The topics do not depend on it.</param>
    /// <param name="maximumTokenCountPerDocument">The tokens of a document that count, in the order of the slots.</param>
    /// <param name="numberOfSummaryTermsPerTopic">The terms that <see cref="LatentDirichletAllocationTransformer.GetLdaDetails"/> gives for each topic.</param>
    /// <param name="numberOfBurninIterations">The passes over a document to find its topics, after a first one that looks at its terms one by one.</param>
    /// <param name="resetRandomGenerator">Not needed here: finding the topics of a document draws nothing at random.</param>
    public static LatentDirichletAllocationEstimator LatentDirichletAllocation(this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName = null,
        int numberOfTopics = Defaults.NumberOfTopics,
        float alphaSum = Defaults.AlphaSum,
        float beta = Defaults.Beta,
        int samplingStepCount = Defaults.SamplingStepCount,
        int maximumNumberOfIterations = Defaults.MaximumNumberOfIterations,
        int likelihoodInterval = Defaults.LikelihoodInterval,
        int numberOfThreads = Defaults.NumberOfThreads,
        int maximumTokenCountPerDocument = Defaults.MaximumTokenCountPerDocument,
        int numberOfSummaryTermsPerTopic = Defaults.NumberOfSummaryTermsPerTopic,
        int numberOfBurninIterations = Defaults.NumberOfBurninIterations,
        bool resetRandomGenerator = Defaults.ResetRandomGenerator)
    {
        _ = resetRandomGenerator;
        var settings = new TopicSettings(numberOfTopics, alphaSum, beta, maximumNumberOfIterations, likelihoodInterval, numberOfThreads, maximumTokenCountPerDocument,
            numberOfSummaryTermsPerTopic, numberOfBurninIterations);
        return new LatentDirichletAllocationEstimator(catalog.Environment, new InputOutputColumnPair(outputColumnName, inputColumnName), settings.Checked(samplingStepCount));
    }
}
