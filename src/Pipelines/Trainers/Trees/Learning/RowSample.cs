using MLPipelines.Data;

namespace MLPipelines.Trainers.Trees;

/// <summary>Draws rows without putting them back.</summary>
internal static class RowSample
{
    /// <summary>Some of the numbers below a count, rising; each choice is equally likely (selection sampling: Knuth, volume 2, algorithm S).</summary>
    internal static int[] Choose(int count, int wanted, SplitMixRandom random)
    {
        int[] chosen = new int[wanted];
        int found = 0;
        for (int i = 0; found < wanted; i++)
            if (wanted == count || random.Next(count - i) < wanted - found) chosen[found++] = i;
        return chosen;
    }
}
