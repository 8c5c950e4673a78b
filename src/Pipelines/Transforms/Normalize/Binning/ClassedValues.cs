using MLPipelines.Data;
using MLPipelines.Trainers;

namespace MLPipelines.Transforms;

/// <summary>Keeps every finite number of each slot with the class of its row: 12 bytes per number in memory.</summary>
/// <param name="slots">The number of slots.</param>
/// <param name="classes">The class of each row; -1 for a row that is left out.</param>
/// <param name="classCount">The number of classes.</param>
internal sealed class ClassedValues(int slots, int[] classes, int classCount) : ISlotLearner
{
    private readonly List<(double Value, int Class)>[] _values = [.. Enumerable.Range(0, slots).Select(_ => new List<(double, int)>())];
    private readonly long[] _stored = new long[slots * classCount];
    private readonly long[] _rows = new long[classCount];
    private int _row = -1;

    public int SlotCount => slots;

    public void StartRow()
    {
        if (classes[++_row] >= 0) _rows[classes[_row]]++;
    }

    public void Add(int slot, double value)
    {
        int c = classes[_row];
        if (c < 0) return;
        _stored[(slot * classCount) + c]++;
        if (double.IsFinite(value)) _values[slot].Add((value, c));
    }

    // What a slot lacks of the rows of a class are its zeros; their sum, which is given, is not needed.
    public void AddZeros(int slot, long zeros) { }

    /// <summary>The bounds between the bins of a slot.</summary>
    internal double[] FindBounds(int slot, int maximumBins, int minimumRows, bool isSingle)
    {
        List<(double Value, int Class)> values = _values[slot];
        var numbers = new SortedSet<double>(values.Select(pair => pair.Value));
        long[] zeros = [.. _rows.Select((rows, c) => rows - _stored[(slot * classCount) + c])];
        if (zeros.Any(count => count > 0)) numbers.Add(0);
        double[] distinct = [.. numbers];
        long[] upTo = new long[checked(distinct.Length * classCount)];
        foreach (var (value, c) in values) upTo[(Array.BinarySearch(distinct, value) * classCount) + c]++;
        int zero = Array.BinarySearch(distinct, 0);
        for (int c = 0; c < classCount && zero >= 0; c++) upTo[(zero * classCount) + c] += zeros[c];
        for (int i = classCount; i < upTo.Length; i++) upTo[i] += upTo[i - classCount];
        return BinBounds.At(distinct, new InformationBins(upTo, classCount).Split(maximumBins, minimumRows), isSingle);
    }

    /// <summary>The classes of the first rows: a key's own; of numbers those above 0 and the others; of truth values each.</summary>
    internal static (int[] Classes, int Count) Read(BatchView data, DataViewSchema.Column label, long maximumRows, CancellationToken cancellation)
    {
        var key = label.Type as KeyDataViewType;
        List<float> numbers = [];
        using BatchCursor cursor = data.OpenBatches(ColumnSet.Of(data.Schema, label.Index));
        while (numbers.Count < maximumRows && cursor.Next() is { } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            NumberReader.Append(batch[label.Index], label, numbers);
        }
        int ClassOf(float number) => key is not null ? (int)number - 1 : float.IsNaN(number) ? -1 : number > 0 ? 1 : 0;
        return ([.. numbers.Select(ClassOf)], key is null ? 2 : checked((int)key.Count));
    }
}
