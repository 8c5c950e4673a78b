namespace MLPipelines.Neural.Transformers;

/// <summary>How a decoder learns from text.</summary>
/// <param name="BatchSize">Windows of a batch.</param>
/// <param name="WindowSize">Tokens of a window.</param>
/// <param name="Epochs">A pass has as many windows as there would be side by side; each begins anywhere.</param>
/// <param name="LearningRate">The highest learning rate.</param>
internal sealed record DecoderTrainingSettings(int BatchSize, int WindowSize, int Epochs, double LearningRate)
{
    /// <summary>The share of the steps over which the learning rate rises; it then falls along half a cosine.</summary>
    internal double WarmUpRatio { get; init; } = 0.05;

    /// <summary>The last learning rate, as a share of the highest.</summary>
    internal double FinalRatio { get; init; } = 0.1;

    /// <summary>How much matrices shrink at each step (AdamW); biases and normalizations do not.</summary>
    internal double WeightDecay { get; init; } = 0.1;

    /// <summary>Gradients together are no longer than this; 0 for no bound.</summary>
    internal double ClipLength { get; init; } = 1;

    /// <summary>Training takes about so long, and the learning rate falls within it; <see langword="null"/> for as long as its passes take.</summary>
    internal TimeSpan? TimeLimit { get; init; }

    internal double CheckpointSeconds { get; init; } = 60;
}
