using MLPipelines.Neural.Training;

namespace MLPipelines.Pretraining;

/// <summary>How an encoder is pretrained.</summary>
public sealed record TextPretrainingOptions
{
    /// <summary>More passes than any time limit leaves time for.</summary>
    internal const int MostEpochs = 10_000;

    /// <summary>The network. A teacher's or another encoder's tokenizer goes with any of them.</summary>
    public TextArchitecture Architecture { get; init; }

    /// <summary>A <c>config.json</c> that describes a network of another size; <see cref="Architecture"/> then only chooses the tokenizer. The size of the vocabulary in it does not count.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>An encoder to go on from, with its tokenizer: a path, or a name of the <see cref="ModelCache"/>.</summary>
    public string? InitialWeights { get; init; }

    /// <summary>A larger encoder to learn from, with its tokenizer: a path, or a name of the cache.</summary>
    public string? Teacher { get; init; }

    /// <summary>What the scores of teacher and student are divided by before they are compared. Above 0.</summary>
    public double Temperature { get; init; } = 2;

    /// <summary>How many tokens the tokenizer learns; <see langword="null"/> for a number that goes by the length of the texts, at most 30,000.</summary>
    public int? VocabularySize { get; init; }

    /// <summary>The kind of the tokenizer; <see langword="null"/> for that of the architecture.</summary>
    public TokenizerKind? Tokenizer { get; init; }

    /// <summary>Sequences are no longer than this, start and end tokens among them; longer texts are cut into pieces. At least 8.</summary>
    public int MaxTokens { get; init; } = 64;

    /// <summary>Passes over the texts. At least 1.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Training takes about so long at most, and the learning rate falls within it.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Sequences of a step. At least 1.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The highest learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>The share of the steps over which the learning rate rises; it then falls in a line.</summary>
    public double WarmUpRatio { get; init; } = 0.06;

    /// <summary>How much matrices shrink at each step (AdamW).</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>The share of tokens that are hidden, above 0.</summary>
    public double MaskedShare { get; init; } = 0.15;

    /// <summary>Whether all tokens of a word are hidden together.</summary>
    public bool WholeWords { get; init; }

    /// <summary>The share of the texts that are held out to measure by, 2,000 texts at most.</summary>
    public double ValidationShare { get; init; } = 0.05;

    /// <summary>Where checkpoints are written; <see langword="null"/> for a folder beside the output. The same training goes on from there.</summary>
    public string? Workspace { get; init; }

    /// <summary>How often checkpoints are written, in seconds.</summary>
    public double CheckpointSeconds { get; init; } = 60;

    /// <summary>The column of tables that has the texts, by its name or its index from 0; <see langword="null"/> for the one that looks like it.</summary>
    public string? TextColumn { get; init; }

    internal void Check()
    {
        OptionRange.AtLeast(VocabularySize, 300, nameof(VocabularySize));
        OptionRange.AtLeast(MaxTokens, 8, nameof(MaxTokens));
        OptionRange.AtLeast(Epochs, 1, nameof(Epochs));
        OptionRange.AtLeast(BatchSize, 1, nameof(BatchSize));
        OptionRange.Between(LearningRate, double.Epsilon, 1, nameof(LearningRate));
        OptionRange.Between(WarmUpRatio, 0, 1, nameof(WarmUpRatio));
        OptionRange.Between(WeightDecay, 0, 1, nameof(WeightDecay));
        OptionRange.Between(MaskedShare, 0.001, 0.9, nameof(MaskedShare));
        OptionRange.Between(ValidationShare, 0, 0.5, nameof(ValidationShare));
        OptionRange.Between(Temperature, 0.01, 100, nameof(Temperature));
        if (InitialWeights is not null && ConfigFile is not null) throw new ArgumentException("InitialWeights say what the network is; ConfigFile is of no use beside them.");
        if (InitialWeights is not null && Teacher is not null) throw new ArgumentException("A student begins with random weights: give InitialWeights or a Teacher.");
    }
}

/// <summary>What a tokenizer's tokens are.</summary>
public enum TokenizerKind
{
    /// <summary>Sequences of bytes, as RoBERTa has them: any text goes there and back, and upper and lower case are different.</summary>
    BytePairs,

    /// <summary>Parts of words, as BERT has them: upper and lower case are the same, and Chinese characters stand for themselves.</summary>
    WordPieces,
}
