using MLPipelines.Data;

namespace MLPipelines.Trainers.Trees;

/// <summary>The code of a category in a row: the value of a feature, or the place of the slot of a group that is not 0.</summary>
internal static class CategoryCode
{
    /// <summary>Codes are below this; what is greater counts as missing.</summary>
    internal const int Limit = 1 << 20;

    /// <param name="row">The features.</param>
    /// <param name="group">The slots; a count of 0 for a feature whose value is the code.</param>
    /// <returns>The code; −1 where it is missing.</returns>
    internal static int Of(RowVector<float> row, SlotGroup group)
    {
        if (group.Count == 0) return Of(ValueAt(row, group.First));
        if (row.IsDense)
        {
            int place = row.Values.Slice(group.First, group.Count).IndexOfAnyExcept(0f);
            return place;
        }
        for (int i = Start(row.Indices, group.First); i < row.Indices.Length && row.Indices[i] < group.First + group.Count; i++)
            if (row.Values[i] != 0) return row.Indices[i] - group.First;
        return -1;
    }

    internal static int Of(float value) => value is >= 0 and < Limit ? (int)value : -1;

    private static float ValueAt(RowVector<float> row, int feature)
    {
        if (row.IsDense) return row.Values[feature];
        int place = row.Indices.BinarySearch(feature);
        return place >= 0 ? row.Values[place] : 0;
    }

    private static int Start(ReadOnlySpan<int> indices, int feature)
    {
        int place = indices.BinarySearch(feature);
        return place >= 0 ? place : ~place;
    }
}
