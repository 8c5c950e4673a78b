using MLPipelines.Data;

namespace MLPipelines.Transforms.Text;

/// <summary>
/// Learns topics from counts of terms (ProduceNgrams, ProduceWordBags): each topic is a distribution over terms, each document a mixture of topics. The
/// output is the share of each topic in a document, a vector of <see cref="float"/> that sums to 1; all 0 for an empty document,
/// NaN for values that are no counts.
/// </summary>
/// <remarks>
/// <para>Model (Blei, Ng and Jordan, "Latent Dirichlet Allocation", 2003): the topic shares of a document are drawn from a symmetric Dirichlet distribution with
/// α = alphaSum / topics, the terms of a topic from one with β; each token draws a topic from the document and a term from the topic.</para>
/// <para>Learning is collapsed Gibbs sampling, several documents side by side; the topics depend on the seed, not on the number of threads. New documents are
/// given their expected shares, with nothing drawn at random, so that a document always has the same topics.</para>
/// <para>Held in memory in training: 12 bytes a token, and 4 bytes per term and topic. The default alphaSum of 100 suits long documents;
/// for texts of a few words take about 1 or less per topic.</para>
/// </remarks>
public sealed class LatentDirichletAllocationEstimator : OneToOneEstimator<LatentDirichletAllocationTransformer>
{
    private readonly TopicSettings _settings;

    internal LatentDirichletAllocationEstimator(TrainingEnvironment environment, InputOutputColumnPair columns, TopicSettings settings)
        : base(environment, LatentDirichletAllocationTransformer.StepName, columns) => _settings = settings;

    /// <exception cref="MLPipelinesException">All documents are empty, or a value is no count.</exception>
    protected override LatentDirichletAllocationTransformer Fit(BatchView input)
    {
        DataViewSchema.Column column = input.Schema[Columns[0].InputColumnName];
        const string Stage = "LatentDirichletAllocation";
        Environment.Report(Stage, 0, _settings.Iterations);
        TopicCorpus corpus = TopicCorpus.Read(input, column, _settings, Environment.CancellationToken);
        var sampler = new TopicSampler(corpus, _settings, Environment.SeedFor(Stage), Environment.CancellationToken);
        sampler.Start();
        for (int pass = 1; pass <= _settings.Iterations; pass++)
        {
            sampler.Pass(pass);
            // Computed for whoever watches: it changes nothing.
            bool isMeasured = Environment.Progress is not null && pass % _settings.LikelihoodInterval == 0;
            Environment.Report(Stage, pass, _settings.Iterations, isMeasured ? sampler.NegativeLogLikelihood() : null);
        }
        TopicModel model = TopicModel.Of(_settings.TopicCount, _settings.Beta, sampler.TermTopics);
        return new LatentDirichletAllocationTransformer([new TopicMapping(Columns[0], model, _settings, column.SlotNamesOrNull())]);
    }

    protected override SchemaShape.Column OutputColumn(SchemaShape.Column input, string outputColumnName) =>
        input.Kind == SchemaShape.Column.VectorKind.Vector && !input.IsKey && input.ItemType.Equals(NumberDataViewType.Single)
            ? new SchemaShape.Column(outputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false)
            : throw WrongType(input, TopicMapping.Expected);

    internal static class Defaults
    {
        internal const int NumberOfTopics = 100;
        internal const float AlphaSum = 100;
        internal const float Beta = 0.01f;
        internal const int SamplingStepCount = 4;
        internal const int MaximumNumberOfIterations = 200;
        internal const int LikelihoodInterval = 5;
        internal const int NumberOfThreads = 0;
        internal const int MaximumTokenCountPerDocument = 512;
        internal const int NumberOfSummaryTermsPerTopic = 10;
        internal const int NumberOfBurninIterations = 10;
        internal const bool ResetRandomGenerator = false;
    }
}
