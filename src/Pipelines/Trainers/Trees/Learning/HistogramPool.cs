using System.Runtime.Intrinsics;

namespace MLPipelines.Trainers.Trees;

/// <summary>Histograms that leaves take and give back.</summary>
internal sealed unsafe class HistogramPool(int cells)
{
    private readonly List<PinnedArray<long>> _histograms = [];
    private readonly Stack<int> _free = new();

    internal int Take()
    {
        if (_free.TryPop(out int number)) return number;
        _histograms.Add(new PinnedArray<long>(checked(2 * cells)));
        return _histograms.Count - 1;
    }

    internal void Give(ref int number)
    {
        if (number >= 0) _free.Push(number);
        number = -1;
    }

    internal Vector128<long>* this[int number] => (Vector128<long>*)_histograms[number].Pointer;
}
