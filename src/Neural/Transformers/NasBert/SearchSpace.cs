namespace MLPipelines.Neural.Transformers;

/// <summary>What a number of a NAS-BERT block list stands for: six kinds for each of five widths.</summary>
internal static class SearchSpace
{
    /// <summary>One more than the greatest number.</summary>
    internal const int Count = 30;

    /// <summary>The parts of a network between which its width may change.</summary>
    internal const int Blocks = 4;

    private const int Kinds = 6;

    private static readonly int[] Widths = [128, 192, 384, 512, 768];

    /// <summary>Whether it does nothing.</summary>
    internal static bool IsIdentity(int number) => number % Kinds == 0;

    internal static bool IsAttention(int number) => number % Kinds == 1;

    internal static bool IsFeedForward(int number) => number % Kinds == 2;

    /// <summary>The length of the kernels of a separable convolution: 3, 5 or 7.</summary>
    internal static int Kernel(int number) => 2 * (number % Kinds) - 3;

    internal static int Width(int number) => Widths[number / Kinds];

    /// <summary>Heads are 64 wide.</summary>
    internal static int Heads(int number) => Width(number) / 64;

    /// <summary>The number of a layer; -1 when there is none of that width.</summary>
    /// <param name="kind">0 to 5: nothing, attention, feed-forward, convolutions of 3, 5 and 7.</param>
    /// <param name="width">The width of the layer.</param>
    internal static int Number(int kind, int width) => Array.IndexOf(Widths, width) is var index and >= 0 && kind is >= 0 and < Kinds ? index * Kinds + kind : -1;

    /// <summary>The width of each block: that of its layers, or of the block before where it has none. A message where widths are mixed.</summary>
    internal static int[] BlockWidths(IReadOnlyList<int> layers, out string? problem)
    {
        problem = null;
        int[] widths = new int[Blocks];
        int perBlock = layers.Count / Blocks;
        if (perBlock == 0 || layers.Count % Blocks != 0) problem = $"a NAS-BERT has a multiple of {Blocks} layers, found {layers.Count}";
        for (int block = 0; block < Blocks && problem is null; block++)
        {
            int[] found = [.. layers.Skip(block * perBlock).Take(perBlock).Where(number => !IsIdentity(number)).Select(Width).Distinct()];
            if (found.Length > 1) problem = $"the layers of block {block + 1} of a NAS-BERT are of one width, found {string.Join(" and ", found)}";
            widths[block] = found.Length > 0 ? found[0] : block > 0 ? widths[block - 1] : Widths[^1];
        }
        return widths;
    }
}
