using System.Numerics;
using MLPipelines.Data;

namespace MLPipelines.Transforms;

/// <summary>The numbers of a row in double precision, stored or not.</summary>
internal static class SlotNumbers
{
    internal static void Read<T>(RowVector<T> row, Span<double> numbers) where T : unmanaged, INumber<T>
    {
        if (!row.IsDense) numbers.Clear();
        for (int i = 0; i < row.Values.Length; i++) numbers[row.IsDense ? i : row.Indices[i]] = double.CreateTruncating(row.Values[i]);
    }
}
