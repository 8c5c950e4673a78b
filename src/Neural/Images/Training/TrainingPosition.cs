namespace MLPipelines.Neural.Images;

/// <summary>How far training has come, in numbers: with the weights and the optimizer's state all that it needs to go on.</summary>
internal sealed class TrainingPosition
{
    private const int Version = 1;

    internal int Seed;
    internal int Epoch;

    /// <summary>The next batch of the pass.</summary>
    internal int Batch;

    /// <summary>Where the network's random numbers are, for dropout.</summary>
    internal ulong Random;

    // Sums over the batches of the pass.
    internal double Loss;
    internal int Seen, Correct;

    // What early stopping has seen.
    internal float Best;
    internal int Waited;

    internal long[] ToNumbers() =>
        [Version, Seed, Epoch, Batch, (long)Random, BitConverter.DoubleToInt64Bits(Loss), Seen, Correct, BitConverter.SingleToInt32Bits(Best), Waited];

    internal static TrainingPosition Of(long[] numbers) => numbers is [Version, var seed, var epoch, var batch, var random, var loss, var seen, var correct, var best, var waited]
        ? new TrainingPosition
        {
            Seed = (int)seed,
            Epoch = (int)epoch,
            Batch = (int)batch,
            Random = (ulong)random,
            Loss = BitConverter.Int64BitsToDouble(loss),
            Seen = (int)seen,
            Correct = (int)correct,
            Best = BitConverter.Int32BitsToSingle((int)best),
            Waited = (int)waited,
        }
        : throw new InvalidDataException("it was written by another version");
}
