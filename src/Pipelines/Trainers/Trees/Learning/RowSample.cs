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

    /// <summary>A few of many numbers below a count, in any order, in the time that those take (Floyd's method: Bentley, "Programming pearls", 1987).</summary>
    internal static int[] ChooseFew(int count, int wanted, ref SplitMixRandom random)
    {
        var known = new HashSet<int>(wanted);
        int[] chosen = new int[wanted];
        for (int i = 0; i < wanted; i++)
        {
            int last = count - wanted + i, drawn = random.Next(last + 1);
            known.Add(chosen[i] = known.Contains(drawn) ? last : drawn);
        }
        return chosen;
    }
}
