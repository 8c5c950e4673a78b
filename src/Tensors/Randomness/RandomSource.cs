namespace MLPipelines.Tensors;

/// <summary>
/// Random numbers from a seed. They are drawn by counting (Philox, see <see cref="Philox"/>): number i of a stream is a function of the seed and i,
/// so that it does not matter which thread makes it. Not to be used by several threads at once.
/// </summary>
/// <param name="seed">The same seed gives the same numbers.</param>
public sealed class RandomSource(ulong seed)
{
    public ulong Seed { get; private set; } = seed;

    /// <summary>How many blocks of four numbers were taken; setting it goes back to there, as for training that resumes.</summary>
    public ulong Position { get; set; }

    /// <summary>The next numbers, at least so many.</summary>
    internal RandomStream Take(long count)
    {
        var stream = new RandomStream(Seed, Position);
        Position += (ulong)(count + 3) / 4;
        return stream;
    }

    /// <summary>A whole number from 0 to before <paramref name="end"/>.</summary>
    public int Next(int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(end);
        return (int)(Take(1).Block(0).First * (ulong)end >> 32);
    }

    /// <summary>A number from 0 to before 1.</summary>
    public float NextSingle() => Philox.ToSingle(Take(1).Block(0).First);

    /// <summary>Puts items in a random order, each order equally likely (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}

/// <summary>Where a run of random numbers begins.</summary>
internal readonly record struct RandomStream(ulong Seed, ulong Start)
{
    /// <summary>Numbers 4 i to 4 i + 3, of 32 bits each.</summary>
    internal (uint First, uint Second, uint Third, uint Fourth) Block(long i) => Philox.Block(Seed, Start + (ulong)i);
}
