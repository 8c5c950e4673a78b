using MLPipelines.Neural.Transformers;
using MLPipelines.Pretraining;
using MLPipelines.Tokenizers;
using MLPipelines.TorchSharp.NasBert;

namespace MLPipelines.Neural.Text;

/// <summary>What training of a network for texts begins with.</summary>
/// <param name="Description">What the encoder is made by.</param>
/// <param name="Tokenizer">What divides texts.</param>
/// <param name="Weights">The encoder's weights; <see langword="null"/> for random ones.</param>
internal sealed record StartingPoint(EncoderDescription Description, Tokenizer Tokenizer, PretrainedEncoder? Weights)
{
    /// <summary>The model of the cache that is taken when nothing else is named.</summary>
    internal const string UsualWeights = "nas-bert";

    /// <param name="options">The options.</param>
    /// <param name="texts">What a tokenizer is trained by where there is none.</param>
    /// <param name="name">The name of the trainer, for messages.</param>
    /// <param name="cancellation">Ends training of a tokenizer.</param>
    /// <exception cref="MLPipelinesException">There are no weights, and from scratch was not asked for.</exception>
    internal static StartingPoint Of(NasBertTrainer.NasBertOptions options, IEnumerable<string> texts, string name, CancellationToken cancellation)
    {
        if (options.FromScratch) return FromScratch(options, options.Tokenizer ?? ScratchTokenizer.Train(texts, options.VocabularySize, cancellation));
        PretrainedEncoder weights = PretrainedEncoder.Open(options.InitialWeights is { } given ? ModelCache.Default.Resolve(given) : Usual(name));
        EncoderDescription description = weights.Description with { Dropout = (float)options.Dropout, AttentionDropout = (float)options.AttentionDropout };
        if (description is NasBertDescription nasBert) description = nasBert with { ActivationDropout = (float)options.ActivationDropout };
        if (options.PoolerDropout is { } rate) description = description with { HeadDropout = (float)rate };
        return new StartingPoint(description, weights.Tokenizer, weights);
    }

    /// <summary>The highest learning rate.</summary>
    internal double LearningRateOf(NasBertTrainer.NasBertOptions options) => Weights is not null ? options.LearningRate[0] : options.FromScratchLearningRate ?? Description switch
    {
        TextCnnDescription => 1e-3,
        BiLstmDescription => 2e-3,
        NasBertDescription => 1e-3,
        _ => 5e-4,
    };

    private static StartingPoint FromScratch(NasBertTrainer.NasBertOptions options, Tokenizer tokenizer)
    {
        (int tokens, int padding) = (tokenizer.VocabularySize, tokenizer.SpecialTokens.Padding ?? 0);
        (float dropout, float attention) = ((float)options.Dropout, (float)options.AttentionDropout);
        EncoderDescription description = options.Describe?.Invoke(tokens, padding) ?? options.Network switch
        {
            TextNetwork.Bert => new BertDescription
            {
                VocabularySize = tokens, PaddingId = padding, Size = 256, LayerCount = 4, HeadCount = 4, InnerSize = 1024, Dropout = dropout, AttentionDropout = attention,
            },
            TextNetwork.TextCnn => new TextCnnDescription { VocabularySize = tokens, PaddingId = padding, Dropout = dropout },
            TextNetwork.BiLstm => new BiLstmDescription { VocabularySize = tokens, PaddingId = padding, Dropout = dropout },
            _ => new NasBertDescription
            {
                VocabularySize = tokens, PaddingId = padding, NormalizesEmbeddings = options.EncoderNormalizeBefore, Dropout = dropout, AttentionDropout = attention,
                ActivationDropout = (float)options.ActivationDropout,
            },
        };
        if (options.PoolerDropout is { } rate) description = description with { HeadDropout = (float)rate };
        return new StartingPoint(description, tokenizer, null);
    }

    private static string Usual(string name) => ModelCache.Default.Find(UsualWeights) ?? throw new MLPipelinesException(
        $"{name}: there are no weights to begin with: {ModelCache.Default.Folder} has no model '{UsualWeights}'. Add one (mlp models add {UsualWeights} --from FILE|DIR|URL), or make one of your own texts (mlp pretrain text), "
        + "or name a folder as Hugging Face has it in the option InitialWeights. A network can also learn from scratch, with the option FromScratch = true; where there are few examples of each class, expect it to be clearly worse than the n-gram text classifier.");
}
