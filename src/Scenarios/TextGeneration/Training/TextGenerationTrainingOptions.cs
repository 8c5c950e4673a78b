namespace MLPipelines.Scenarios.TextGeneration;

/// <summary>How a text generator is trained. What is <see langword="null"/> is chosen by how much text there is.</summary>
public sealed record TextGenerationTrainingOptions
{
    /// <summary>What training goes on from: a model that was saved, or the folder of a GPT-2 as Hugging Face saves it. <see langword="null"/> for a new network, and a vocabulary learned from the text.</summary>
    public string? InitialModel { get; init; }

    /// <summary>Tokens of a new vocabulary.</summary>
    public int? VocabularySize { get; init; }

    /// <summary>Blocks of a new network.</summary>
    public int? Layers { get; init; }

    /// <summary>How long the vectors of a new network are; a multiple of <see cref="Heads"/>.</summary>
    public int? HiddenSize { get; init; }

    /// <summary>Among how many heads attention is divided in a new network.</summary>
    public int? Heads { get; init; }

    /// <summary>The most tokens that a new network sees at once. Default 256.</summary>
    public int ContextLength { get; init; } = 256;

    /// <summary>
    /// Tokens that are learned from in one go, where training goes on from a model: no more than its context, and by default 256 of it. A new network learns from windows of its whole
    /// context, since it would know nothing of positions that are never in one.
    /// </summary>
    public int? WindowSize { get; init; }

    /// <summary>How often the text is learned from.</summary>
    public int? Epochs { get; init; }

    /// <summary>Windows of a step. Default 8.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>The highest learning rate; by default 0.001 for a new network and 0.00005 for one that goes on.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The rate of dropout of a new network, at least 0 and below 1.</summary>
    public double? Dropout { get; init; }

    /// <summary>How much matrices shrink at each step. Default 0.1.</summary>
    public double WeightDecay { get; init; } = 0.1;

    /// <summary>The share of the steps over which the learning rate rises. Default 0.05.</summary>
    public double WarmUpRatio { get; init; } = 0.05;

    /// <summary>Gradients together are no longer than this; 0 for no bound. Default 1.</summary>
    public double GradientClipping { get; init; } = 1;

    /// <summary>The share of the text, at its end, that is measured by and not learned from; 0 for none. The weights of the best pass by it are taken. Default 0.05.</summary>
    public double ValidationShare { get; init; } = 0.05;

    /// <summary>Training takes about so long, and the learning rate falls within it; <see langword="null"/> for as long as its passes take.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>A folder for checkpoints, which training resumes from after it was broken off; <see langword="null"/> for none.</summary>
    public string? Workspace { get; init; }

    /// <summary>How often checkpoints are written, in seconds; after each pass they are anyway. Default 60.</summary>
    public double CheckpointSeconds { get; init; } = 60;

    /// <summary>What the model that comes of it takes when it is asked for no other way to generate.</summary>
    public TextGenerationOptions Generation { get; init; } = new();

    /// <summary>Is told what each pass came to.</summary>
    public Action<TextTrainingPass>? PassEnded { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void Check()
    {
        AtLeast(VocabularySize, 257, nameof(VocabularySize));
        AtLeast(Layers, 1, nameof(Layers));
        AtLeast(HiddenSize, 1, nameof(HiddenSize));
        AtLeast(Heads, 1, nameof(Heads));
        AtLeast(ContextLength, 2, nameof(ContextLength));
        AtLeast(WindowSize, 1, nameof(WindowSize));
        AtLeast(Epochs, 1, nameof(Epochs));
        AtLeast(BatchSize, 1, nameof(BatchSize));
        Between(LearningRate ?? 1, double.Epsilon, 1e3, nameof(LearningRate));
        Between(Dropout ?? 0, 0, 0.999, nameof(Dropout));
        Between(WeightDecay, 0, 1e3, nameof(WeightDecay));
        Between(WarmUpRatio, 0, 1, nameof(WarmUpRatio));
        Between(GradientClipping, 0, double.MaxValue, nameof(GradientClipping));
        Between(ValidationShare, 0, 0.9, nameof(ValidationShare));
        Between(CheckpointSeconds, 0, double.MaxValue, nameof(CheckpointSeconds));
        Generation.Check();
        if (WindowSize is not null && InitialModel is null) throw new ArgumentException($"{nameof(WindowSize)} is for training that goes on from a model; a new network learns from windows of its whole {nameof(ContextLength)}.");
        if (HiddenSize is { } hidden && hidden % (Heads ?? 1) != 0) throw new ArgumentException($"A hidden size of {hidden} cannot be divided among {Heads} heads.");
    }

    private static void AtLeast(int? value, int least, string name)
    {
        if (value < least) throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}, expected at least {least}.");
    }

    private static void Between(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most)) throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}, expected a number from {least} to {most}.");
    }
}
