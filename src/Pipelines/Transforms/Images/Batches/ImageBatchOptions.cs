namespace MLPipelines.Vision;

/// <summary>How a set of pictures is made into batches.</summary>
public sealed record ImageBatchOptions
{
    /// <summary>Pictures in a batch; the last one of a pass may have fewer.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Whether the pictures come in another order in each pass; in that of the set otherwise.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Whether a last batch that is not full is left out.</summary>
    public bool DropIncomplete { get; init; }

    /// <summary>What the pictures are changed by.</summary>
    public ImageAugmentation Augmentation { get; init; } = ImageAugmentation.None;

    /// <summary>What is subtracted from each channel, whose samples are from 0 to 1; one number for each channel, or none.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [];

    /// <summary>What each channel is divided by then; one number for each channel, or none.</summary>
    public IReadOnlyList<float> Deviation { get; init; } = [];

    /// <summary>Fixes orders and changes.</summary>
    public int Seed { get; init; }

    /// <summary>How many threads work ahead; 0 for as many as there are cores. The batches are the same with any number.</summary>
    public int NumberOfThreads { get; init; }

    /// <summary>How many batches are ready or in work at most, besides the one that is used.</summary>
    public int BatchesAhead { get; init; } = 3;

    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    internal void Check(ImageShape shape)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(NumberOfThreads);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchesAhead);
        Augmentation.Check();
        if (Mean.Count != 0 && Mean.Count != shape.Channels) throw new ArgumentException($"{nameof(Mean)} has {Mean.Count} numbers, expected {shape.Channels} or none.", nameof(shape));
        if (Deviation.Count != 0 && Deviation.Count != shape.Channels) throw new ArgumentException($"{nameof(Deviation)} has {Deviation.Count} numbers, expected {shape.Channels} or none.", nameof(shape));
        if (Deviation.Any(deviation => !(deviation > 0))) throw new ArgumentException($"{nameof(Deviation)} has a number that is not above 0.", nameof(shape));
    }
}
