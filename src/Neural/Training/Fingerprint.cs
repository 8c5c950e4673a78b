namespace MLPipelines.Neural.Training;

/// <summary>By what a checkpoint is known to be of the same training (FNV-1a).</summary>
internal static class Fingerprint
{
    private const ulong Start = 14695981039346656037, Factor = 1099511628211;

    /// <summary>A number of a text.</summary>
    internal static ulong Of(ReadOnlySpan<char> text)
    {
        ulong hash = Start;
        foreach (char c in text) hash = (hash ^ c) * Factor;
        return hash;
    }

    /// <summary>A number of numbers.</summary>
    internal static ulong Of(ReadOnlySpan<int> numbers)
    {
        ulong hash = Start;
        foreach (int number in numbers) hash = (hash ^ (uint)number) * Factor;
        return hash;
    }
}
