using MLPipelines.Data;

namespace MLPipelines.Trainers;

/// <summary>Some of a number of rows, without replacement.</summary>
internal static class RowSample
{
    internal static int[] Draw(int rowCount, int count, TauswortheRandom random)
    {
        // The first steps of a shuffle; which numbers have moved is all that is kept.
        var moved = new Dictionary<int, int>();
        int[] drawn = new int[count];
        for (int i = 0; i < count; i++)
        {
            int at = i + random.Next(rowCount - i);
            drawn[i] = moved.GetValueOrDefault(at, at);
            moved[at] = moved.GetValueOrDefault(i, i);
        }
        return drawn;
    }
}
