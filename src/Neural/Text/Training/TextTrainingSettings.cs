namespace MLPipelines.Neural.Text;

/// <summary>How a network learns from texts.</summary>
/// <param name="Name">The name of the trainer, for messages and progress.</param>
/// <param name="BatchSize">Texts of a batch.</param>
/// <param name="Epochs">Passes over the data at most.</param>
/// <param name="LearningRate">The highest learning rate.</param>
internal sealed record TextTrainingSettings(string Name, int BatchSize, int Epochs, double LearningRate)
{
    /// <summary>The share of the steps over which the learning rate rises.</summary>
    internal double WarmUpRatio { get; init; } = 0.06;

    /// <summary>The first learning rate, as a share of the highest.</summary>
    internal double StartRatio { get; init; }

    /// <summary>The last learning rate, as a share of the highest.</summary>
    internal double FinalRatio { get; init; }

    /// <summary>How much matrices shrink at each step (AdamW); biases and normalizations do not.</summary>
    internal double WeightDecay { get; init; }

    internal double Beta1 { get; init; } = 0.9;

    internal double Beta2 { get; init; } = 0.999;

    internal double Epsilon { get; init; } = 1e-8;

    /// <summary>Gradients together are no longer than this; 0 for no bound.</summary>
    internal double ClipLength { get; init; } = 1;

    /// <summary>Parameters whose names begin with one of these stay as they are.</summary>
    internal IReadOnlyList<string> FrozenPrefixes { get; init; } = [];

    /// <summary>How many passes without a better validation end training; <see langword="null"/>: all passes are made.</summary>
    internal int? Patience { get; init; }

    /// <summary>Training takes about so long, and the learning rate falls within it; <see langword="null"/> for as long as its passes take.</summary>
    internal TimeSpan? TimeLimit { get; init; }

    internal double CheckpointSeconds { get; init; } = 60;
}
