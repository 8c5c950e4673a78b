using MLPipelines.Neural.Transformers;
using MLPipelines.Tokenizers;

namespace MLPipelines.TorchSharp.NasBert;

/// <summary>Where the options of trainers of networks for texts are, as in ML.NET.</summary>
public class NasBertTrainer
{
    private protected NasBertTrainer() { }

    /// <summary>
    /// The options of trainers of networks for texts: first those of ML.NET, then those of these trainers alone.
    /// </summary>
    public class NasBertOptions : TorchSharpBaseTrainer.Options
    {
        /// <summary>The column of the text, or of the first of two.</summary>
        public string Sentence1ColumnName = "Sentence";

        /// <summary>The column of the second text; <see langword="null"/> where there is one text.</summary>
        public string? Sentence2ColumnName;

        /// <summary>Whether the encoder stays as it is, and only the layers over it learn.</summary>
        public bool FreezeEncoder;

        /// <summary>Whether the layers of NAS-BERT stay as they are that change the width of vectors.</summary>
        public bool FreezeTransfer;

        /// <summary>Has no effect, as in ML.NET: normalizations learn unless they are frozen.</summary>
        public bool LayerNormTraining;

        /// <summary>Whether a NAS-BERT from scratch normalizes its embeddings.</summary>
        public bool EncoderNormalizeBefore = true;

        /// <summary>The rate of dropout, 0 to below 1.</summary>
        public double Dropout = .1;

        /// <summary>The rate of dropout of attention weights, 0 to below 1.</summary>
        public double AttentionDropout = .1;

        /// <summary>The rate of dropout after activations of NAS-BERT, 0 to below 1.</summary>
        public double ActivationDropout;

        /// <summary>Has no effect.</summary>
        public bool DynamicDropout;

        /// <summary>The rate of dropout before the last layer, 0 to below 1; <see langword="null"/>: the network's own, 0 for NAS-BERT.</summary>
        public double? PoolerDropout;

        /// <summary>How much of the mean gradient, and of its mean square, a step of the optimizer keeps; each 0 to below 1.</summary>
        public IReadOnlyList<double> AdamBetas = [.9, .999];

        /// <summary>Added to the root of the mean square, above 0.</summary>
        public double AdamEps = 1e-8;

        /// <summary>Gradients together are no longer than this; 0 for no bound.</summary>
        public double ClipNorm = 5.0;

        /// <summary>The share of the steps over which the learning rate rises, 0 to 1.</summary>
        public double WarmupRatio = .06;

        /// <summary>
        /// The highest learning rate of networks that begin with weights, above 0; only the first number counts. Networks from scratch have <see cref="FromScratchLearningRate"/>.
        /// </summary>
        public List<double> LearningRate = [1e-4];

        /// <summary>What is predicted; it follows from the trainer.</summary>
        public BertTaskType TaskType = BertTaskType.None;

        /// <summary>
        /// The weights to begin with: a folder as Hugging Face has it (<c>config.json</c>, <c>model.safetensors</c>, the tokenizer's files), a <c>.safetensors</c> or <c>.tsm</c> file with
        /// these beside it, a model <c>.zip</c> of this library, or the name of a model in the cache. <see langword="null"/>: the one called <c>nas-bert</c> in the cache.
        /// </summary>
        public string? InitialWeights;

        /// <summary>Whether the network begins with random weights, which takes many more examples to become good.</summary>
        public bool FromScratch;

        /// <summary>The network from scratch.</summary>
        public TextNetwork Network = TextNetwork.NasBert;

        /// <summary>The highest learning rate of a network from scratch, above 0; <see langword="null"/>: by the network.</summary>
        public double? FromScratchLearningRate;

        /// <summary>The tokenizer of a network from scratch; <see langword="null"/>: one is trained from the texts.</summary>
        public Tokenizer? Tokenizer;

        /// <summary>The most tokens of a tokenizer that is trained, at least 300.</summary>
        public int VocabularySize = 8000;

        /// <summary>The most tokens of a text, or of both, special ones among them; longer ones are cut off. At least 8, and no more than the network can take.</summary>
        public int MaxTokens = 512;

        /// <summary>Parameters whose names begin with one of these stay as they are, such as <c>encoder.embeddings</c>.</summary>
        public IReadOnlyList<string> FrozenPrefixes = [];

        /// <summary>How many passes without a better result on <see cref="TorchSharpBaseTrainer.Options.ValidationSet"/> end training, at least 1; <see langword="null"/>: all passes are made.</summary>
        public int? EarlyStoppingPatience;

        /// <summary>Training takes about so long, and the learning rate falls within it. The weights are then not the same every time. <see langword="null"/>: all passes are made.</summary>
        public TimeSpan? TimeLimit;

        /// <summary>
        /// The folder of checkpoints, which training resumes from after it was broken off, and of the final weights as a safetensors file; <see langword="null"/>: nothing is written.
        /// </summary>
        public string? WorkspacePath;

        /// <summary>How often checkpoints are written within a pass, in seconds; after each pass they are anyway.</summary>
        public double CheckpointSeconds = 60;

        /// <summary>Fixes every random choice; <see langword="null"/>: the context's seed does.</summary>
        public int? Seed;

        /// <summary>Threads that compute; <see langword="null"/> for all cores. It changes no number.</summary>
        public int? NumberOfThreads;

        /// <summary>Another network from scratch, by the number of tokens and that of the padding.</summary>
        internal Func<int, int, EncoderDescription>? Describe;
    }
}

/// <summary>What a network is trained for.</summary>
public enum BertTaskType
{
    /// <summary>Nothing yet.</summary>
    None = 0,

    /// <summary>To guess tokens that are hidden.</summary>
    MaskedLM = 1,

    /// <summary>The class of a text.</summary>
    TextClassification = 2,

    /// <summary>A number for two texts.</summary>
    SentenceRegression = 3,

    /// <summary>The class of each word.</summary>
    NamedEntityRecognition = 4,

    /// <summary>An earlier name of <see cref="NamedEntityRecognition"/>.</summary>
    [Obsolete("Please use NamedEntityRecognition instead", false)]
    NameEntityRecognition = NamedEntityRecognition,

    /// <summary>The part of a text that answers a question.</summary>
    QuestionAnswering = 5,
}

/// <summary>The family of networks that ML.NET's trainers ask for. Which network it is follows from the weights.</summary>
public enum BertArchitecture
{
    /// <summary>The only one.</summary>
    Roberta,
}

/// <summary>Networks that can be trained from scratch.</summary>
public enum TextNetwork
{
    /// <summary>The NAS-BERT that ML.NET ships: about 4 million weights besides those of tokens.</summary>
    NasBert,

    /// <summary>A small BERT: 4 layers of 256 numbers by 4 heads.</summary>
    Bert,

    /// <summary>Convolutions over 3, 4 and 5 tokens and the greatest of each (Kim 2014): the fastest.</summary>
    TextCnn,

    /// <summary>Long short-term memory in both directions.</summary>
    BiLstm,
}
