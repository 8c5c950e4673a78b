using System.Runtime.CompilerServices;

namespace MLPipelines.Transforms.Text;

/// <summary>What is done with each n-gram that a walk comes to. An n-gram is reached from its beginning, one item at a time.</summary>
internal interface INgramStep
{
    /// <summary>Goes from an n-gram to the one with one more item, and uses it.</summary>
    /// <param name="parent">The node of the shorter n-gram; 0 for the empty one.</param>
    /// <param name="key">The item that is added.</param>
    /// <param name="length">The number of items with it.</param>
    /// <returns>The node of the longer n-gram; 0 when nothing that begins with it matters.</returns>
    int Step(int parent, uint key, int length);
}

/// <summary>
/// Goes through the n-grams of a sequence: at each place those that begin there, shorter ones first; among the ones with gaps, depth
/// first with small gaps first. Identifiers given in this order are the same everywhere. Like the other loops over characters it is
/// compiled with full optimization at once: many a program has read its texts before tiered compilation would get to it.
/// </summary>
internal static class NgramWalk
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<TStep>(ReadOnlySpan<uint> keys, NgramShape shape, ref TStep step) where TStep : struct, INgramStep
    {
        int longest = shape.NgramLength;
        // Where only the longest count, those that do not fit in before the end are not begun.
        int starts = shape.UseAllLengths ? keys.Length : keys.Length - longest + 1;
        if (shape.SkipLength > 0)
        {
            for (int start = 0; start < starts; start++)
            {
                int node = step.Step(0, keys[start], 1);
                if (node != 0) Skip(keys.Slice(start, Math.Min(keys.Length - start, longest + shape.SkipLength)), shape, ref step, node, 1, 0);
            }
            return;
        }
        for (int start = 0; start < starts; start++)
        {
            ReadOnlySpan<uint> window = keys.Slice(start, Math.Min(longest, keys.Length - start));
            int node = 0;
            for (int i = 0; i < window.Length; i++)
            {
                node = step.Step(node, window[i], i + 1);
                if (node == 0) break;
            }
        }
    }

    /// <summary>Adds an item to an n-gram of <paramref name="length"/> items that has left out <paramref name="skipped"/>.</summary>
    private static void Skip<TStep>(ReadOnlySpan<uint> window, NgramShape shape, ref TStep step, int node, int length, int skipped) where TStep : struct, INgramStep
    {
        for (int skip = skipped; skip <= shape.SkipLength && length + skip < window.Length; skip++)
        {
            int longer = step.Step(node, window[length + skip], length + 1);
            if (longer != 0 && length + 1 < shape.NgramLength) Skip(window, shape, ref step, longer, length + 1, skip);
        }
    }
}
