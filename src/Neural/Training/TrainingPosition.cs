namespace MLPipelines.Neural.Training;

/// <summary>How far training has come, in numbers: with the weights and the optimizer's state all that it needs to go on.</summary>
internal sealed class TrainingPosition
{
    private const int Version = 2;

    internal int Seed;
    internal int Epoch;

    /// <summary>The next batch of the pass.</summary>
    internal int Batch;

    /// <summary>Where the network's random numbers are, for dropout.</summary>
    internal ulong Random;

    // Sums over the batches of the pass.
    internal double Loss;
    internal long Seen, Correct;

    // What early stopping has seen.
    internal float Best, BestLoss;
    internal int Waited;

    /// <summary>How long training took so far, in <see cref="TimeSpan"/> ticks.</summary>
    internal long Elapsed;

    internal long[] ToNumbers() =>
        [Version, Seed, Epoch, Batch, (long)Random, BitConverter.DoubleToInt64Bits(Loss), Seen, Correct, BitConverter.SingleToInt32Bits(Best), BitConverter.SingleToInt32Bits(BestLoss), Waited, Elapsed];

    internal static TrainingPosition Of(long[] numbers) => numbers is [Version, var seed, var epoch, var batch, var random, var loss, var seen, var correct, var best, var bestLoss, var waited, var elapsed]
        ? new TrainingPosition
        {
            Seed = (int)seed,
            Epoch = (int)epoch,
            Batch = (int)batch,
            Random = (ulong)random,
            Loss = BitConverter.Int64BitsToDouble(loss),
            Seen = seen,
            Correct = correct,
            Best = BitConverter.Int32BitsToSingle((int)best),
            BestLoss = BitConverter.Int32BitsToSingle((int)bestLoss),
            Waited = (int)waited,
            Elapsed = elapsed,
        }
        : throw new InvalidDataException("it was written by another version");
}
