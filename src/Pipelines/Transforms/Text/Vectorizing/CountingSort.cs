namespace MLPipelines.Transforms.Text;

/// <summary>Sorts by a small number, in linear time, keeping the order of items that have the same.</summary>
internal static class CountingSort
{
    /// <param name="items">The items, numbers from 0.</param>
    /// <param name="keyOf">The key of each item.</param>
    /// <param name="keyCount">Keys are below this.</param>
    internal static int[] By(ReadOnlySpan<int> items, int[] keyOf, int keyCount)
    {
        int[] next = new int[keyCount + 1];
        foreach (int item in items) next[keyOf[item] + 1]++;
        for (int i = 1; i < next.Length; i++) next[i] += next[i - 1];
        int[] sorted = new int[items.Length];
        foreach (int item in items) sorted[next[keyOf[item]]++] = item;
        return sorted;
    }
}
