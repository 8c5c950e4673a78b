namespace MLPipelines.Tensors.Cpu;

/// <summary>How many numbers make a part that is worth a thread: some microseconds each.</summary>
internal static class Pieces
{
    /// <summary>Where one is added or multiplied: what counts is memory.</summary>
    internal const int Cheap = 32_768;

    /// <summary>Where there is a function such as eˣ.</summary>
    internal const int Dear = 8_192;

    /// <summary>How many rows of so many numbers.</summary>
    internal static int Rows(int columns, int numbers) => Math.Max(1, numbers / Math.Max(1, columns));
}
